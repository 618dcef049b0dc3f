import type { ChannelResponse } from './errors.ts'

/** What is decided for a request: the three answers of a charge; a link knows only deny. */
export type Outcome =
  | { readonly kind: 'settle' }
  | { readonly kind: 'ask-pin' }
  | { readonly kind: 'deny'; readonly channelResponse: ChannelResponse }

/** Codes whose text was seen in an answer (facts.md, section 10). */
const seenMessages: Readonly<Record<string, string>> = {
  '0': 'Process service request successfully.',
  '105': 'User Not Found',
  '112': 'Wallet is Blocked',
  '201': 'Insufficient Balance',
  '1001': 'Caller authentication error.',
  '2903': 'invalid scheme',
}

/** UNCERTAIN: for codes that were never seen in an answer the text is unknown. */
export const channelResponse = (code: string): ChannelResponse => ({
  code,
  message: seenMessages[code] ?? `GoPay error ${code}`,
})

export const insufficientBalance = channelResponse('201')

/** How outcomes are written in rules and in X-Emulator-Outcome. */
const outcomeForm = /^(?:200|settle|201|ask-pin|(?:202|deny)(?::\d{1,5})?)$/

/** The outcome of "200", "settle", "201", "ask-pin", "202", "deny:112"; undefined where the text is none. */
export function parseOutcome(text: string): Outcome | undefined {
  if (!outcomeForm.test(text)) return undefined
  const [word, code] = text.split(':')
  if (word === '200' || word === 'settle') return { kind: 'settle' }
  if (word === '201' || word === 'ask-pin') return { kind: 'ask-pin' }
  return { kind: 'deny', channelResponse: code ? channelResponse(code) : insufficientBalance }
}
