/** What can be read from a field. Others may stand beside them. */
type Kind = 'text' | 'number' | 'count' | 'flag' | 'list' | 'object'

/** The latest that a clock shows: beyond the year 9999 times have another form; one day less leaves room for every zone. */
export const latestTime = 253_402_214_400_000
/** What is planned may lie behind that, by the longest interval of a subscription; a date can still hold it. */
const latestPlanned = latestTime + 1_000 * 366 * 86_400_000

/** What each entity of a state file has to have, so that everything that reads it can. */
const shapes: Readonly<Record<string, Readonly<Record<string, Kind>>>> = {
  clock: { mode: 'text' },
  timers: { kind: 'text', subject: 'text', dueAt: 'number' },
  rules: { source: 'text', match: 'object', met: 'number', used: 'number' },
  payers: { pin: 'text', options: 'list', optionChanges: 'number' },
  ledger: { at: 'number', kind: 'text', from: 'text', to: 'text', amount: 'number' },
  accounts: { phone: 'text', status: 'text', referenceId: 'text', createdAt: 'number' },
  transactions: {
    orderId: 'text',
    amount: 'number',
    status: 'text',
    preAuth: 'flag',
    createdAt: 'number',
    expiresAt: 'number',
    notificationUrls: 'object',
  },
  subscriptions: {
    name: 'text',
    amount: 'number',
    status: 'text',
    accountId: 'text',
    token: 'text',
    interval: 'count',
    unit: 'text',
    retrySchedule: 'object',
    createdAt: 'number',
    startAt: 'number',
    countedFromAt: 'number',
    charges: 'number',
  },
  verifications: {
    kind: 'text',
    subject: 'text',
    phone: 'text',
    status: 'text',
    flow: 'text',
    locale: 'text',
    returnUrl: 'text',
    expiresAt: 'number',
    wrongTries: 'number',
  },
  'snap-sessions': {
    orderId: 'text',
    amount: 'number',
    status: 'text',
    gopay: 'object',
    callbacks: 'object',
    notificationUrls: 'object',
    createdAt: 'number',
    expiresAt: 'number',
  },
  'kept-answers': { key: 'text', at: 'number', body: 'object' },
  notifications: {
    event: 'text',
    subject: 'text',
    reference: 'text',
    body: 'text',
    number: 'number',
    createdAt: 'number',
    ways: 'number',
  },
  deliveries: { notificationId: 'text', url: 'text', status: 'text', attempts: 'list' },
  holds: { filter: 'object' },
}

const isOf: Readonly<Record<Kind, (value: unknown) => boolean>> = {
  text: (value) => typeof value === 'string',
  number: (value) => Number.isFinite(value),
  /** From 1 on: whoever goes ahead by it gets somewhere. */
  count: (value) => Number.isInteger(value) && Number(value) >= 1,
  flag: (value) => typeof value === 'boolean',
  list: Array.isArray,
  object: (value) => typeof value === 'object' && value !== null,
}

/** What is wrong with an entity of a collection; undefined: it can be read. */
export function shapeFault(collection: string, entity: object): string | undefined {
  // Names of fields are known, what stands under them is not.
  const fields = entity as Readonly<Record<string, unknown>>
  for (const [name, kind] of Object.entries(shapes[collection] ?? {})) {
    if (!isOf[kind](fields[name]))
      return `${name}: found ${JSON.stringify(fields[name])?.slice(0, 100)}, expected a ${kind}`
  }
  for (const [name, value] of Object.entries(fields)) {
    const isTime = name === 'at' || name.endsWith('At')
    if (isTime && (typeof value !== 'number' || value < 0 || value > latestPlanned)) {
      return `${name}: found ${JSON.stringify(value)?.slice(0, 100)}, expected milliseconds since epoch, up to the year 10999`
    }
  }
  return undefined
}
