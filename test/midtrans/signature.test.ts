import { expect, test } from 'vitest'
import { accountSignature, transactionSignature } from '../../src/midtrans/signature.ts'

// facts.md, section 4: vectors of the fixtures, recomputed.
test.each([
  [
    'ORDER-sandbox-0003',
    '202',
    '50000.00',
    'a51d1bd2aa8b1dca9228f3827cd641b6dadf52ebb9ed40fb45db6a06dbb33de7cde8e80caa93dfb5e6beeaaf44f698dc7f6f56edd46556eddaa2a774ff7692c6',
  ],
  [
    'ORDER-partial-refund-0001',
    '200',
    '150000.00',
    'd115a0f55a40f2c60465006118c1e48f52c3baf5a953f8443221d84dea9a9ebd7ba20f7c76d2320dfcdd31c3de41a047f6b43a4075bea5f734dd8c5231268906',
  ],
])('the notification of %s with %s and %s is signed as Midtrans signs it', (order, code, amount, signature) => {
  expect(transactionSignature(order, code, amount, 'SB-Mid-server-test')).toBe(signature)
})

// recordings.md, signature_key: the cassette of 2016, of which eight digits are known.
test('the recorded transaction of 2016 is signed as recorded', () => {
  const key = 'VT-server-9Htb-RxXkg7-7hznSCCjxvoY'
  const signature = transactionSignature('2016-10-20 12:39:16 +0700', '201', '100000.00', key)
  expect(signature).toMatch(/^bbdb81ae[0-9a-f]{120}$/)
})

// facts.md, section 2.
test.each([
  [
    'ENABLED',
    '200',
    'de24b1d8d89df463338129750577babef069a13406962090039ddeac2fb620c59bece2e8876594bab3ca66f5b20d6a5b7ad854cca54f94b82018e78b1b7c4826',
  ],
  [
    'DISABLED',
    '204',
    'b481219c92eea33dc31194e8a28a057f47af9086a245913f63c07bfeafa66808416c23d76f39cb76bd20d3eb55679c90c8a515a6281206f1ba8785e47886db01',
  ],
])('the notification of an account that is %s is signed as Midtrans signs it', (status, code, signature) => {
  const id = '00000269-7836-49e5-bc65-e592afafec14'
  expect(accountSignature(id, status, code, 'SB-Mid-server-test')).toBe(signature)
})
