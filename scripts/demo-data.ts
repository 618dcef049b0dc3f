import { type Inbox, payer, type TestEmulator } from '../src/testkit/index.ts'
import { coreApi } from '../test/core-api.ts'
import { happyPayer, linkIn, merchantOf } from '../test/journeys/merchant.ts'

/** A sandbox in which a day of a shop has happened. Ids are by the names that they have here. */
export interface Demo {
  readonly serverKey: string
  readonly merchantId: string
  readonly accounts: Readonly<Record<'enabled' | 'pending' | 'unlinked' | 'signedUp', string>>
  readonly orders: Readonly<Record<string, string>>
  readonly subscriptionId: string
  readonly snapToken: string
}

/** A Monday morning in Jakarta, with a clock that stands still: pictures look the same each time. */
export const morning = '2026-01-05T09:00:00+07:00'

const indonesian = (phone_number: string) => ({ phone_number, country_code: '62' })

/**
 * Lets a shop's day happen, by calls that any merchant could make: wallets linked in each way, payments in each status,
 * notifications delivered, failed and held, and rules. `shop` is where its notifications go.
 */
export async function liveThroughADay(emulator: TestEmulator, serverKey: string, shop: Inbox): Promise<Demo> {
  const admin = emulator.admin(serverKey)
  const api = coreApi(emulator.url, serverKey)
  const merchantId = 'G-toko-kopi'
  await admin.freeze()
  await admin.post('clock/set', { to: morning })
  await admin.patch('settings', {
    merchant_id: merchantId,
    payment_notification_url: `${shop.url}payments`,
    pay_account_notification_url: `${shop.url}accounts`,
    recurring_notification_url: `${shop.url}subscriptions`,
  })

  const link = async (partner: object, walk: boolean) => {
    const begun = await api.post('/v2/pay/account', { payment_type: 'gopay', gopay_partner: partner })
    if (walk) await payer.walk(linkIn(begun, 'activation-link-url'), { name: 'Siti Rahayu' })
    await admin.advance('40s')
    return String(begun.account_id)
  }
  const enabled = await link(happyPayer, true)
  const signedUp = await link(indonesian('81299998888'), true)
  const unlinked = await link(indonesian('8237435829'), true)

  /** Coffee each month, charged once so far. */
  const subscribe = async (account: string) => {
    const { metadata } = await api.get(`/v2/pay/account/${account}`)
    const { id } = await api.post('/v1/subscriptions', {
      name: 'kopi-bulanan',
      amount: '150000',
      currency: 'IDR',
      payment_type: 'gopay',
      token: metadata.payment_options[0].token,
      schedule: { interval: 1, interval_unit: 'month', max_interval: 12 },
      gopay: { account_id: account },
    })
    await admin.simulate('charge-now', id)
    return String(id)
  }

  const orders: Record<string, string> = {}
  const charge = async (orderId: string, amount: number, { how = 'pay', account = enabled, ...more }: Order = {}) => {
    const { gopay, headers } = more
    const charged = await merchantOf(api, account).charge(orderId, amount, {
      ...(gopay && { gopay }),
      ...(headers && { headers }),
    })
    // Small amounts need no PIN, and are settled at once.
    if (charged.actions && how !== 'leave') {
      await payer.walk(linkIn(charged, 'verification-link-url'), how === 'decline' ? { declineAt: 'pin' } : {})
    }
    orders[orderId] = String(charged.transaction_id)
    await admin.advance('3m')
  }
  await charge('kopi-susu-0001', 18_000)
  await charge('biji-kopi-0002', 150_000)
  await api.post('/v2/biji-kopi-0002/refund', { refund_key: 'rusak-1', amount: 50_000, reason: 'Kemasan rusak' })
  await charge('sewa-mesin-0003', 100_000, { gopay: { pre_auth: true } })
  await api.post('/v2/capture', { transaction_id: orders['sewa-mesin-0003'] })
  await charge('sewa-grinder-0004', 85_000, { gopay: { pre_auth: true } })
  await charge('cangkir-0005', 75_000, { headers: { 'x-emulator-outcome': 'deny:112' } })
  await charge('teko-0006', 240_000, { how: 'decline' })
  await charge('mesin-espresso-0007', 3_250_000)
  await api.post('/v2/mesin-espresso-0007/refund', { refund_key: 'batal-1', amount: 3_250_000, reason: 'Salah pesan' })
  await admin.simulate('unlink', unlinked)

  // From here on the shop's server is down for a while: its notifications are tried again.
  shop.answer(({ path }) => (path === '/payments' ? 503 : 200))
  await charge('kopi-hitam-0008', 22_000)
  await charge('roti-0009', 120_000, { account: signedUp, how: 'leave' })
  await admin.advance('16m')
  shop.answer(() => 200)

  await admin.rules([
    { match: { operation: 'charge', amount: { min: 5_000_000 } }, outcome: 'deny:112' },
    { match: { operation: 'charge', order_id: 'teh-*' }, fault: 'after:reset', times: 'once' },
  ])
  await admin.post('gate/hold', { filter: { reference: 'kopi-susu-*' } })
  await charge('kopi-susu-0010', 54_000)
  await charge('martabak-0011', 165_000, { how: 'leave' })
  const pending = await link(indonesian('8103001242'), false)
  const subscriptionId = await subscribe(enabled)
  const { token: snapToken } = await api.post('/snap/v1/transactions', {
    transaction_details: { order_id: 'kue-lapis-0012', gross_amount: 95_000 },
    user_id: 'siti',
    gopay: { tokenization: true },
  })
  return {
    serverKey,
    merchantId,
    accounts: { enabled, pending, unlinked, signedUp },
    orders,
    subscriptionId,
    snapToken,
  }
}

interface Order {
  /** What its payer does. */
  readonly how?: 'pay' | 'decline' | 'leave'
  readonly account?: string
  readonly gopay?: object
  readonly headers?: Record<string, string>
}
