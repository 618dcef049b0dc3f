const minuteMs = 60_000

/** The wait before the 1st, 2nd ... 5th retry (facts.md, section 4). */
const waitsMs = [2, 10, 30, 90, 210].map((minutes) => minutes * minuteMs)

/** The shortest of what a random shift leaves of a wait: the 1st retry "may come 33 s to 2 min after" (section 4). */
const shortestPart = 33 / 120

/** How often Midtrans tries again after this answer of the merchant; undefined is no answer at all. */
function retriesAllowed(status: number | undefined): number {
  switch (status) {
    case 500:
      return 1
    case 503:
      return 4
    case 400:
    case 404:
      return 2
    case 301:
    case 302:
    case 303:
      return 0
    default:
      return waitsMs.length
  }
}

/** What comes after a try that has failed, and why. */
export interface Retry {
  /** Milliseconds until the next try; undefined: Midtrans gives up. */
  readonly waitMs?: number
  readonly why: string
}

/**
 * What Midtrans does after these tries, the last of which failed; its answer decides. `random`, from 0 up to 1, shifts
 * the next try. UNCERTAIN: how far others than the 1st retry are shifted; taken for the same part of their wait.
 */
export function retryAfter(attempts: readonly { readonly answer?: number | undefined }[], random?: number): Retry {
  const status = attempts.at(-1)?.answer
  const allowed = retriesAllowed(status)
  const what = status === undefined ? 'no answer' : `the answer ${status}`
  if (allowed === 0) {
    // facts.md, section 4: the reason that Midtrans mails to the merchant.
    return { why: `${what}: Redirection status code 301, 302 and 303 are not supported.` }
  }
  const times = allowed === 1 ? 'once' : `${allowed} times`
  const wait = waitsMs[attempts.length - 1]
  if (attempts.length > allowed || wait === undefined) return { why: `${what}: tried again ${times}, and given up` }
  const waitMs = random === undefined ? wait : Math.round(wait * (shortestPart + (1 - shortestPart) * random))
  return { waitMs, why: `${what} is tried again ${times}: this was try ${attempts.length}` }
}

/** Midtrans's own request headers (facts.md, section 4). */
export const notificationHeaders = {
  'content-type': 'application/json',
  accept: 'application/json',
  'user-agent': 'Veritrans',
} as const

export const notificationTimeoutMs = 15_000
export const notificationRedirects = 5
