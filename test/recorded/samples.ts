import { accountSamples } from './account-samples.ts'
import { chargeSamples } from './charge-samples.ts'
import { paymentSamples } from './payment-samples.ts'
import { promotionSamples } from './promotion-samples.ts'
import { refundSamples } from './refund-samples.ts'
import { refused, type Sample, withMerchant } from './sample.ts'

const own: readonly Sample[] = [
  ...accountSamples,
  ...promotionSamples,
  ...chargeSamples,
  ...paymentSamples,
  ...refundSamples,
]

/** What every endpoint answers to a stranger, and to a body that is no JSON. */
function common(endpoint: string): Sample[] {
  const [method = '', url = ''] = endpoint.split(' ')
  const path = url.replace(/{\w+}/g, 'some-id')
  const stranger: Sample = {
    endpoint,
    of: `a stranger at ${endpoint}`,
    source: 'recordings.md, 401 of 2024-26 (LOG)',
    ask: withMerchant((merchant) => merchant.raw(method, path, { headers: { authorization: 'Basic c3RyYW5nZXI6' } })),
    http: 401,
    sample: refused('401', 'Unknown Merchant server_key/id'),
  }
  if (method === 'GET') return [stranger]
  const noJson: Sample = {
    endpoint,
    of: `no JSON at ${endpoint}`,
    source: 'facts.md, section 5, code 413 (no id)',
    ask: withMerchant((merchant) => merchant.raw(method, path, { body: '{' })),
    http: 200,
    sample: {
      status_code: '413',
      status_message: 'The request cannot be processed due to malformed syntax in the request body',
    },
  }
  return [stranger, noJson]
}

/** Every documented or recorded answer of the Core API that the emulator gives, a row each. */
export const samples: readonly Sample[] = [
  ...own,
  ...[...new Set(own.map(({ endpoint }) => endpoint))].flatMap((endpoint) => common(endpoint)),
]
