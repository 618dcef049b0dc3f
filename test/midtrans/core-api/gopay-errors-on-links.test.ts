import { expect, test } from 'vitest'
import { emulatorOfFile, happyPayer, type Merchant, newMerchant, newShop, uuid } from '../merchant.ts'

const emulator = await emulatorOfFile()
const link = ({ api }: Merchant, outcome?: string) =>
  api.post(
    '/v2/pay/account',
    { payment_type: 'gopay', gopay_partner: happyPayer },
    outcome === undefined ? {} : { 'x-emulator-outcome': outcome },
  )
const begun = { httpStatus: 200, status_code: '201', account_status: 'PENDING' }
const invalid = { httpStatus: 400, status_code: '400', id: expect.stringMatching(uuid) }
const refused = (status_code: string, status_message: string) => ({
  httpStatus: 200,
  status_code,
  status_message,
  id: expect.stringMatching(uuid),
})
const conflict =
  'The request could not be completed due to a conflict with the current state of the target resource, please try again'
const notValid = 'One or more parameters in the payload is invalid.'
const handedOn = (code: string, message: string) => ({
  httpStatus: 200,
  status_code: '202',
  payment_type: 'gopay',
  channel_response_code: code,
  channel_response_message: message,
})

// facts.md, section 10, mapping; section 11: 2903 is handed on, and a fraud detection has nothing to look at (4060).
const answers: readonly (readonly [string, object])[] = [
  ['310', { ...invalid, status_message: notValid, validation_messages: ['Malformed data'] }],
  ['2901', refused('406', conflict)],
  [
    '2701',
    {
      ...invalid,
      status_message: notValid,
      validation_messages: ['The currency is not supported for the country'],
    },
  ],
  ['303', refused('402', 'Missing GoPay merchant setting data')],
  ['112', refused('410', 'GoPay user is blocked')],
  ['1703', refused('402', 'GoPay merchant is not active.')],
  ['153', { ...invalid, status_message: notValid, validation_messages: ['GoPay token is invalid for the payment'] }],
  ['5009', { ...invalid, status_message: notValid, validation_messages: ['GoPay challenge token is already expired'] }],
  ['110', refused('402', 'GoPay merchant is unauthorized.')],
  ['132', refused('406', conflict)],
  [
    '902',
    {
      httpStatus: 200,
      status_code: '413',
      status_message: 'The request cannot be processed due to malformed syntax in the request body',
    },
  ],
  ['101', refused('404', "GoPay Wallet doesn't exist.")],
  ['900', refused('500', 'Sorry. Our system is recovering from unexpected issues. Please retry.')],
  ['2903', handedOn('2903', 'invalid scheme')],
  ['4060', handedOn('4060', 'GoPay error 4060')],
  ['105', handedOn('105', 'User Not Found')],
  ['201', handedOn('201', 'Insufficient Balance')],
  ['117', handedOn('117', 'KYC_NOT_AVAILABLE')],
  ['130', handedOn('130', 'SERVICE_BLOCKED')],
  ['99999', handedOn('99999', 'GoPay error 99999')],
]

test.each(answers)('a payer for whom GoPay fails with %s by a header cannot be linked, once', async (code, answer) => {
  const merchant = newMerchant(emulator)
  expect(await link(merchant, `gopay:${code}`)).toEqual(answer)
  // Nothing has begun: nothing expires, and nobody is told.
  expect((await merchant.admin.advance('1h')).happened).toEqual([])
  expect(await merchant.admin.get('notifications')).toEqual([])
  expect(await link(merchant)).toMatchObject(begun)
})

test.each(answers)('a rule that lets GoPay fail with %s twice is used up by two links', async (code, answer) => {
  const merchant = newMerchant(emulator)
  const match = { operation: 'link', phone: '628215023424' }
  await merchant.admin.put('rules', [{ match, outcome: `gopay:${code}`, times: 2 }])
  expect(await link(merchant)).toEqual(answer)
  expect(await link(merchant)).toEqual(answer)
  expect(await merchant.admin.get('rules')).toMatchObject([{ used: 2 }])
  expect(await link(merchant)).toMatchObject(begun)
})

test('a code on a link leaves a payer who is linked already as they are', async () => {
  const shop = await newShop(emulator)
  expect(await link(shop, 'gopay:900')).toMatchObject({ status_code: '500' })
  expect(await shop.api.get(`/v2/pay/account/${shop.accountId}`)).toMatchObject({ account_status: 'ENABLED' })
  expect(await shop.charge('order-1', 50_000)).toMatchObject({ status_code: '200' })
})
