import { type SnapWish, snapStage, snapStep, wayBack } from './snap-page.ts'

/** What a payer types, and how far they go; on the Snap page, what they choose. */
export interface WalkOptions extends SnapWish {
  readonly otp?: string
  readonly pin?: string
  readonly name?: string
  /** Who pays, where nobody is linked: plain GoPay asks. */
  readonly phone?: string
  /** Presses Cancel on the page that asks for this: phone, consent, name, otp, pin or new_pin. */
  readonly declineAt?: string
  /** Closes the tab on the page that asks for this; the Snap page asks to choose. */
  readonly leaveAt?: string
  /** Ends the walk. */
  readonly signal?: AbortSignal
}

export interface WalkResult {
  /** What was asked, in order; of the Snap page what was chosen there: choose pay, choose link, choose qr. */
  readonly steps: readonly string[]
  /** Where the payer was sent in the end, on the merchant's side. */
  readonly returnedTo?: string
  /** The last page of the emulator, where the payer was not sent on. */
  readonly html?: string
  /** How that page says it ended: linked, paid, denied, declined, failed, expired, canceled, closed or unknown. */
  readonly ending?: string
  /** The address of that page: a walk can go on from there. */
  readonly url: string
  readonly status: number
}

/** Somebody with a phone: opens a link from an answer's actions, and fills in the pages without a browser. */
export interface Payer {
  walk(link: string, options?: WalkOptions): Promise<WalkResult>
}

/** More pages than any walk has. */
const mostPages = 40

/** The sandbox's PIN and OTP, and a happy payer's number (facts.md, A.4), unless the options say otherwise. */
export const payer: Payer = {
  async walk(link, options = {}) {
    const typed = { otp: '987654', pin: '112233', name: 'Payer', phone: '8215023424', ...options }
    const origin = new URL(link).origin
    const steps: string[] = []
    const open = (url: string, form?: URLSearchParams) => openPage(url, form, options.signal)
    let page = await open(link)
    const chosen = new Set<string>()
    for (let pages = 0; pages < mostPages; pages++) {
      const { location, status, html } = page
      if (location && new URL(location).origin !== origin) return { steps, returnedTo: location, url: page.url, status }
      if (location) {
        page = await open(location)
        continue
      }
      const choice = snapStage(html) === options.leaveAt ? undefined : snapStep(html, typed, chosen)
      if (choice) {
        const action = 'form' in choice ? choice.form.get('action') : undefined
        if (action) steps.push(`choose ${action}`)
        if (action) chosen.add(action)
        page = 'form' in choice ? await open(page.url, choice.form) : await open(new URL(choice.open, page.url).href)
        continue
      }
      const step = /data-step="(\w+)"/.exec(html)?.[1]
      const isWrong = page.answered && /data-testid="complaint"/.test(html)
      if (!step || step === options.leaveAt || isWrong) return { steps, html, ...endOf(page), url: page.url, status }
      steps.push(step)
      const form = new URLSearchParams({ action: step === options.declineAt ? 'decline' : 'submit' })
      for (const [, field = ''] of html.matchAll(/<input[^>]* name="(\w+)"/g)) {
        form.set(field, typed[field as 'otp' | 'pin' | 'name' | 'phone'])
      }
      page = await open(page.url, form)
    }
    throw new Error(`a walk of ${mostPages} pages does not end: ${steps.join(', ')}`)
  },
}

function endOf({
  url,
  html,
}: {
  readonly url: string
  readonly html: string
}): Pick<WalkResult, 'ending' | 'returnedTo'> {
  const ending = /data-ending="([\w-]+)"/.exec(html)?.[1]
  // The Snap page shows its end, and leads back after some seconds.
  const returnedTo = new URL(url).pathname.startsWith('/snap/') ? wayBack(html) : undefined
  return { ...(ending !== undefined && { ending }), ...(returnedTo !== undefined && { returnedTo }) }
}

async function openPage(url: string, form: URLSearchParams | undefined, signal: AbortSignal | undefined) {
  const response = await fetch(url, {
    redirect: 'manual',
    ...(signal && { signal }),
    ...(form && { method: 'POST', body: form }),
  })
  const location = response.headers.get('location')
  return {
    url,
    status: response.status,
    html: await response.text(),
    location: location === null ? undefined : new URL(location, url).href,
    answered: form !== undefined,
  }
}
