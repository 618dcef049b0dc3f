import { expect } from 'vitest'
import { uuid } from '../midtrans/merchant.ts'
import { codeOf, failing, plain, type ShownQuirks, textOf } from './shown-quirk.ts'

const week = { more: { custom_expiry: { expiry_duration: 8, unit: 'day' } } }
const urls = ['1', '2', '3', '4'].map((path) => `http://127.0.0.1:9/${path}`)

/** Quirks of charges and of what they are told of. */
export const shownCharges: ShownQuirks = {
  custom_expiry_above_maximum: {
    show: async (shop) => {
      await shop.admin.post('clock/freeze')
      await shop.admin.post('clock/set', { to: '2030-01-01T12:00:00+07:00' })
      const { expiry_time, validation_messages } = await shop.charge('order-1', 150_000, week)
      return expiry_time ?? validation_messages
    },
    options: { trim: '2030-01-08 12:00:00', reject: ['custom_expiry is above maximum threshold'] },
  },
  order_id_symbols: {
    show: async (shop) => [
      await codeOf(shop.charge('a-Z_0~.', 1)),
      await codeOf(shop.charge('a b:c+d', 1)),
      await codeOf(shop.charge('é', 1)),
    ],
    options: { accept: ['200', '200', '200'], reject: ['200', '400', '400'] },
  },
  pin_at_100000: {
    show: (shop) =>
      Promise.all([99_999, 100_000, 100_001].map((amount) => codeOf(shop.charge(`of-${amount}`, amount)))),
    options: { ask: ['200', '201', '201'], settle: ['200', '200', '201'] },
  },
  notification_urls: {
    show: async (shop) => {
      const told: string[] = []
      for (const name of ['x-append-notification', 'x-override-notification']) {
        await shop.charge(name, 1, { headers: { [name]: urls.join(',') } })
        // GET /__admin/notifications answers so.
        const listed = (await shop.admin.get(`notifications?reference=${name}`)) as { deliveries: { url: string }[] }[]
        told.push(...listed.flatMap(({ deliveries }) => deliveries.map(({ url }) => url)))
      }
      return told
    },
    options: { three: [...urls.slice(0, 3), ...urls.slice(0, 3)], two: [...urls.slice(0, 2), ...urls.slice(0, 2)] },
  },
  payment_option_token: {
    show: async (shop) => {
      const { metadata } = await shop.api.get(`/v2/pay/account/${shop.accountId}`)
      const { token } = metadata.payment_options[0]
      expect(await codeOf(shop.charge('order-1', 1, { gopay: { payment_option_token: token } }))).toBe('200')
      return uuid.test(token) ? token : JSON.parse(Buffer.from(token, 'base64').toString())
    },
    options: { uuid: expect.stringMatching(uuid), base64: { type: 'GOPAY_WALLET', id: expect.any(String) } },
  },
  option_type_key: {
    show: async (shop) => {
      await shop.charge('order-1', 50_000)
      const bodies = [await shop.status('order-1'), ...(await shop.told('order-1'))]
      return bodies.map((body) => Object.entries(body).filter(([key]) => /^payment_options?_type$/.test(key)))
    },
    options: {
      payment_option_type: Array(2).fill([['payment_option_type', 'GOPAY_WALLET']]),
      payment_options_type: Array(2).fill([['payment_options_type', 'GOPAY_WALLET']]),
    },
  },
  plain_gopay_text: {
    show: (shop) => textOf(shop.charge('order-1', 50_000, plain)),
    options: { gopay: 'GoPay transaction is created', 'go-pay': 'GO-PAY transaction is created' },
  },
  gopay_900: {
    show: async (shop) => {
      const { httpStatus, status_code, status_message } = await shop.charge('order-1', 50_000, failing('900'))
      return { httpStatus, status_code, status_message, after: await codeOf(shop.status('order-1')) }
    },
    options: {
      fails: {
        httpStatus: 200,
        status_code: '500',
        status_message: 'Sorry. Our system is recovering from unexpected issues. Please retry.',
        after: '404',
      },
      denied: {
        httpStatus: 200,
        status_code: '202',
        status_message: 'GoPay transaction is denied',
        after: '202',
      },
    },
  },
  gopay_1703_http: {
    show: async (shop) => {
      const { httpStatus, status_code } = await shop.charge('order-1', 50_000, failing('1703'))
      return `${status_code}: ${httpStatus}`
    },
    options: { 'http-200': '402: 200', 'http-400': '402: 400' },
  },
}
