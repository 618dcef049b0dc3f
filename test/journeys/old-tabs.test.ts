import { expect, test } from 'vitest'
import { openInbox } from '../../src/testkit/index.ts'
import { emulatorOfFile, happyPayer, newMerchant, newShop } from '../midtrans/merchant.ts'
import { fillIn, type Page, visit } from './browser.ts'

const emulator = await emulatorOfFile()
const again = (page: Page, fields: Readonly<Record<string, string>> = {}) => fillIn(page, fields)

test('a payer who clicks four times on one page has made no mistake on the next', async () => {
  const { api } = newMerchant(emulator)
  const link = await api.post('/v2/pay/account', { payment_type: 'gopay', gopay_partner: happyPayer })
  const consent = await visit(link.actions[1].url)
  let page = consent
  for (let clicks = 0; clicks < 4; clicks++) page = await again(consent)
  expect([page.step, page.text('complaint')]).toEqual(['otp', undefined])
  for (let clicks = 0; clicks < 4; clicks++) page = await again(consent, { otp: '987654' })
  expect([page.step, page.text('complaint')]).toEqual(['pin', undefined])
})

test('a wrong PIN still counts, and so does none at all in its field', async () => {
  const shop = await newShop(emulator)
  const pin = await visit((await shop.charge('order-1', 150_000)).actions[0].url)
  for (const typed of ['', '000000']) expect((await again(pin, { pin: typed })).text('complaint')).toBeDefined()
  expect((await again(pin, { pin: '111111' })).ending).toBe('failed')
})

/** The deeplink of a charge of plain GoPay. */
async function deeplinkOf(shop: Awaited<ReturnType<typeof newShop>>, order_id: string): Promise<string> {
  const charged = await shop.api.post('/v2/charge', {
    payment_type: 'gopay',
    transaction_details: { order_id, gross_amount: 12_000 },
  })
  return charged.actions[1].url
}

test('whoever scans the code second is asked for a number of their own', async () => {
  const shop = await newShop(emulator)
  const deeplink = await deeplinkOf(shop, 'order-1')
  const first = await again(await visit(deeplink), { phone: '8215023424' })
  const second = await visit(deeplink)
  expect([first.step, second.step]).toEqual(['pin', 'phone'])
  expect(second.url).not.toBe(first.url)
  const secondPin = await again(second, { phone: '8242974268' })
  expect((await again(secondPin, { pin: '112233' })).ending).toBe('paid')
  expect((await again(first, { pin: '112233' })).ending).toBe('closed')
  const { balances, sum } = await shop.ledger()
  expect(balances).toMatchObject({ 'wallet:628242974268:GOPAY_WALLET': 7_988_000, merchant: 12_000 })
  expect(sum).toBe(0)
})

test('two people who pay one code at the same time pay it once', async () => {
  await using inbox = await openInbox()
  const shop = await newShop(emulator)
  await shop.admin.patch('settings', { payment_notification_url: inbox.url })
  for (let round = 0; round < 10; round++) {
    const order = `race-${round}`
    const deeplink = await deeplinkOf(shop, order)
    const pages: Page[] = []
    for (const phone of ['8215023424', '8242974268']) pages.push(await again(await visit(deeplink), { phone }))
    const ends = await Promise.all(pages.map((page) => again(page, { pin: '112233' })))
    expect(ends.map(({ ending }) => ending).toSorted()).toEqual(['closed', 'paid'])
    expect((await shop.told(order)).map(({ transaction_status }) => transaction_status)).toEqual([
      'pending',
      'settlement',
    ])
  }
  const { balances, sum } = await shop.ledger()
  expect([balances.merchant, sum]).toEqual([120_000, 0])
})

test('an order that bears the name of a payment is refused: nobody could ask for it', async () => {
  const shop = await newShop(emulator)
  const { transaction_id } = await shop.charge('order-1', 100)
  expect(await shop.charge(transaction_id, 200)).toMatchObject({ status_code: '406' })
  expect(await shop.status(transaction_id)).toMatchObject({ order_id: 'order-1', gross_amount: '100.00' })
})

test('a wallet that was switched off while the payer looked for the PIN pays nothing', async () => {
  const shop = await newShop(emulator)
  const pin = await visit((await shop.charge('order-1', 150_000)).actions[0].url)
  await shop.admin.patch('payers', { phone: '628215023424', options: { GOPAY_WALLET: false } })
  await again(pin, { pin: '112233' })
  expect(await shop.status('order-1')).toMatchObject({ transaction_status: 'deny' })
})
