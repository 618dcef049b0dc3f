import { describe, expect, test } from 'vitest'
import type { Admin } from '../../src/client/admin.ts'
import { emulatorOfFile, type Merchant, newMerchant } from '../midtrans/merchant.ts'

const emulator = await emulatorOfFile({ 'payer-mode': 'headless' })
const phone = '6285550007777'

interface Story {
  /** Of the account, right after the link was begun; undefined: it was refused. */
  readonly linked: string | undefined
  /** Status of a charge of 150,000 that asks for the PIN; undefined: there is none. */
  readonly paid?: string
  readonly code?: string
  readonly balance?: number
}

/** What the stories of fixtures/personas.json say. */
const stories: Readonly<Record<string, Story>> = {
  happy: { linked: 'ENABLED', paid: 'settlement', balance: 7_850_000 },
  blocked: { linked: undefined, code: '410' },
  poor: { linked: 'ENABLED', paid: 'deny', balance: 0 },
  promo: { linked: 'ENABLED', paid: 'settlement', balance: 7_850_000 },
  'pay-later': { linked: 'ENABLED', paid: 'settlement', balance: 7_850_000 },
  'forgets-pin': { linked: 'ENABLED', paid: 'settlement', balance: 7_850_000 },
  'three-wrong-pins': { linked: 'ENABLED', paid: 'pending', balance: 8_000_000 },
  'walks-away-at-otp': { linked: 'PENDING' },
  slow: { linked: 'PENDING' },
  'closes-tab': { linked: 'ENABLED', paid: 'pending', balance: 8_000_000 },
  'revokes-next-day': { linked: 'ENABLED', paid: 'settlement', balance: 7_850_000 },
  'new-to-gopay': { linked: 'ENABLED', paid: 'settlement', balance: 7_850_000 },
  'old-not-registered': { linked: undefined, code: '202' },
  'old-blocked': { linked: undefined, code: '202' },
}

const begin = ({ api }: Merchant) =>
  api.post('/v2/pay/account', { payment_type: 'gopay', gopay_partner: { phone_number: phone } })
const statusOf = async ({ api }: Merchant, id: string) => (await api.get(`/v2/pay/account/${id}`)).account_status

async function charge({ api }: Merchant, account_id: string, order_id = 'order-1') {
  const { metadata } = await api.get(`/v2/pay/account/${account_id}`)
  const payment_option_token = metadata.payment_options[0].token
  await api.post('/v2/charge', {
    payment_type: 'gopay',
    gopay: { account_id, payment_option_token },
    transaction_details: { order_id, gross_amount: 150_000 },
  })
  return (await api.get(`/v2/${order_id}/status`)).transaction_status
}

async function shopOf(persona: string) {
  const merchant = newMerchant(emulator)
  await merchant.admin.post('clock/freeze')
  await merchant.admin.givePayer({ phone, persona })
  return merchant
}

test('every persona is listed with its story', async () => {
  const listed = (await newMerchant(emulator).admin.get('personas')) as { name: string; title: string; story: string }[]
  expect(listed.map(({ name }) => name)).toEqual(Object.keys(stories))
  for (const { title, story } of listed) expect(`${title}: ${story}`).toMatch(/^.+: .{20,}\.$/)
})

describe.each(Object.entries(stories))('a headless payer who is %s', (persona, { linked, paid, code, balance }) => {
  test(`is ${linked ?? 'refused'}, and a charge of 150,000 is ${paid ?? 'not made'}`, async () => {
    const merchant = await shopOf(persona)
    const answer = await begin(merchant)
    if (linked === undefined) return expect(answer).toMatchObject({ status_code: code })
    // The answer was written before the payer walked.
    expect(answer).toMatchObject({ status_code: '201', account_status: 'PENDING', actions: expect.any(Array) })
    expect(await statusOf(merchant, answer.account_id)).toBe(linked)
    if (paid === undefined) return
    expect(await charge(merchant, answer.account_id)).toBe(paid)
    const [payer] = (await merchant.admin.get(`payers?phone=${phone}`)) as { persona: string; options: object[] }[]
    expect(payer).toMatchObject({ persona, met: true, accounts: [answer.account_id] })
    expect(payer?.options[0]).toMatchObject({ balance })
  })
})

const next = async (admin: Admin) => ((await admin.get('clock')) as { next_timer?: { kind: string } }).next_timer?.kind

