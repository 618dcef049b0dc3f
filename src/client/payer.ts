/** What a payer types, and how far they go. */
export interface WalkOptions {
  readonly otp?: string
  readonly pin?: string
  readonly name?: string
  /** Who pays, where nobody is linked: plain GoPay asks. */
  readonly phone?: string
  /** Presses Cancel on the page that asks for this: phone, consent, name, otp, pin or new_pin. */
  readonly declineAt?: string
  /** Closes the tab on the page that asks for this. */
  readonly leaveAt?: string
  /** Ends the walk. */
  readonly signal?: AbortSignal
}

export interface WalkResult {
  /** What was asked, in order. */
  readonly steps: readonly string[]
  /** Where the payer was sent in the end, on the merchant's side. */
  readonly returnedTo?: string
  /** The last page of the emulator, where the payer was not sent on. */
  readonly html?: string
  /** How that page says it ended: linked, paid, denied, declined, failed, expired, closed or unknown. */
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
const mostPages = 20

/** The sandbox's PIN and OTP, and a happy payer's number (facts.md, A.4), unless the options say otherwise. */
export const payer: Payer = {
  async walk(link, options = {}) {
    const typed = { otp: '987654', pin: '112233', name: 'Payer', phone: '8215023424', ...options }
    const origin = new URL(link).origin
    const steps: string[] = []
    const open = (url: string, form?: URLSearchParams) => openPage(url, form, options.signal)
    let page = await open(link)
    for (let pages = 0; pages < mostPages; pages++) {
      const { location, status, html } = page
      if (location && new URL(location).origin !== origin) return { steps, returnedTo: location, url: page.url, status }
      const step = /data-step="(\w+)"/.exec(html)?.[1]
      if (location) {
        page = await open(location)
        continue
      }
      const isWrong = page.answered && /data-testid="complaint"/.test(html)
      if (!step || step === options.leaveAt || isWrong) return { steps, html, ...endingIn(html), url: page.url, status }
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

function endingIn(html: string): Pick<WalkResult, 'ending'> {
  const ending = /data-ending="([\w-]+)"/.exec(html)?.[1]
  return ending === undefined ? {} : { ending }
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
