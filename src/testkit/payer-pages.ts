/** As much of Playwright's Locator as the payer's pages need; one of any version is one. */
export interface PageLocator {
  click(): Promise<void>
  fill(text: string): Promise<void>
  waitFor(): Promise<void>
  count(): Promise<number>
  getAttribute(name: string): Promise<string | null>
  getByTestId(id: string): PageLocator
}

/** As much of Playwright's Page as the payer's pages need. */
export interface BrowserPage {
  goto(url: string): Promise<unknown>
  url(): string
  evaluate(script: string): Promise<unknown>
  locator(selector: string): PageLocator
  getByTestId(id: string): PageLocator
}

/** What a page may ask for. */
export type Step = 'phone' | 'consent' | 'name' | 'otp' | 'pin' | 'new_pin'

/** The payer's pages in a browser, with JavaScript or without. Waiting is Playwright's: its time-out holds. */
export interface PayerPages {
  open(link: string): Promise<void>
  /** Answers the page that asks for this, once it is there. */
  answer(step: Step, text?: string): Promise<void>
  /** Agrees to be linked. */
  consent(): Promise<void>
  /** The sandbox's own OTP, or another one. */
  otp(code?: string): Promise<void>
  /** The sandbox's own PIN, or another one. */
  pin(code?: string): Promise<void>
  /** Who pays, where nobody is linked: digits with country code. */
  phone(number: string): Promise<void>
  /** Presses Cancel on the page that asks for this. */
  decline(step: Step): Promise<void>
  /**
   * On the Snap page: pays with the linked wallet, begins to link one (of this number, where the merchant has named none), or
   * opens the app as its QR code does.
   */
  choose(way: 'pay' | 'link' | 'qr', phone?: string): Promise<void>
  /** How it ended, once the page says so: linked, paid, denied, declined, failed, expired, ... Not where the payer was sent on. */
  ending(): Promise<string>
}

// facts.md, A.4: what the sandbox's payers type.
const rightOtp = '987654'
const rightPin = '112233'

/** Fills in the payer's pages as somebody with this Playwright page does. Test ids: docs/pages.md. */
export function payerPages(page: BrowserPage): PayerPages {
  const formOf = (step: Step) => page.locator(`[data-testid="form"][data-step="${step}"]`)
  const answer = async (step: Step, text?: string) => {
    const form = formOf(step)
    await form.waitFor()
    await page.evaluate(markForm)
    if (text !== undefined) await form.getByTestId(fieldOf[step]).fill(text)
    // A page with JavaScript has sent itself with the last digit.
    const unsent = page.locator('[data-unsent]')
    if ((await unsent.count()) > 0) await unsent.getByTestId('submit').click()
  }
  return {
    open: async (link) => void (await page.goto(link)),
    answer,
    consent: () => answer('consent'),
    otp: (code = rightOtp) => answer('otp', code),
    pin: (code = rightPin) => answer('pin', code),
    phone: (number) => answer('phone', number),
    async decline(step) {
      const form = formOf(step)
      await form.waitFor()
      await form.getByTestId('decline').click()
    },
    async choose(way, phone) {
      const form = page.getByTestId(`way-${way === 'pay' ? 'wallet' : way}`)
      await form.waitFor()
      if (phone !== undefined) await form.getByTestId('phone').fill(phone)
      await form.getByTestId(way === 'qr' ? 'qr-pay' : way).click()
      if (way === 'qr') await page.getByTestId('open-app').click()
    },
    async ending() {
      const title = page.locator('[data-ending]')
      await title.waitFor()
      return (await title.getAttribute('data-ending')) ?? 'unknown'
    },
  }
}

const fieldOf: Readonly<Record<Step, string>> = {
  phone: 'phone',
  consent: '',
  name: 'name',
  otp: 'otp',
  pin: 'pin',
  new_pin: 'pin',
}

/** The page that comes next may ask for the same again, and has no mark. */
const markForm = `{
  const form = document.querySelector('[data-testid="form"]')
  form.dataset.unsent = ''
  form.addEventListener('submit', () => delete form.dataset.unsent)
}`
