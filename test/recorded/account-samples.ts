import { linkAccount } from '../core-api.ts'
import { happyPayer, type Merchant } from '../midtrans/merchant.ts'
import { invalid, post, processed, refused, type Sample, wanting, withMerchant, withShop } from './sample.ts'

const link = (gopay_partner: object, headers?: Record<string, string>) => (merchant: Merchant) =>
  post(merchant, '/v2/pay/account', { payment_type: 'gopay', gopay_partner }, headers)
const begun = async (merchant: Merchant) => String((await link(happyPayer)(merchant)).body.account_id)
const linkOf = (phone_number: string) => withMerchant(link({ phone_number, country_code: '62' }))

const option = (name: string, active = true) => ({
  name,
  active,
  balance: { value: '8000000.00', currency: 'IDR' },
  metadata: {},
  token: '<uuid>',
})
const account = (status_code: string, account_status: string) => ({
  status_code,
  payment_type: 'gopay',
  account_id: '<uuid>',
  account_status,
})
const channel = (channel_response_code: string, channel_response_message: string) => ({
  channel_response_code,
  channel_response_message,
})
const notLinked = (code: string, message: string) => ({
  status_code: '202',
  payment_type: 'gopay',
  ...channel(code, message),
})
const unknown = refused('404', "Account doesn't exist.")

const create: readonly Omit<Sample, 'endpoint'>[] = [
  {
    of: 'a link that has begun',
    source: 'recordings.md, POST /v2/pay/account (REC); URLs as in facts.md, section 11',
    ask: withMerchant(link(happyPayer)),
    http: 200,
    sample: {
      ...account('201', 'PENDING'),
      actions: [
        { name: 'activation-deeplink', method: 'GET', url: '<origin>/v2/gopay/redirect/gpar_<uuid>/link' },
        { name: 'activation-link-url', method: 'GET', url: '<origin>/v2/gopay/redirect/gpar_<uuid>/link' },
        { name: 'activation-link-app', method: 'GET', url: '<origin>/v2/gopay/redirect/gpad_<uuid>/link' },
      ],
      metadata: { reference_id: '<uuid>' },
    },
  },
  {
    of: 'a link of a number that is linked already',
    source: 'facts.md, section 11 (status-code-reference; CODE JULO) and section 12',
    ask: withShop(link(happyPayer)),
    http: 200,
    sample: account('200', 'ENABLED'),
  },
  {
    of: 'a link of 123450001',
    source: 'recordings.md, POST /v2/pay/account',
    ask: linkOf('123450001'),
    http: 200,
    sample: notLinked('105', 'User Not Found'),
  },
  {
    of: 'a link of 123450002',
    source: 'recordings.md, POST /v2/pay/account',
    ask: linkOf('123450002'),
    http: 200,
    sample: notLinked('112', 'Wallet is Blocked'),
  },
  {
    of: 'a link with a bad scheme in redirect_url',
    source: 'facts.md, section 11 (create-pay-account)',
    ask: withMerchant(link({ ...happyPayer, redirect_url: 'javascript:alert(1)' })),
    http: 200,
    sample: notLinked('2903', 'invalid scheme'),
  },
  {
    of: 'a link of a phone with leading 0',
    source: 'recordings.md, POST /v2/pay/account (TEST python) and the form of 400 (REC)',
    ask: linkOf('08215023424'),
    http: 400,
    sample: invalid('gopay_partner.phone_number must be numeric digits and must not begin with 0'),
  },
  {
    of: 'a link with a payment type that the merchant does not have',
    source: 'facts.md, section 5, code 402',
    ask: withMerchant((merchant) =>
      post(merchant, '/v2/pay/account', { payment_type: 'cowrie_shells', gopay_partner: happyPayer }),
    ),
    http: 200,
    sample: refused('402', "Merchant doesn't have access for this payment type"),
  },
  {
    of: 'a link of a blocked user',
    source: 'facts.md, section 5, code 410',
    ask: linkOf('8271939753'),
    http: 200,
    sample: refused('410', 'GoPay user is blocked'),
  },
  {
    of: 'a link beyond the rate limit',
    source: 'facts.md, sections 0 and 6: gateway format',
    ask: withMerchant(link(happyPayer, wanting('429'))),
    http: 429,
    sample: { message: 'API rate limit exceeded' },
  },
  {
    of: 'a link on which Midtrans fails',
    source: 'facts.md, section 5, code 500',
    ask: withMerchant(link(happyPayer, wanting('500'))),
    http: 500,
    sample: refused('500', 'Sorry. Our system is recovering from unexpected issues. Please retry.'),
  },
  {
    of: 'a link while GoPay cannot be reached',
    source: 'facts.md, section 5, code 503',
    ask: withMerchant(link(happyPayer, wanting('503'))),
    http: 503,
    sample: refused('503', 'Bank/partner is experiencing connection issue.'),
  },
]

