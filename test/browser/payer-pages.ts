import type { Locator, Page } from 'playwright-core'
import { type Admin, payer } from '../../src/testkit/index.ts'
import { payerPages as pagesOf, type Step } from '../../src/testkit/payer-pages.ts'
import { type CoreApiClient, coreApi } from '../core-api.ts'
import { happyPayer, linkIn, merchantOf, openMerchant } from '../journeys/merchant.ts'
import { snapPages } from './snap-pages.ts'

/** A payer with a browser, and a merchant whose sandbox nobody else knows. */
export interface Stage {
  readonly page: Page
  readonly url: string
  readonly serverKey: string
  readonly admin: Admin
  readonly locale: 'id-ID' | 'en-EN'
}

const newPayer = { phone_number: '81299998888', country_code: '62' }
const wrong = '000000'
/** The merchant's name of every payment. */
export const orderId = 'order-2026-001'
export const rightOtp = '987654'
export const rightPin = '112233'

/** The form that asks for this. */
export const formOf = (page: Page, step: string): Locator => page.locator(`[data-testid="form"][data-step="${step}"]`)

/** Fills in the page that asks for this, and sends it. */
export const answer = (page: Page, step: Step, typed: Readonly<Record<string, string>> = {}): Promise<void> =>
  pagesOf(page).answer(step, Object.values(typed)[0])

const apiOf = ({ url, serverKey }: Stage): CoreApiClient => coreApi(url, serverKey)
const languageOf = ({ locale }: Stage) => ({ 'x-payment-locale': locale })

/** The merchant asks to link a wallet. */
export async function startLink(stage: Stage, partner: object = happyPayer) {
  const body = { payment_type: 'gopay', gopay_partner: partner }
  const begun = await apiOf(stage).post('/v2/pay/account', body, languageOf(stage))
  return { accountId: String(begun.account_id), link: linkIn(begun, 'activation-link-url') }
}

/** The merchant charges the happy payer's linked wallet. */
export async function startPayment(stage: Stage, callbackUrl?: string) {
  const { accountId } = await openMerchant(stage.url, stage.serverKey)
  return chargeWallet(stage, accountId, callbackUrl)
}

/** The merchant charges a linked wallet. Without a callback_url, the payer sees how it ends on our pages. */
export async function chargeWallet(stage: Stage, accountId: string, callbackUrl?: string): Promise<string> {
  const charge = await merchantOf(apiOf(stage), accountId).charge(orderId, 150_000, {
    gopay: { callback_url: callbackUrl },
    headers: languageOf(stage),
  })
  return linkIn(charge, 'verification-link-url')
}

/** The merchant charges whoever follows the link. */
export async function startPlain(stage: Stage): Promise<string> {
  const order = { order_id: orderId, gross_amount: 150_000 }
  const body = { payment_type: 'gopay', transaction_details: order }
  return linkIn(await apiOf(stage).post('/v2/charge', body, languageOf(stage)), 'deeplink-redirect')
}

async function openLinked(stage: Stage): Promise<string> {
  const { accountId } = await openMerchant(stage.url, stage.serverKey)
  await stage.page.goto(`${stage.url}/gopay/accounts/${accountId}`)
  return accountId
}

async function toOtp({ page }: Stage, link: string): Promise<void> {
  await page.goto(link)
  await answer(page, 'consent')
  await formOf(page, 'otp').waitFor()
}

async function toNewPayersOtp({ page }: Stage, link: string): Promise<void> {
  await page.goto(link)
  await answer(page, 'name', { name: 'Siti' })
  await formOf(page, 'otp').waitFor()
}

