interface Told {
  readonly kind: string
  readonly details: Readonly<Record<string, unknown>>
}

const badEnds: readonly unknown[] = ['deny', 'expire', 'EXPIRED', 'refused']

/**
 * Whether a line of the journal tells of what somebody has to look at: a call that was refused or broke off, a payment or a
 * link that came to nothing, a notification that did not arrive. Of a call `status` is the HTTP status.
 */
export function wentWrong({ kind, details }: Told): boolean {
  const { status, status_code, answer, error, to } = details
  switch (kind) {
    case 'request':
      // An expired payment is answered with 407, which is no error.
      return status_code !== '407' && (Number(status_code) >= 400 || Number(status ?? 599) >= 400)
    case 'notification':
      return error !== undefined || status === 'failed' || status === 'dropped' || Number(answer) >= 300
    case 'change':
      return badEnds.includes(to)
    default:
      return false
  }
}