const get: readonly Omit<Sample, 'endpoint'>[] = [
  {
    of: 'a pending account',
    source: 'facts.md, section 1; recordings.md: "201", without metadata (TEST)',
    ask: withMerchant(async (merchant) => merchant.raw('GET', `/v2/pay/account/${await begun(merchant)}`)),
    http: 200,
    sample: account('201', 'PENDING'),
  },
  {
    of: 'an enabled account',
    source: 'facts.md, section 1; tokens and balance as in recordings.md (REC)',
    ask: withMerchant(async (merchant) => {
      const id = await linkAccount(merchant.api, { phone_number: '8103001242', country_code: '62' })
      return merchant.raw('GET', `/v2/pay/account/${id}`)
    }),
    http: 200,
    sample: {
      ...account('200', 'ENABLED'),
      metadata: { payment_options: [option('PAY_LATER'), option('GOPAY_WALLET'), option('GOPAY_SAVINGS', false)] },
    },
  },
  {
    of: 'an expired account',
    source: 'facts.md, section 1',
    ask: withMerchant(async (merchant) => {
      const id = await begun(merchant)
      await merchant.admin.advance('15m')
      return merchant.raw('GET', `/v2/pay/account/${id}`)
    }),
    http: 200,
    sample: account('204', 'EXPIRED'),
  },
  {
    of: 'a disabled account',
    source: 'facts.md, sections 1 and 2',
    ask: withShop(async (shop) => {
      await shop.api.post(`/v2/pay/account/${shop.accountId}/unbind`)
      return shop.raw('GET', `/v2/pay/account/${shop.accountId}`)
    }),
    http: 200,
    sample: account('204', 'DISABLED'),
  },
  {
    of: 'an account that nobody has',
    source: 'recordings.md, GET /v2/pay/account (TEST)',
    ask: withMerchant((merchant) => merchant.raw('GET', '/v2/pay/account/unknown')),
    http: 200,
    sample: unknown,
  },
]

const unbind: readonly Omit<Sample, 'endpoint'>[] = [
  {
    of: 'an unbinding',
    source: 'recordings.md, POST .../unbind (REC ruby; CODE JULO): a body, hence HTTP 200',
    ask: withShop((shop) => shop.raw('POST', `/v2/pay/account/${shop.accountId}/unbind`)),
    http: 200,
    sample: { ...account('204', 'DISABLED'), ...processed },
  },
  {
    of: 'an unbinding that GoPay refuses',
    source: 'facts.md, section 2: without account_status',
    ask: withShop((shop) => post(shop, `/v2/pay/account/${shop.accountId}/unbind`, null, wanting('202'))),
    http: 200,
    sample: {
      status_code: '202',
      payment_type: 'gopay',
      account_id: '<uuid>',
      ...channel('1001', 'Caller authentication error.'),
    },
  },
  {
    of: 'the unbinding of a pending account',
    source: 'recordings.md, POST .../unbind (TEST x4)',
    ask: withMerchant(async (merchant) => post(merchant, `/v2/pay/account/${await begun(merchant)}/unbind`, null)),
    http: 200,
    sample: refused('412', 'Account status cannot be updated.'),
  },
  {
    of: 'the unbinding of an account that nobody has',
    source: 'facts.md, section 2 (TEST ruby, php, node)',
    ask: withMerchant((merchant) => post(merchant, '/v2/pay/account/unknown/unbind', null)),
    http: 200,
    sample: unknown,
  },
]

const of = (endpoint: string, samples: readonly Omit<Sample, 'endpoint'>[]): Sample[] =>
  samples.map((sample) => ({ endpoint, ...sample }))

export const accountSamples: readonly Sample[] = [
  ...of('POST /v2/pay/account', create),
  ...of('GET /v2/pay/account/{account_id}', get),
  ...of('POST /v2/pay/account/{account_id}/unbind', unbind),
]