test('a slow payer links just before the link expires', async () => {
  const merchant = await shopOf('slow')
  const { account_id } = await begin(merchant)
  await merchant.admin.advance('4m')
  expect(await statusOf(merchant, account_id)).toBe('PENDING')
  await merchant.admin.advance('39s')
  expect(await statusOf(merchant, account_id)).toBe('PENDING')
  expect(await next(merchant.admin)).toBe('payer-walk')
  const { happened } = await merchant.admin.advance('1s')
  expect(happened.map(({ what, to }) => to ?? what)).toContain('ENABLED')
  expect(await charge(merchant, account_id)).toBe('pending')
  await merchant.admin.advance('4m')
  expect((await merchant.api.get('/v2/order-1/status')).transaction_status).toBe('settlement')
})

test('a payer who walks away at the OTP leaves a link that expires', async () => {
  const merchant = await shopOf('walks-away-at-otp')
  const { account_id, actions } = await begin(merchant)
  expect(await (await fetch(actions[1].url)).text()).toContain('data-ending="used"')
  await merchant.admin.advance('15m')
  expect(await statusOf(merchant, account_id)).toBe('EXPIRED')
})

test('a payer who revokes the next day is unlinked a day later, to the second', async () => {
  const merchant = await shopOf('revokes-next-day')
  const { account_id } = await begin(merchant)
  await merchant.admin.advance('23h')
  await merchant.admin.advance('3599s')
  expect(await statusOf(merchant, account_id)).toBe('ENABLED')
  await merchant.admin.advance('1s')
  expect(await statusOf(merchant, account_id)).toBe('DISABLED')
  expect(await merchant.admin.get(`notifications?account_id=${account_id}`)).toHaveLength(2)
})

test('a payer who would revoke, but was unlinked before, does nothing', async () => {
  const merchant = await shopOf('revokes-next-day')
  const { account_id } = await begin(merchant)
  await merchant.admin.simulate('unlink', account_id)
  await merchant.admin.advance('2d')
  expect(await merchant.admin.get(`notifications?account_id=${account_id}`)).toHaveLength(2)
})

test('a linked payer who is blocked afterwards cannot be charged; a header and a rule go before that', async () => {
  const merchant = await shopOf('happy')
  const { account_id } = await begin(merchant)
  await merchant.admin.givePayer({ phone, persona: 'blocked' })
  const pay = async (order_id: string, headers = {}) => {
    const { metadata } = await merchant.api.get(`/v2/pay/account/${account_id}`)
    const gopay = { account_id, payment_option_token: metadata.payment_options[0].token }
    const transaction_details = { order_id, gross_amount: 1_000 }
    return merchant.api.post('/v2/charge', { payment_type: 'gopay', gopay, transaction_details }, headers)
  }
  expect(await pay('order-1')).toMatchObject({ status_code: '410', status_message: 'GoPay user is blocked' })
  expect(await pay('order-2', { 'x-emulator-outcome': 'settle' })).toMatchObject({ status_code: '200' })
  await merchant.admin.put('rules', [{ match: { order_id: 'order-3' }, outcome: 'deny:105' }])
  expect(await pay('order-3')).toMatchObject({ status_code: '202', channel_response_code: '105' })
  expect(await pay('order-4')).toMatchObject({ status_code: '410' })
})

test('plain GoPay is paid by a passer-by as soon as it is charged', async () => {
  const { api, admin } = newMerchant(emulator)
  const transaction_details = { order_id: 'order-1', gross_amount: 150_000 }
  expect(await api.post('/v2/charge', { payment_type: 'gopay', transaction_details })).toMatchObject({
    transaction_status: 'pending',
  })
  expect(await api.get('/v2/order-1/status')).toMatchObject({ transaction_status: 'settlement' })
  expect(await admin.get('payers?phone=628215023424')).toMatchObject([{ options: [{ balance: 7_850_000 }] }])
})

test('headless is a setting of one sandbox, and may be changed at any time', async () => {
  const merchant = await shopOf('happy')
  await merchant.admin.patch('settings', { payers: 'by-hand' })
  const { account_id } = await begin(merchant)
  expect(await statusOf(merchant, account_id)).toBe('PENDING')
  await merchant.admin.walk(account_id)
  expect(await charge(merchant, account_id)).toBe('pending')
  await merchant.admin.patch('settings', { payers: 'headless' })
  expect(await charge(merchant, account_id, 'order-2')).toBe('settlement')
  expect((await merchant.api.get('/v2/order-1/status')).transaction_status).toBe('pending')
})
