import { payer } from '../../src/testkit/index.ts'
import type { Stage } from './payer-pages.ts'

const items = [
  { name: 'Kopi Gayo 250 g', price: 85_000, quantity: 2 },
  { name: 'Ongkos kirim', price: 15_000, quantity: 1 },
]

/** The merchant sells on the Snap page; the customer stands there. */
async function openSnap({ page, url, serverKey, locale }: Stage, amount = 185_000): Promise<string> {
  const answer = await fetch(`${url}/snap/v1/transactions`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${serverKey}:`).toString('base64')}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({
      transaction_details: { order_id: 'order-2026-001', gross_amount: amount },
      ...(amount === 185_000 && { item_details: items }),
      user_id: 'customer-1',
      gopay: { tokenization: true },
      enabled_payments: ['gopay', 'bank_transfer'],
    }),
  })
  const { redirect_url } = (await answer.json()) as { redirect_url: string }
  const address = `${redirect_url}?lang=${locale.slice(0, 2)}`
  await page.goto(address)
  return address
}

/** The payer who can pay two ways. */
async function openLinked(stage: Stage, amount?: number): Promise<string> {
  const address = await openSnap(stage, amount)
  await payer.walk(address, { choose: 'link', phone: '+628103001242' })
  await stage.page.goto(address)
  return address
}

/** The Snap page in all its states. */
export const snapPages: Readonly<Record<string, (stage: Stage) => Promise<unknown>>> = {
  snap: async (stage) => {
    await openSnap(stage)
    await stage.page.getByTestId('items').locator('summary').click()
  },
  'snap-phone-refused': async (stage) => {
    await openSnap(stage)
    await stage.page.getByTestId('way-link').getByTestId('phone').fill('+628271939753')
    await stage.page.getByTestId('link').click()
    await stage.page.getByTestId('complaint').waitFor()
  },
  'snap-linked': openLinked,
  'snap-confirm': async (stage) => {
    const address = await openLinked(stage)
    await stage.page.getByTestId('pay').click()
    await stage.page.getByTestId('pin').waitFor()
    await stage.page.goto(address)
  },
  'snap-scan': async (stage) => {
    await openSnap(stage)
    await stage.page.getByTestId('qr-pay').click()
    await stage.page.getByTestId('qr').waitFor()
  },
  'snap-denied': async (stage) => {
    await openLinked(stage, 90_000_000)
    await stage.page.getByTestId('pay').click()
    await stage.page.getByTestId('complaint').waitFor()
  },
  'snap-paid': async (stage) => {
    await openLinked(stage, 50_000)
    await stage.page.getByTestId('pay').click()
    await stage.page.locator('[data-ending="paid"]').waitFor()
  },
  'snap-expired': async (stage) => {
    await openSnap(stage)
    await stage.admin.advance('24h')
    await stage.page.locator('[data-ending="expired"]').waitFor()
  },
  'snap-wrong-key': async (stage) => {
    const address = await openSnap(stage)
    await stage.page.goto(`${address}&client_key=SB-Mid-client-somebody`)
  },
}
