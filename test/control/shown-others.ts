import { expect } from 'vitest'
import { payer } from '../../src/testkit/index.ts'
import { type Shop, uuid } from '../midtrans/merchant.ts'
import { codeOf, failing, plain, type ShownQuirks, textOf } from './shown-quirk.ts'

const link = (shop: Shop, phone_number: string) =>
  shop.api.post('/v2/pay/account', { payment_type: 'gopay', gopay_partner: { phone_number, country_code: '62' } })
const channel = { channel_response_code: '112', channel_response_message: 'Wallet is Blocked' }
const blocked = (status_code: string) => ({ status_code, status_message: 'GoPay user is blocked', httpStatus: 200 })

/** A payment that can be refunded. */
async function refunding(shop: Shop, body: object) {
  await shop.charge('order-1', 50_000)
  return () => shop.api.post('/v2/order-1/refund', body)
}

/** Quirks of links, of refunds, and of what is asked about payments. */
export const shownOthers: ShownQuirks = {
  expire_text: {
    show: async (shop) => {
      await shop.charge('order-1', 150_000)
      return textOf(shop.api.post('/v2/order-1/expire'))
    },
    options: { 'is-expired': 'Success, transaction is expired', 'has-expired': 'Success, transaction has expired' },
  },
  status_text: {
    show: async (shop) => {
      await shop.charge('order-1', 50_000)
      return textOf(shop.status('order-1'))
    },
    options: { 'is-found': 'Success, transaction is found', found: 'Success, transaction found' },
  },
  cannot_update_text: {
    show: async (shop) => {
      const { transaction_id } = await shop.charge('order-1', 50_000)
      const { id, ...answer } = await shop.api.post('/v2/order-1/cancel')
      return { ...answer, id: id === transaction_id ? 'of the transaction' : id }
    },
    options: {
      'cannot-be-updated': {
        httpStatus: 200,
        status_code: '412',
        status_message: 'Transaction status cannot be updated.',
        id: 'of the transaction',
      },
      'cannot-modify': {
        httpStatus: 200,
        status_code: '412',
        status_message: 'Merchant cannot modify the status of the transaction',
      },
    },
  },
  blocked_payer: {
    show: async (shop) => [await link(shop, '8271939753'), await shop.charge('order-1', 50_000, failing('112'))],
    options: {
      'status-410': [expect.objectContaining(blocked('410')), expect.objectContaining(blocked('410'))],
      'status-402': [expect.objectContaining(blocked('402')), expect.objectContaining(blocked('402'))],
      'status-202': [
        { httpStatus: 200, status_code: '202', payment_type: 'gopay', ...channel },
        expect.objectContaining({ status_code: '202', transaction_status: 'deny', ...channel }),
      ],
    },
  },
  // 407 and 204 are no errors; 400 is HTTP 400 anyway.
  http_status: {
    show: async (shop) => {
      await shop.charge('order-1', 150_000)
      const answers = [
        await shop.status('nothing'),
        await shop.charge('order-1', 50_000),
        await shop.api.post('/v2/capture', { transaction_id: (await shop.status('order-1')).transaction_id }),
        await shop.charge('order-2', 0),
        await shop.api.post('/v2/order-1/expire'),
        await shop.api.post(`/v2/pay/account/${shop.accountId}/unbind`),
      ]
      return answers.map(({ status_code, httpStatus }) => `${status_code}: ${httpStatus}`)
    },
    options: {
      'always-200': ['404: 200', '406: 200', '412: 200', '400: 400', '407: 200', '204: 200'],
      'as-body': ['404: 404', '406: 406', '412: 412', '400: 400', '407: 200', '204: 200'],
    },
  },
  link_answer: {
    show: async (shop) => {
      const { actions, metadata } = await link(shop, '8242974268')
      return { names: actions.map(({ name }: { name: string }) => name), metadata }
    },
    options: {
      recorded: {
        names: ['activation-deeplink', 'activation-link-url', 'activation-link-app'],
        metadata: { reference_id: expect.stringMatching(uuid) },
      },
      documented: { names: ['activation-link-url', 'activation-link-app'] },
    },
  },
  link_path: {
    show: async (shop) => {
      const { actions } = await link(shop, '8242974268')
      const { url } = actions.find(({ name }: { name: string }) => name === 'activation-link-url')
      expect((await payer.walk(url)).steps).toEqual(['consent', 'otp', 'pin'])
      return new URL(url).pathname
    },
    options: {
      redirect: expect.stringMatching(/^\/v2\/gopay\/redirect\/gpar_[\da-f-]{36}\/link$/),
      account: expect.stringMatching(/^\/v2\/pay\/account\/gpar_[\da-f-]{36}\/link$/),
    },
  },
  plain_gopay_refund_window: {
    show: async (shop) => {
      await shop.admin.post('clock/freeze')
      await payer.walk((await shop.charge('order-1', 50_000, plain)).actions[1].url)
      const codes: string[] = []
      for (const by of ['45d', '1s', '134d', '23h', '3599s', '1s']) {
        await shop.admin.advance(by)
        codes.push(await codeOf(shop.api.post('/v2/order-1/refund', { amount: 1 })))
      }
      return codes
    },
    options: {
      '45-days': ['200', '412', '412', '412', '412', '412'],
      '180-days': ['200', '200', '200', '200', '200', '412'],
    },
  },
  refund_text: {
    show: async (shop) => {
      const refund = await refunding(shop, { amount: 1 })
      return [await textOf(refund()), await textOf(shop.api.post('/v2/order-1/refund/online/direct', { amount: 1 }))]
    },
    options: {
      request: ['Success, refund request is approved', 'Success, refund request is approved by the bank'],
      'offline-request': [
        'Success, refund offline request is approved',
        'Success, refund request is approved by the bank',
      ],
    },
  },
  repeated_refund_key: {
    show: async (shop) => {
      const refund = await refunding(shop, { refund_key: 'r-1', amount: 1_000 })
      const [first, second] = [await refund(), await refund()]
      expect(await shop.balance()).toBe('7951000.00')
      return second.status_code === '406' ? second : { isSame: JSON.stringify(first) === JSON.stringify(second) }
    },
    options: {
      refuse: { httpStatus: 200, status_code: '406', status_message: 'Duplicate refund ID' },
      repeat: { isSame: true },
    },
  },
}
