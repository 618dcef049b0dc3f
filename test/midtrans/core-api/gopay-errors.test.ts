import { expect, test } from 'vitest'
import { emulatorOfFile, newMerchant, newShop, uuid } from '../merchant.ts'

// facts.md, section 10, for all of this file.
const emulator = await emulatorOfFile()
const wanted = (outcome: string) => ({ headers: { 'x-emulator-outcome': outcome } })

const conflict =
  'The request could not be completed due to a conflict with the current state of the target resource, please try again'
const invalid = 'One or more parameters in the payload is invalid.'

interface Row {
  readonly code: string
  readonly http: number
  readonly status_code: string
  readonly text: string
  readonly messages?: readonly string[]
}

const mapping: readonly Row[] = [
  { code: '310', http: 400, status_code: '400', text: invalid, messages: ['Malformed data'] },
  { code: '2901', http: 200, status_code: '406', text: conflict },
  {
    code: '2701',
    http: 400,
    status_code: '400',
    text: invalid,
    messages: ['The currency is not supported for the country'],
  },
  { code: '303', http: 200, status_code: '402', text: 'Missing GoPay merchant setting data' },
  { code: '112', http: 200, status_code: '410', text: 'GoPay user is blocked' },
  { code: '1703', http: 200, status_code: '402', text: 'GoPay merchant is not active.' },
  { code: '153', http: 400, status_code: '400', text: invalid, messages: ['GoPay token is invalid for the payment'] },
  {
    code: '5009',
    http: 400,
    status_code: '400',
    text: invalid,
    messages: ['GoPay challenge token is already expired'],
  },
  { code: '110', http: 200, status_code: '402', text: 'GoPay merchant is unauthorized.' },
  { code: '132', http: 200, status_code: '406', text: conflict },
  { code: '2903', http: 200, status_code: '402', text: 'Missing GoPay merchant setting data' },
  {
    code: '902',
    http: 200,
    status_code: '413',
    text: 'The request cannot be processed due to malformed syntax in the request body',
  },
  { code: '101', http: 200, status_code: '404', text: "GoPay Wallet doesn't exist." },
  {
    code: '900',
    http: 200,
    status_code: '500',
    text: 'Sorry. Our system is recovering from unexpected issues. Please retry.',
  },
]

/** The whole body. 413 is the one without an id. */
const answerOf = ({ code, http, status_code, text, messages }: Row) => ({
  httpStatus: http,
  status_code,
  status_message: text,
  ...(messages && { validation_messages: messages }),
  ...(code !== '902' && { id: expect.stringMatching(uuid) }),
})

// "The 4xx-mapped errors send no notification"; that they leave no payment is inferred there.
test.each(mapping)('a payer for whom GoPay fails with $code pays nothing: HTTP $http, $status_code', async (row) => {
  const { code } = row
  const shop = await newShop(emulator)
  expect(await shop.charge('order-1', 50_000, wanted(`gopay:${code}`))).toEqual(answerOf(row))
  expect(await shop.status('order-1')).toMatchObject({ status_code: '404' })
  expect(await shop.told('order-1')).toEqual([])
  expect(await shop.balance()).toBe('8000000.00')
  // The order_id is free, and the next request goes as usual.
  expect(await shop.charge('order-1', 50_000)).toMatchObject({ status_code: '200' })
})

test.each(mapping)('GoPay fails with $code for plain GoPay, too: HTTP $http, $status_code', async (row) => {
  const { api } = newMerchant(emulator)
  const transaction_details = { order_id: 'order-1', gross_amount: 50_000 }
  const body = { payment_type: 'gopay', transaction_details }
  expect(await api.post('/v2/charge', body, wanted(`gopay:${row.code}`).headers)).toEqual(answerOf(row))
  expect(await api.get('/v2/order-1/status')).toMatchObject({ status_code: '404' })
})

// "4060 fraud": section 3 has it as a denied payment, with fraud_status deny.
test('a payer whom the fraud detection rejects is denied, and that is remembered', async () => {
  const shop = await newShop(emulator)
  const charged = await shop.charge('order-1', 50_000, wanted('gopay:4060'))
  const denied = { transaction_status: 'deny', fraud_status: 'deny', transaction_id: charged.transaction_id }
  expect(charged).toMatchObject({
    httpStatus: 200,
    status_code: '202',
    status_message: 'GoPay transaction is rejected by FDS',
    order_id: 'order-1',
    gross_amount: '50000.00',
    ...denied,
    transaction_id: expect.stringMatching(uuid),
  })
  expect(charged).not.toHaveProperty('channel_response_code')
  expect(await shop.status('order-1')).toMatchObject({ status_code: '202', ...denied })
  expect(await shop.told('order-1')).toMatchObject([{ status_code: '202', ...denied }])
  expect(await shop.balance()).toBe('8000000.00')
  expect(await shop.charge('order-1', 50_000)).toMatchObject({ status_code: '200', fraud_status: 'accept' })
})