/** Every page that a payer can see, by name, and how they get there. */
export const payerPages: Readonly<Record<string, (stage: Stage) => Promise<unknown>>> = {
  consent: async (stage) => stage.page.goto((await startLink(stage)).link),
  name: async (stage) => stage.page.goto((await startLink(stage, newPayer)).link),
  otp: async (stage) => toOtp(stage, (await startLink(stage)).link),
  'otp-wrong': async (stage) => {
    await toOtp(stage, (await startLink(stage)).link)
    await answer(stage.page, 'otp', { otp: wrong })
    await stage.page.getByTestId('complaint').waitFor()
  },
  'pin-to-link': async (stage) => {
    await toOtp(stage, (await startLink(stage)).link)
    await answer(stage.page, 'otp', { otp: rightOtp })
    await formOf(stage.page, 'pin').waitFor()
  },
  'new-pin': async (stage) => {
    await toNewPayersOtp(stage, (await startLink(stage, newPayer)).link)
    await answer(stage.page, 'otp', { otp: rightOtp })
    await formOf(stage.page, 'new_pin').waitFor()
  },
  pin: async (stage) => stage.page.goto(await startPayment(stage)),
  'pin-wrong': async (stage) => {
    await stage.page.goto(await startPayment(stage))
    await answer(stage.page, 'pin', { pin: wrong })
    await stage.page.getByTestId('complaint').waitFor()
  },
  phone: async (stage) => stage.page.goto(await startPlain(stage)),
  'phone-unknown': async (stage) => {
    await stage.page.goto(await startPlain(stage))
    await answer(stage.page, 'phone', { phone: '8199' })
    await stage.page.getByTestId('complaint').waitFor()
  },
  scan: async (stage) => {
    const { accountId } = await openMerchant(stage.url, stage.serverKey)
    await stage.admin.patch('settings', { flow: 'app' })
    await stage.page.goto(await chargeWallet(stage, accountId))
  },
  'pin-panel': async (stage) => {
    await stage.page.goto(await startPayment(stage))
    await openPanel(stage.page)
  },
  'phone-panel': async (stage) => {
    await stage.page.goto(await startPlain(stage))
    await openPanel(stage.page)
  },
  account: async (stage) => {
    await stage.admin.patch('settings', { locale: stage.locale })
    await openLinked(stage)
  },
  'account-gone': async (stage) => {
    await stage.admin.patch('settings', { locale: stage.locale })
    await openLinked(stage)
    await stage.page.getByTestId('unlink').click()
    await stage.page.locator('[data-account="DISABLED"]').waitFor()
  },
  linked: async (stage) => ending(stage, (await startLink(stage)).link),
  paid: async (stage) => ending(stage, await startPayment(stage)),
  denied: async (stage) => {
    const link = await startPayment(stage)
    // Spent elsewhere, in between.
    await stage.admin.givePayer({ phone: '628215023424', balance: 10_000 })
    await ending(stage, link)
  },
  declined: async (stage) => ending(stage, await startPayment(stage), { declineAt: 'pin' }),
  failed: async (stage) => {
    await stage.page.goto(await startPayment(stage, 'https://shop.example/done'))
    for (const _try of [1, 2]) {
      await answer(stage.page, 'pin', { pin: wrong })
      await stage.page.getByTestId('complaint').waitFor()
    }
    await answer(stage.page, 'pin', { pin: wrong })
    await stage.page.locator('[data-ending="failed"]').waitFor()
  },
  expired: async (stage) => {
    const link = await startPayment(stage)
    await stage.admin.advance('5m')
    await stage.page.goto(link)
  },
  closed: async (stage) => {
    const link = await startPayment(stage)
    await apiOf(stage).post(`/v2/${orderId}/cancel`)
    await stage.page.goto(link)
  },
  used: async (stage) => {
    const link = await startPayment(stage)
    await fetch(link)
    await stage.page.goto(link)
  },
  left: async (stage) => {
    await stage.page.goto(await startPayment(stage))
    await leave(stage)
  },
  'left-in-app': async (stage) => {
    await stage.page.goto(await startPlain(stage))
    await leave(stage)
  },
  foreign: async ({ page, url }) => {
    // As from a page of anybody's site: another name is another site.
    await page.goto(`${url.replace('127.0.0.1', 'localhost')}/gopay/web/nobody`)
    await page.evaluate(`{
      const form = document.createElement('form')
      Object.assign(form, { method: 'post', action: '${url}/gopay/web/nobody' })
      document.body.append(form)
      form.submit()
    }`)
    await page.locator('[data-ending="foreign"]').waitFor()
  },
  unknown: ({ page, url }) => page.goto(`${url}/gopay/web/nobody`),
  broken: async (stage) => {
    await stage.page.goto((await startLink(stage, newPayer)).link)
    // More than a form may hold, from a page that somebody has tampered with.
    await stage.page.evaluate("document.querySelector('[data-testid=name]').removeAttribute('maxlength')")
    await answer(stage.page, 'name', { name: 'x'.repeat(20_000) })
    await stage.page.locator('[data-ending="broken"]').waitFor()
  },
  ...snapPages,
}

/** The test panel stands open only where there is room, and a script. */
export async function openPanel(page: Page): Promise<void> {
  const leaves = page.getByTestId('panel-leave')
  if (!(await leaves.isVisible())) await page.getByTestId('panel-summary').click()
  await leaves.waitFor()
}

async function leave({ page }: Stage): Promise<void> {
  await openPanel(page)
  await page.getByTestId('panel-leave').click()
  await page.locator('[data-ending="left"]').waitFor()
}

/** A payer goes all the way, and comes back later to look. */
async function ending({ page }: Stage, link: string, options: Parameters<typeof payer.walk>[1] = {}): Promise<void> {
  await payer.walk(link, options)
  await page.goto(link)
}
