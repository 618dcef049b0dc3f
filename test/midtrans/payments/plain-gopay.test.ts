import { expect, test } from 'vitest'
import { payer } from '../../../src/testkit/index.ts'
import { emulatorOfFile, type Merchant, newMerchant, refusedBecause, uuid } from '../merchant.ts'

const emulator = await emulatorOfFile()
const body = (gross_amount: number, gopay?: object) => ({
  payment_type: 'gopay',
  gopay,
  transaction_details: { order_id: 'order-1', gross_amount },
})
const charge = ({ api }: Merchant, amount = 50_000, gopay?: object) => api.post('/v2/charge', body(amount, gopay))
const status = ({ api }: Merchant) => api.get('/v2/order-1/status')
const deeplinkOf = ({ actions }: { actions: readonly { url: string }[] }) => actions[1]?.url ?? ''

// recordings.md, POST /v2/charge: actions in this order, expiry_time last, 15 minutes after transaction_time.
test.each([1, 50_000, 100_000, 9_000_000])(
  'a charge of %i without an account waits for whoever scans it',
  async (amount) => {
    const merchant = newMerchant(emulator)
    await merchant.admin.post('clock/freeze')
    await merchant.admin.post('clock/set', { to: '2030-01-01T12:00:00+07:00' })
    const answer = await charge(merchant, amount)
    const { transaction_id: id } = answer
    const action = (name: string, path: string, method = 'GET') => ({ name, method, url: emulator.url + path })
    const deeplink = answer.actions[1].url
    expect(answer).toEqual({
      httpStatus: 200,
      status_code: '201',
      status_message: 'GoPay transaction is created',
      transaction_id: expect.stringMatching(uuid),
      order_id: 'order-1',
      merchant_id: expect.any(String),
      gross_amount: `${amount}.00`,
      currency: 'IDR',
      payment_type: 'gopay',
      transaction_time: '2030-01-01 12:00:00',
      transaction_status: 'pending',
      fraud_status: 'accept',
      actions: [
        action('generate-qr-code', `/v2/gopay/${id}/qr-code`),
        { name: 'deeplink-redirect', method: 'GET', url: expect.stringContaining(emulator.url) },
        action('get-status', `/v2/${id}/status`),
        action('cancel', `/v2/${id}/cancel`, 'POST'),
      ],
      expiry_time: '2030-01-01 12:15:00',
    })
    expect(new URL(deeplink).pathname).toBe('/gopay/partner/app/payment-pin')
    expect(new URL(deeplink).searchParams.get('id')).toMatch(uuid)
    expect(await merchant.admin.get('ledger')).toEqual({ sum: 0, balances: {} })
  },
)

// recordings.md, what clients send: mekari's "gopay":{}.
test.each([[undefined], [{}], [{ account_id: '' }], [{ recurring: false, pre_auth: 'false', promotion_ids: [] }]])(
  'a charge with the gopay object %j is one without an account',
  async (gopay) => {
    const answer = await charge(newMerchant(emulator), 50_000, gopay)
    expect(answer.actions.map(({ name }: { name: string }) => name)).toEqual([
      'generate-qr-code',
      'deeplink-redirect',
      'get-status',
      'cancel',
    ])
  },
)

// facts.md, section 3: account_id is required for tokenization, with a capital G in the message.
test.each([
  { recurring: true },
  { pre_auth: 'true' },
  { promotion_ids: ['CASHBACK|x'] },
  { payment_option_token: '00000269-7836-49e5-bc65-e592afafec14' },
])('a charge without an account is refused with %j', async (gopay) => {
  const merchant = newMerchant(emulator)
  expect(await charge(merchant, 50_000, gopay)).toMatchObject(refusedBecause('Gopay.account_id is required'))
  expect(await status(merchant)).toMatchObject({ status_code: '404' })
})

test('the actions that ask and cancel do so with the key of the merchant', async () => {
  const merchant = newMerchant(emulator)
  const [, , ask, cancel] = (await charge(merchant)).actions
  const pathOf = ({ url }: { url: string }) => new URL(url).pathname
  expect(await merchant.api.get(pathOf(ask))).toMatchObject({ status_code: '201', transaction_status: 'pending' })
  expect(await merchant.api.post(pathOf(cancel))).toMatchObject({ status_code: '200', transaction_status: 'cancel' })
  expect(await merchant.api.get(pathOf(ask))).toMatchObject({ transaction_status: 'cancel' })
  expect((await fetch(ask.url)).status).toBe(401)
})

// facts.md, A.8 and section 3: payment_option_type says what was paid with.
test('who scans the code pays, and only then it is known with what', async () => {
  const merchant = newMerchant(emulator)
  const answer = await charge(merchant, 150_000)
  expect(await status(merchant)).not.toHaveProperty('payment_option_type')
  expect(await payer.walk(deeplinkOf(answer))).toMatchObject({ steps: ['phone', 'pin'] })
  expect(await status(merchant)).toMatchObject({
    status_code: '200',
    transaction_status: 'settlement',
    settlement_time: expect.any(String),
    payment_option_type: 'GOPAY_WALLET',
  })
  expect(await merchant.admin.get('ledger')).toEqual({
    sum: 0,
    balances: { issuer: -8_000_000, 'wallet:628215023424:GOPAY_WALLET': 7_850_000, merchant: 150_000 },
  })
  expect(await toldOf(merchant)).toEqual([
    ['pending', '201', undefined],
    ['settlement', '200', 'GOPAY_WALLET'],
  ])
})

