import { expect, test } from 'vitest'
import { emulatorOfFile, newShop, type Shop, uuid } from '../merchant.ts'

const emulator = await emulatorOfFile()

const chargeOf = ({ accountId, token }: Shop) => ({
  payment_type: 'gopay',
  gopay: { account_id: accountId, payment_option_token: token },
  transaction_details: { order_id: 'order-1', gross_amount: 50_000 },
})
const typed = (type: string): Record<string, string> => ({ 'content-type': type })

// recordings.md, "What matters most", 4: every form of request is accepted, also without a content type (hanif).
test.each([
  ['application/json', typed('application/json')],
  ['application/json with a charset', typed('application/json; charset=UTF-8')],
  ['APPLICATION/JSON', typed('APPLICATION/JSON')],
  ['application/vnd.api+json', typed('application/vnd.api+json')],
  ['text/plain', typed('text/plain;charset=UTF-8')],
  ['application/x-www-form-urlencoded', typed('application/x-www-form-urlencoded')],
  ['application/octet-stream', typed('application/octet-stream')],
  ['multipart/form-data', typed('multipart/form-data; boundary=x')],
  ['no content type', {}],
])('JSON that comes as %s is read as JSON', async (_type, headers) => {
  const shop = await newShop(emulator)
  const answer = await shop.raw('POST', '/v2/charge', { body: JSON.stringify(chargeOf(shop)), headers })
  expect(answer).toMatchObject({ http: 200, body: { status_code: '200', order_id: 'order-1' } })
  expect(answer.headers.get('content-type')).toBe('application/json')
  expect(await shop.status('order-1')).toMatchObject({ transaction_status: 'settlement' })
})

// facts.md, section 5, code 413 (no id), and section 0 (HTTP 200): malformed syntax in the request body.
test.each([
  [
    'a form',
    'application/x-www-form-urlencoded',
    'payment_type=gopay&transaction_details[order_id]=order-1&transaction_details[gross_amount]=50000',
  ],
  [
    'a form with files',
    'multipart/form-data; boundary=x',
    '--x\r\nContent-Disposition: form-data; name="payment_type"\r\n\r\ngopay\r\n--x--\r\n',
  ],
  ['XML', 'application/xml', '<charge><payment_type>gopay</payment_type></charge>'],
  ['plain text', 'text/plain', 'charge 50000'],
  ['JSON with single quotes', 'application/json', "{'payment_type':'gopay'}"],
  ['two JSON texts', 'application/json', '{}{}'],
])('a charge that comes as %s is malformed', async (_what, type, body) => {
  const shop = await newShop(emulator)
  const answer = await shop.raw('POST', '/v2/charge', { body, headers: typed(type) })
  expect(answer.http).toBe(200)
  expect(answer.body).toEqual({
    status_code: '413',
    status_message: 'The request cannot be processed due to malformed syntax in the request body',
  })
  expect(answer.headers.get('content-type')).toBe('application/json')
  expect(await shop.status('order-1')).toMatchObject({ status_code: '404' })
  expect(await shop.balance()).toBe('8000000.00')
})

// Nobody learns what is wrong with a body before the key was looked at: facts.md, section 5, code 401.
test.each(['text/plain', 'application/x-www-form-urlencoded'])(
  'a body of the type %s does not open a sandbox',
  async (type) => {
    const response = await fetch(`${emulator.url}/v2/charge`, { method: 'POST', headers: typed(type), body: 'a=b' })
    expect(response.status).toBe(401)
    expect(await response.json()).toMatchObject({ status_code: '401', id: expect.stringMatching(uuid) })
  },
)
