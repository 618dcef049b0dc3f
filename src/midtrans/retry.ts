/** The wait before the 1st, 2nd ... 5th retry (facts.md, section 4). */
const waitsMs = [2, 10, 30, 90, 210].map((minutes) => minutes * 60_000)

/** How often Midtrans tries again after this answer of the merchant; undefined is no answer at all. */
function retriesAllowed(answer: number | undefined): number {
  switch (answer) {
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

/** Milliseconds until Midtrans's next try, or undefined where it gives up. The latest answer decides. */
export function retryAfter(attempts: readonly { readonly answer?: number }[]): number | undefined {
  const retries = attempts.length - 1
  return retries < retriesAllowed(attempts.at(-1)?.answer) ? waitsMs[retries] : undefined
}

/** Midtrans's own request headers (facts.md, section 4). */
export const notificationHeaders = {
  'content-type': 'application/json',
  accept: 'application/json',
  'user-agent': 'Veritrans',
} as const

export const notificationTimeoutMs = 15_000
export const notificationRedirects = 5