test.each(mapping)(
  'a rule that lets GoPay fail once with $code is used up by it: HTTP $http, $status_code',
  async (row) => {
    const { code } = row
    const shop = await newShop(emulator)
    const match = { operation: 'charge', order_id: 'order-*', amount: 50_000 }
    await shop.admin.put('rules', [{ match, outcome: `gopay:${code}`, times: 'once' }])
    expect(await shop.charge('other', 50_000)).toMatchObject({ status_code: '200' })
    expect(await shop.charge('order-1', 50_000)).toEqual(answerOf(row))
    expect(await shop.admin.get('rules')).toMatchObject([{ outcome: `gopay:${code}`, used: 1 }])
    expect(await shop.status('order-1')).toMatchObject({ status_code: '404' })
    expect(await shop.charge('order-1', 50_000)).toMatchObject({ status_code: '200' })
  },
)

test('a rule that lets the fraud detection reject a payer is used up by it, for plain GoPay, too', async () => {
  const shop = await newShop(emulator)
  await shop.admin.put('rules', [{ match: { operation: 'charge' }, outcome: 'gopay:4060', times: 2 }])
  const denied = { status_code: '202', transaction_status: 'deny', fraud_status: 'deny' }
  expect(await shop.charge('order-1', 150_000)).toMatchObject(denied)
  const plain = { account_id: undefined, payment_option_token: undefined }
  expect(await shop.charge('order-2', 150_000, { gopay: plain })).toMatchObject(denied)
  expect(await shop.admin.get('rules')).toMatchObject([{ used: 2 }])
  for (const order of ['order-1', 'order-2']) expect(await shop.told(order)).toMatchObject([denied])
  expect(await shop.charge('order-1', 150_000)).toMatchObject({ status_code: '201', fraud_status: 'accept' })
})

/** gopay-response-codes, as far as the stored list goes. */
const names = `
  900 GENERIC_SERVICE_ERROR, 901 ATTRIBUTE_NOT_AVAILABLE_ERROR, 902 MALFORMED_JSON, 903 FORBIDDEN_OPERATION,
  101 WALLET_NOT_FOUND, 102 MERCHANT_NOT_AUTHORIZED, 103 ILLEGAL_KYC_TYPE, 104 ILLEGAL_USER_TYPE,
  106 RESERVATION_NOT_FOUND, 107 VOUCHER_BATCH_NOT_FOUND, 108 SPONSOR_NOT_FOUND, 109 CURRENTLY_NOT_ALLOWED,
  110 UNAUTHORIZED, 111 PIN_ALREADY_SETUP, 113 INVALID_PIN_FORMAT, 114 PHONE_NUMBER_NOT_FOUND,
  115 WALLET_PHONE_NUMBER_NOT_MATCHED, 116 MERCHANT_NOT_FOUND, 117 KYC_NOT_AVAILABLE, 118 WALLET_RULESET_NOT_FOUND,
  119 INCORRECT_PIN, 120 PIN_NOT_SETUP, 121 NEW_PIN_SAME_AS_OLD_PIN, 122 ILLEGAL_RECEIVER, 123 KYC_NOT_APPROVED,
  124 KYC_PENDING, 125 PIN_IS_REQUIRED, 126 CUSTOMER_WALLET_BLOCKED, 127 SERVICE_PROVIDER_WALLET_BLOCKED,
  128 LEDGER_WALLET_NOT_FOUND, 129 WALLET_ALREADY_EXISTS, 130 SERVICE_BLOCKED, 131 LINKED_WALLET_NOT_FOUND,
  132 TRANSACTION_IN_PROGRESS, 133 SETTLEMENT_FAILED, 134 MERCHANT_INFORMATION_CACHE_STORE_FAILED,
  135 TRANSACTION_NOT_FOUND, 142 INVALID_MERCHANT_IDENTIFIER, 151 AMEND_RESERVATION_INVALID_AMOUNT,
  153 INVALID_PAYMENT_OPTION`
  .split(',')
  .map((each) => each.trim().split(' '))
/** "Seen in Core bodies": these go before the names (105 is USER_NOT_FOUND, 112 is WALLET_BLOCKED). */
const seen = [
  ['105', 'User Not Found'],
  ['112', 'Wallet is Blocked'],
  ['201', 'Insufficient Balance'],
  ['1001', 'Caller authentication error.'],
  ['2903', 'invalid scheme'],
  // Nobody knows these; they are handed on all the same.
  ['136', 'GoPay error 136'],
  ['99999', 'GoPay error 99999'],
]

test.each([...seen, ...names])('a payer whom GoPay denies with %s is told %s', async (code = '', message) => {
  const shop = await newShop(emulator)
  const denied = { channel_response_code: code, channel_response_message: message, transaction_status: 'deny' }
  const isMapped = mapping.some((row) => row.code === code)
  // A code without an answer of its own is handed on, whichever word asks for it.
  for (const word of isMapped ? ['202', 'deny'] : ['202', 'deny', 'gopay']) {
    const order = `order-${word}`
    expect(await shop.charge(order, 50_000, wanted(`${word}:${code}`))).toMatchObject({
      httpStatus: 200,
      status_code: '202',
      status_message: 'GoPay transaction is denied',
      fraud_status: 'accept',
      ...denied,
    })
    expect(await shop.status(order)).toMatchObject({ status_code: '202', ...denied })
    expect(await shop.told(order)).toMatchObject([{ status_code: '202', ...denied }])
  }
})
