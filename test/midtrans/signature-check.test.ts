import { hash } from 'node:crypto'
import { expect, test } from 'vitest'
import { accountSignature, signed } from '../../src/midtrans/signature.ts'
import { checkSignature } from '../../src/midtrans/signature-check.ts'

const key = 'SB-Mid-server-test'
// facts.md, section 4, signature vectors (recomputed fixtures).
const right = {
  order_id: 'ORDER-sandbox-0003',
  status_code: '202',
  gross_amount: '50000.00',
  signature_key:
    'a51d1bd2aa8b1dca9228f3827cd641b6dadf52ebb9ed40fb45db6a06dbb33de7cde8e80caa93dfb5e6beeaaf44f698dc7f6f56edd46556eddaa2a774ff7692c6',
}
const account = { account_id: '00000269-7836-49e5-bc65-e592afafec14', account_status: 'ENABLED', status_code: '200' }
const sha512 = (...parts: string[]) => hash('sha512', parts.join(''))
const over = (signature_key: string) => ({
  ...right,
  transaction_status: 'cancel',
  transaction_id: 'some-id',
  signature_key,
})

test('the vectors are signed as documented', () => {
  const { signature_key, ...fields } = right
  expect(signed(fields, key)).toEqual(right)
  expect(checkSignature(right, key)).toEqual({ isValid: true, why: [] })
  expect(checkSignature(signed(account, key), key)).toEqual({ isValid: true, why: [] })
})

test.each<[unknown, RegExp]>([
  [over(sha512('ORDER-sandbox-0003', '202', '50000', key)), /without its decimals/],
  [{ ...over(right.signature_key), gross_amount: '50000' }, /with decimals that the body does not have/],
  [over(sha512('ORDER-sandbox-0003', 'cancel', '50000.00', key)), /transaction_status instead of status_code/],
  [over(sha512('some-id', '202', '50000.00', key)), /transaction_id instead of order_id/],
  [over(sha512('ORDER-sandbox-0003', '50000.00', '202', key)), /in the wrong order/],
  [over(sha512('ORDER-sandbox-0003', '202', '50000.00')), /without the server key/],
  [over(hash('sha256', `ORDER-sandbox-000320250000.00${key}`)), /SHA-256/],
  [over(right.signature_key.toUpperCase()), /upper case/],
  [signed(over(''), 'Mid-server-test'), /without its "SB-"/],
  [signed(over(''), 'SB-SB-Mid-server-test'), /with "SB-" before the key/],
  [signed(over(''), `${key}:`), /":" of HTTP Basic/],
  [signed(over(''), `${key}\n`), /blank or line break/],
  [signed(over(''), 'SB-Mid-client-test'), /client key/],
  [signed(over(''), 'SB-Mid-server-other'), /the key of sandbox G2/],
  [
    signed(over(''), 'SB-Mid-server-nobody'),
    /another key, or over other values of order_id, status_code, gross_amount/,
  ],
  [
    { ...account, signature_key: sha512(account.account_id, '200', 'ENABLED', key) },
    /account fields in the wrong order/,
  ],
  [
    { ...account, signature_key: accountSignature(account.account_id, 'DISABLED', '204', key) },
    /over other values of account_id/,
  ],
  [over('abc'), /no SHA-512: expected 128/],
  [{ order_id: 'a' }, /no signature_key/],
  [{ order_id: 'a', signature_key: 'x' }, /Found no status_code and no gross_amount/],
  [{ ...right, gross_amount: 50_000 }, /gross_amount as a number/],
  [[], /no JSON object/],
  [null, /no JSON object/],
])('of %j it is told what is wrong: %s', (body, why) => {
  const check = checkSignature(body, key, new Map([['sandbox G2', 'SB-Mid-server-other']]))
  expect(check.isValid).toBe(false)
  expect(check.why.join(' ')).toMatch(why)
  expect(check.why.join(' ')).not.toContain(key)
})
