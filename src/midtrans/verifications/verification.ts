import { machine } from '../../engine/machine.ts'
import type { Question } from '../payers/walk.ts'
import type { Flow, Locale } from '../settings.ts'

/** What the payer is asked for, or how it ended. closed: what it was for has ended meanwhile. */
export type VerificationStatus = Question | 'confirmed' | 'declined' | 'failed' | 'expired' | 'closed'

type VerificationEvent = 'ask_otp' | 'ask_pin' | 'ask_new_pin' | 'confirm' | 'decline' | 'fail' | 'expire' | 'close'

const endings = { decline: 'declined', fail: 'failed', expire: 'expired', close: 'closed' } as const

export const verificationMachine = machine<VerificationStatus, VerificationEvent>({
  phone: { ask_pin: 'pin', ...endings },
  consent: { ask_otp: 'otp', ...endings },
  name: { ask_otp: 'otp', ...endings },
  otp: { ask_pin: 'pin', ask_new_pin: 'new_pin', ...endings },
  pin: { confirm: 'confirmed', ...endings },
  new_pin: { confirm: 'confirmed', ...endings },
  confirmed: {},
  declined: {},
  failed: {},
  expired: {},
  closed: {},
})

/** The session behind a hosted page. Its id is the UUID in the links that the merchant got. */
export interface Verification {
  readonly id: string
  readonly kind: 'link' | 'payment'
  /** The account or transaction that it decides. */
  readonly subject: string
  /** Empty while plain GoPay waits for somebody to pay. */
  readonly phone: string
  readonly status: VerificationStatus
  readonly flow: Flow
  readonly locale: Locale
  /** Where the payer goes in the end; empty: nowhere. */
  readonly returnUrl: string
  readonly expiresAt: number
  /** The page that the web link was opened as: the link is good for one opening (facts.md, A.3). */
  readonly sessionId?: string
  /** Wrong tries at the present question. */
  readonly wrongTries: number
  /** The Snap page has led here: what may show that in a frame may show this. */
  readonly inSnap?: true
  /** Given on the page by somebody new to GoPay. */
  readonly newName?: string
}

type Via = 'web' | 'app'

/** What stands before the id in a link (facts.md, section 11): for GoPay's web pages, and for its app. */
const prefixes = { link: { web: 'gpar', app: 'gpad' }, payment: { web: 'gppr', app: 'gppd' } } as const
const linkEnds = { link: 'link', payment: 'charge' } as const

/** The path of the link that the payer opens. Recordings of 2021 have another one for the web link of an account. */
export const linkPath = ({ id, kind }: Verification, via: Via | 'recorded-web'): string =>
  via === 'recorded-web'
    ? `/v2/pay/account/${prefixes[kind].web}_${id}/link`
    : `/v2/gopay/redirect/${prefixes[kind][via]}_${id}/${linkEnds[kind]}`

/** What the last but one part of a link's path says; undefined where it is no link of ours. */
export function readLink(
  text: string,
): { readonly kind: Verification['kind']; readonly via: Via; readonly id: string } | undefined {
  const [, prefix, id = ''] = /^(\w{4})_([0-9a-f-]{36})$/.exec(text) ?? []
  for (const kind of ['link', 'payment'] as const) {
    for (const via of ['web', 'app'] as const) if (prefixes[kind][via] === prefix) return { kind, via, id }
  }
  return undefined
}

/** facts.md, A.3: all verification links expire after 5 minutes. */
export const verificationLifeMs = 5 * 60_000
/** UNCERTAIN: how many wrong PINs GoPay allows is not documented. */
export const triesAllowed = 3
