import type { Merchant } from '../midtrans/merchant.ts'
import { accountSamples } from './account-samples.ts'
import { chargeSamples } from './charge-samples.ts'
import { paymentSamples } from './payment-samples.ts'
import { promotionSamples } from './promotion-samples.ts'
import { refundSamples } from './refund-samples.ts'
import { refused, type Sample, withMerchant } from './sample.ts'
import { snapSamples } from './snap-samples.ts'
import { subscriptionSamples } from './subscription-samples.ts'

const own: readonly Sample[] = [
  ...accountSamples,
  ...promotionSamples,
  ...chargeSamples,
  ...paymentSamples,
  ...refundSamples,
  ...subscriptionSamples,
  ...snapSamples,
]

interface CommonAnswer {
  readonly source: string
  readonly http: number
  readonly sample: object
}

const snapFailure: CommonAnswer = {
  source: 'facts.md, section 7',
  http: 500,
  sample: { error_messages: ['Sorry, we encountered internal server error. We will fix this soon.'] },
}

interface CommonAnswers {
  readonly stranger: CommonAnswer
  readonly noJson: CommonAnswer
  readonly failure?: CommonAnswer
}

/** By dialect: to a stranger, to a body that is no JSON, and where Midtrans itself fails, if no outcome is for that. */
const answers = {
  core: {
    stranger: {
      source: 'recordings.md, 401 of 2024-26 (LOG)',
      http: 401,
      sample: refused('401', 'Unknown Merchant server_key/id'),
    },
    noJson: {
      source: 'facts.md, section 5, code 413 (no id)',
      http: 200,
      sample: {
        status_code: '413',
        status_message: 'The request cannot be processed due to malformed syntax in the request body',
      },
    },
  },
  subscriptions: {
    stranger: {
      source: 'UNCERTAIN: the text of the Core API',
      http: 401,
      sample: { status_message: 'Unknown Merchant server_key/id' },
    },
    noJson: {
      source: 'UNCERTAIN: as to null (recordings.md, Subscriptions)',
      http: 400,
      sample: { status_message: 'Bad request' },
    },
    failure: {
      source: 'facts.md, section 8: failure',
      http: 500,
      sample: { status_message: 'Sorry, Our system is recovering from unexpected issues. Please retry.' },
    },
  },
  preferences: {
    stranger: {
      source: 'facts.md, section 7',
      http: 401,
      sample: { error_messages: ['Access denied, please check server key'] },
    },
    noJson: {
      source: 'UNCERTAIN: no text was seen',
      http: 400,
      sample: { error_messages: ['request body is invalid'] },
    },
    failure: snapFailure,
  },
  snap: {
    stranger: {
      source: 'facts.md, section 7; recordings.md, Snap',
      http: 401,
      sample: {
        error_messages: [
          'Access denied due to unauthorized transaction, please check client or server key',
          'Visit https://snap-docs.midtrans.com/#request-headers for more details',
        ],
      },
    },
    noJson: {
      source: 'UNCERTAIN: no text was seen',
      http: 400,
      sample: { error_messages: ['request body is invalid'] },
    },
    failure: snapFailure,
  },
} as const satisfies Record<string, CommonAnswers>

function dialectOf(url: string): keyof typeof answers {
  if (url.startsWith('/v2/')) return 'core'
  if (url.endsWith('/merchant-preferences')) return 'preferences'
  return url.startsWith('/snap/') ? 'snap' : 'subscriptions'
}

/** What every endpoint answers to a stranger, to a body that is no JSON, and where Midtrans itself fails. */
function common(endpoint: string): Sample[] {
  const [method = '', url = ''] = endpoint.split(' ')
  const path = url.replace(/{\w+}/g, 'some-id')
  const told: CommonAnswers = answers[dialectOf(url)]
  const asked = (of: string, answer: CommonAnswer, request: Parameters<Merchant['raw']>[2]): Sample => ({
    ...answer,
    endpoint,
    of: `${of} at ${endpoint}`,
    ask: withMerchant((merchant) => merchant.raw(method, path, request)),
  })
  return [
    asked('a stranger', told.stranger, { headers: { authorization: 'Basic c3RyYW5nZXI6' } }),
    ...(method === 'GET' ? [] : [asked('no JSON', told.noJson, { body: '{' })]),
    ...(told.failure ? [asked('a failure', told.failure, { headers: { 'x-emulator-fault': '500' } })] : []),
  ]
}

/** Every documented or recorded answer to a merchant that the emulator gives, a row each. */
export const samples: readonly Sample[] = [
  ...own,
  ...[...new Set(own.map(({ endpoint }) => endpoint))].flatMap((endpoint) => common(endpoint)),
]
