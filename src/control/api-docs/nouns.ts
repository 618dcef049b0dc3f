/** The nouns of the admin API, in the order in which people read of them: the word behind /__admin. */
export const nouns: Readonly<Record<string, string>> = {
  clock: "The sandbox's own time: stop it, move it, see what will happen.",
  rules: 'What shall happen to which request: outcomes and faults.',
  scenario: 'The scenario that is loaded into the sandbox.',
  scenarios: 'The stories that come with the emulator: read them, or run them as a check.',
  payers: 'Who pays: their wallets, and how they walk the pages without a browser.',
  personas: 'What payers can be.',
  trigger: 'Makes an event really happen, from the link to the signed notification.',
  simulate: "What happens outside of the merchant's API: in the payer's app, at GoPay, at the bank.",
  accounts: 'Linked wallets.',
  transactions: 'Payments.',
  subscriptions: 'What charges a linked wallet again and again.',
  snap: 'Orders that a customer can pay for on the Snap page.',
  ledger: 'Where all money is.',
  notifications: 'What the merchant was told, with each try.',
  gate: 'A step debugger for notifications: hold, look, change, release.',
  signature: 'Signs notifications, and says why a signature is wrong.',
  requests: 'The journal of what merchant and payer asked for.',
  events: 'The journal as a stream: what is there, and whatever happens next.',
  timeline: 'All that happened to one order or account, in order.',
  stories: 'The latest orders and accounts with what happened to each, failures first.',
  expect: 'Waits until something is as it should be: the last line of a test.',
  settings: 'What a merchant sets up in the dashboard of Midtrans, and how pages and notifications behave.',
  quirks: 'Where sources about Midtrans disagree.',
  reset: 'Begins anew.',
  snapshots: 'Moments to come back to.',
  sandboxes: 'All worlds that are open, one a server key.',
  export: 'Sandboxes as one JSON file.',
  import: 'Sandboxes from such a file.',
  ca: 'What clients have to trust for HTTPS.',
  docs: 'Descriptions of both APIs.',
  emulator: 'The process itself. No key and no token is asked for.',
}

/** The noun of a path of the admin API. */
export const nounOf = (url: string): string => {
  const [, , word = ''] = url.split('/')
  return word.endsWith('.json') ? 'docs' : (word.split('.')[0] ?? '')
}