/** Status, code and option of the notifications, oldest first. */
async function toldOf({ admin }: Merchant) {
  const listed = (await admin.get('notifications?reference=order-1')) as { body: Record<string, unknown> }[]
  return listed.map(({ body }) => [body.transaction_status, body.status_code, body.payment_option_type]).reverse()
}

test('a payer with GoPay Later and a wallet pays from the wallet', async () => {
  const merchant = newMerchant(emulator)
  await payer.walk(deeplinkOf(await charge(merchant)), { phone: '8103001242' })
  expect(await status(merchant)).toMatchObject({ payment_option_type: 'GOPAY_WALLET' })
  expect(await merchant.admin.get('ledger')).toMatchObject({
    balances: { 'wallet:628103001242:GOPAY_WALLET': 7_950_000, 'wallet:628103001242:PAY_LATER': 8_000_000 },
  })
})

// facts.md, A.4 and A.5: insufficient balance.
test.each([
  ['has no money', '8242014881', 1],
  ['has too little', '8215023424', 8_000_001],
])('a payer who %s is denied, and the payment is over', async (_who, phone, amount) => {
  const merchant = newMerchant(emulator)
  const walk = await payer.walk(deeplinkOf(await charge(merchant, amount)), { phone })
  expect(walk.html).toContain('data-ending="denied"')
  expect(await status(merchant)).toMatchObject({
    status_code: '202',
    transaction_status: 'deny',
    channel_response_code: '201',
    channel_response_message: 'Insufficient Balance',
  })
  expect(await merchant.admin.get('ledger')).toMatchObject({ sum: 0 })
  expect((await toldOf(merchant)).map(([told]) => told)).toEqual(['pending', 'deny'])
})

// recordings.md: plain GoPay expires after 15 minutes; the code is good until then.
test('the code can be paid until the last second of 15 minutes', async () => {
  const merchant = newMerchant(emulator)
  await merchant.admin.post('clock/freeze')
  const answer = await charge(merchant)
  await merchant.admin.advance('899s')
  expect((await payer.walk(deeplinkOf(answer))).steps).toEqual(['phone', 'pin'])
  await merchant.admin.advance('1d')
  expect(await status(merchant)).toMatchObject({ status_code: '200', transaction_status: 'settlement' })
})

test('the code cannot be paid after 15 minutes, and the payment expires', async () => {
  const merchant = newMerchant(emulator)
  await merchant.admin.post('clock/freeze')
  const answer = await charge(merchant)
  await merchant.admin.advance('15m')
  expect(await payer.walk(deeplinkOf(answer))).toMatchObject({ status: 410, steps: [] })
  expect(await status(merchant)).toMatchObject({ status_code: '407', transaction_status: 'expire' })
  expect(await toldOf(merchant)).toEqual([
    ['pending', '201', undefined],
    ['expire', '202', undefined],
  ])
})

// facts.md, section 11: own `result` parameter forbidden; section 3: enable_callback is false by default.
test.each([
  ['https://shop.example/?result=ok', true, '400'],
  ['https://shop.example/?a=1&result=', 'true', '400'],
  ['https://shop.example/?a=result', true, '201'],
  ['https://shop.example/?result=ok', false, '201'],
  ['https://shop.example/?result=ok', undefined, '201'],
  ['javascript:alert(1)', true, '400'],
])('the callback_url %s with enable_callback %j is answered %3$s', async (callback_url, enable_callback, code) => {
  const merchant = newMerchant(emulator)
  expect(await charge(merchant, 50_000, { enable_callback, callback_url })).toMatchObject({ status_code: code })
})

// Nobody has scanned the code yet, so nobody can have paid.
test('a charge without an account can be made to be denied, and not to settle', async () => {
  const merchant = newMerchant(emulator)
  const wanted = (outcome: string) => merchant.api.post('/v2/charge', body(50_000), { 'x-emulator-outcome': outcome })
  expect(await wanted('200')).toMatchObject({ httpStatus: 400, status_code: '400' })
  const denied = await wanted('202')
  expect(denied).toMatchObject({ status_code: '202', transaction_status: 'deny', channel_response_code: '201' })
  expect(denied).not.toHaveProperty('actions')
  await merchant.admin.put('rules', [
    { match: { operation: 'charge', phone: '628215023424' }, outcome: '202' },
    { match: { operation: 'charge' }, outcome: 'settle' },
  ])
  expect(await charge(merchant)).toMatchObject({ status_code: '201', transaction_status: 'pending' })
  expect(await merchant.admin.get('rules')).toMatchObject([{ used: 0 }, { used: 0 }])
})
