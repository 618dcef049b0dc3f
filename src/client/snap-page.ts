/** What a customer wants on the Snap page. */
export interface SnapWish {
  /**
   * pay: with the linked wallet, which is linked before where none is, or else by QR code. link: a wallet, and nothing more.
   * qr: whoever scans the code pays.
   */
  readonly choose?: 'pay' | 'link' | 'qr'
  /** What is paid with: GOPAY_WALLET, PAY_LATER. Missing: what the page offers first. */
  readonly option?: string
}

/** What comes next on the Snap page: a form that is sent, or a page of GoPay's that is opened. */
export type SnapStep = { readonly form: URLSearchParams } | { readonly open: string }

/** One form and one link of the Snap page; undefined: the page is none, has nothing for this wish, or all is done. */
export function snapStep(
  html: string,
  { choose = 'pay', option, phone }: SnapWish & { readonly phone: string },
  done: ReadonlySet<string>,
): SnapStep | undefined {
  const stage = snapStage(html)
  if (stage === 'confirm' || stage === 'scan') {
    const href = hrefOf(html, stage === 'confirm' ? 'confirm' : 'open-app')
    return href === undefined ? undefined : { open: href }
  }
  if (stage !== 'choose') return undefined
  const has = (way: string) => html.includes(`data-testid="way-${way}"`)
  // Denied, or left: the customer is back, and tries nothing a second time.
  if (done.has('pay') || done.has('qr') || (done.has('link') && !has('wallet'))) return undefined
  const action = choose === 'pay' ? (has('wallet') ? 'pay' : has('link') ? 'link' : 'qr') : choose
  if (!has(action === 'pay' ? 'wallet' : action)) return undefined
  const first = /<input type="radio" name="option" value="(\w+)" checked/.exec(html)?.[1]
  const chosen = option ?? first
  return {
    form: new URLSearchParams({
      action,
      ...(action === 'link' && { phone }),
      ...(action === 'pay' && chosen !== undefined && { option: chosen }),
    }),
  }
}

/** How the Snap page stands: choose, confirm, scan; undefined: it is another page, or an end. */
export const snapStage = (html: string): string | undefined => /data-stage="(\w+)"/.exec(html)?.[1]

/** Where a page that has ended leads back to. */
export const wayBack = (html: string): string | undefined => hrefOf(html, 'back')

function hrefOf(html: string, testId: string): string | undefined {
  const [, href] = new RegExp(`<a [^>]*href="([^"]*)"[^>]* data-testid="${testId}"`).exec(html) ?? []
  return href?.replaceAll('&amp;', '&')
}
