import { expect, test } from 'vitest'
import { linkAccount } from '../core-api.ts'
import {
  emulatorOfFile,
  happyPayer,
  type Merchant,
  newMerchant,
  newShop,
  type RawAnswer,
} from '../midtrans/merchant.ts'
import { masked } from './masked.ts'

const emulator = await emulatorOfFile()

const post = (merchant: Merchant, path: string, body: unknown) =>
  merchant.raw('POST', path, { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } })
const link = (gopay_partner: object) => (merchant: Merchant) =>
  post(merchant, '/v2/pay/account', { payment_type: 'gopay', gopay_partner })
const begun = async (merchant: Merchant) => String((await link(happyPayer)(merchant)).body.account_id)

const option = (name: string, active = true) => ({
  name,
  active,
  balance: { value: '8000000.00', currency: 'IDR' },
  metadata: {},
  token: '<uuid>',
})
const refused = (status_code: string, status_message: string) => ({ status_code, status_message, id: '<uuid>' })
const ended = (account_status: string) => ({
  status_code: '204',
  payment_type: 'gopay',
  account_id: '<uuid>',
  account_status,
})

interface Sample {
  readonly of: string
  readonly source: string
  readonly ask: (merchant: Merchant) => Promise<RawAnswer>
  readonly http: number
  readonly sample: object
}

const samples: readonly Sample[] = [
  {
    of: 'a link that has begun',
    source: 'recordings.md, POST /v2/pay/account (REC); URLs as in facts.md, section 11',
    ask: link(happyPayer),
    http: 200,
    sample: {
      status_code: '201',
      payment_type: 'gopay',
      account_id: '<uuid>',
      account_status: 'PENDING',
      actions: [
        { name: 'activation-deeplink', method: 'GET', url: '<origin>/v2/gopay/redirect/gpar_<uuid>/link' },
        { name: 'activation-link-url', method: 'GET', url: '<origin>/v2/gopay/redirect/gpar_<uuid>/link' },
        { name: 'activation-link-app', method: 'GET', url: '<origin>/v2/gopay/redirect/gpad_<uuid>/link' },
      ],
      metadata: { reference_id: '<uuid>' },
    },
  },
  {
    of: 'a link of 123450001',
    source: 'recordings.md, POST /v2/pay/account',
    ask: link({ phone_number: '123450001', country_code: '62' }),
    http: 200,
    sample: {
      status_code: '202',
      payment_type: 'gopay',
      channel_response_code: '105',
      channel_response_message: 'User Not Found',
    },
  },
  {
    of: 'a link of 123450002',
    source: 'recordings.md, POST /v2/pay/account',
    ask: link({ phone_number: '123450002', country_code: '62' }),
    http: 200,
    sample: {
      status_code: '202',
      payment_type: 'gopay',
      channel_response_code: '112',
      channel_response_message: 'Wallet is Blocked',
    },
  },
  {
    of: 'a link of a phone with leading 0',
    source: 'recordings.md, POST /v2/pay/account (TEST python) and the form of 400 (REC)',
    ask: link({ phone_number: '08215023424', country_code: '62' }),
    http: 400,
    sample: {
      status_code: '400',
      status_message: 'One or more parameters in the payload is invalid.',
      validation_messages: ['gopay_partner.phone_number must be numeric digits and must not begin with 0'],
      id: '<uuid>',
    },
  },
  {
    of: 'a link of a blocked user',
    source: 'facts.md, section 5, code 410',
    ask: link({ phone_number: '8271939753', country_code: '62' }),
    http: 200,
    sample: refused('410', 'GoPay user is blocked'),
  },
  {
    of: 'a pending account',
    source: 'facts.md, section 1; recordings.md: "201", without metadata (TEST)',
    ask: async (merchant) => merchant.raw('GET', `/v2/pay/account/${await begun(merchant)}`),
    http: 200,
    sample: { status_code: '201', payment_type: 'gopay', account_id: '<uuid>', account_status: 'PENDING' },
  },
  {
    of: 'an enabled account',
    source: 'facts.md, section 1; tokens and balance as in recordings.md (REC)',
    ask: async (merchant) => {
      const id = await linkAccount(merchant.api, { phone_number: '8103001242', country_code: '62' })
      return merchant.raw('GET', `/v2/pay/account/${id}`)
    },
    http: 200,
    sample: {
      status_code: '200',
      payment_type: 'gopay',
      account_id: '<uuid>',
      account_status: 'ENABLED',
      metadata: { payment_options: [option('PAY_LATER'), option('GOPAY_WALLET'), option('GOPAY_SAVINGS', false)] },
    },
  },
  {
    of: 'an expired account',
    source: 'facts.md, section 1',
    ask: async (merchant) => {
      const id = await begun(merchant)
      await merchant.admin.advance('15m')
      return merchant.raw('GET', `/v2/pay/account/${id}`)
    },
    http: 200,
    sample: ended('EXPIRED'),
  },
  {
    of: 'an account that nobody has',
    source: 'recordings.md, GET /v2/pay/account (TEST)',
    ask: (merchant) => merchant.raw('GET', '/v2/pay/account/unknown'),
    http: 200,
    sample: refused('404', "Account doesn't exist."),
  },
  {
    of: 'the unbinding of a pending account',
    source: 'recordings.md, POST .../unbind (TEST x4)',
    ask: async (merchant) => post(merchant, `/v2/pay/account/${await begun(merchant)}/unbind`, null),
    http: 200,
    sample: refused('412', 'Account status cannot be updated.'),
  },
]

test.each(samples)('$of is answered as in $source', async ({ ask, http, sample }) => {
  const answer = await ask(newMerchant(emulator))
  expect(masked(answer.text)).toBe(JSON.stringify(sample))
  expect(answer.http).toBe(http)
  expect(answer.headers.get('content-type')).toBe('application/json')
})

// recordings.md, POST .../unbind (REC ruby; CODE JULO): a body, hence HTTP 200.
test('an account is unbound, and stays so, as recorded', async () => {
  const shop = await newShop(emulator)
  const unbound = await shop.raw('POST', `/v2/pay/account/${shop.accountId}/unbind`)
  expect(unbound.http).toBe(200)
  expect(masked(unbound.text)).toBe(
    JSON.stringify({
      ...ended('DISABLED'),
      channel_response_code: '0',
      channel_response_message: 'Process service request successfully.',
    }),
  )
  const { text } = await shop.raw('GET', `/v2/pay/account/${shop.accountId}`)
  expect(masked(text)).toBe(JSON.stringify(ended('DISABLED')))
})
