import { describe, expect, test } from 'vitest'
import type { Admin } from '../../src/client/admin.ts'
import { linkAccount } from '../core-api.ts'
import { emulatorOfFile, happyPayer, type Merchant, newMerchant, newShop, type Shop } from '../midtrans/merchant.ts'
import { newSnapMerchant, type SnapMerchant } from '../midtrans/snap/merchant.ts'
import { openShop, type SubscriptionShop } from '../midtrans/subscriptions/subscriber.ts'
import { adminRequest } from './admin-request.ts'

const emulator = await emulatorOfFile()

type Ready = Merchant & { readonly id: string }
type Prepare = () => Promise<Ready>

const shopWith =
  (amount: number, then: (shop: Shop) => Promise<unknown> = async () => {}, gopay = {}): Prepare =>
  async () => {
    const shop = await newShop(emulator)
    await shop.charge('order-1', amount, { gopay })
    await then(shop)
    return { ...shop, id: 'order-1' }
  }

const plain =
  (then: (admin: Admin) => Promise<unknown> = async () => {}): Prepare =>
  async () => {
    const merchant = newMerchant(emulator)
    const transaction_details = { order_id: 'order-1', gross_amount: 150_000 }
    await merchant.api.post('/v2/charge', { payment_type: 'gopay', transaction_details })
    await then(merchant.admin)
    return { ...merchant, id: 'order-1' }
  }

const link =
  (gopay_partner: object, then: (merchant: Merchant, id: string) => Promise<unknown> = async () => {}): Prepare =>
  async () => {
    const merchant = newMerchant(emulator)
    const { account_id } = await merchant.api.post('/v2/pay/account', { payment_type: 'gopay', gopay_partner })
    await then(merchant, account_id)
    return { ...merchant, id: account_id }
  }

const newcomer = { phone_number: '85550001234', country_code: '62' }
const payerOf =
  (phone: string, isLinked = false): Prepare =>
  async () => {
    const merchant = newMerchant(emulator)
    if (isLinked) await linkAccount(merchant.api, happyPayer)
    return { ...merchant, id: phone }
  }

const subscription =
  (then: (shop: SubscriptionShop, id: string) => Promise<unknown>): Prepare =>
  async () => {
    const shop = await openShop(emulator)
    const { id } = await shop.subscribe()
    await then(shop, id)
    return { ...shop, id }
  }

const snapSession =
  (then: (merchant: SnapMerchant, token: string) => Promise<unknown> = async () => {}): Prepare =>
  async () => {
    const merchant = newSnapMerchant(emulator)
    const token = await merchant.token('order-1', 50_000)
    await then(merchant, token)
    return { ...merchant, id: token }
  }

const page = ['confirm', 'decline', 'leave']
const ofPayment = ['expire-transaction', 'settle', 'deny']
/** By hand, from facts.md (A.3, A.6, A.7, sections 1, 2, 5 and 11), and not from the machines. */
const states: readonly (readonly [what: string, prepare: Prepare, allowed: readonly string[]])[] = [
  ['a payment that waits for its PIN', shopWith(150_000), [...page, 'wrong-pin', 'expire-link', ...ofPayment]],
  [
    'a payment whose PIN was wrong twice',
    shopWith(150_000, ({ admin }) => admin.simulate('wrong-pin', 'order-1', { times: 2 })),
    [...page, 'wrong-pin', 'expire-link', ...ofPayment],
  ],
  ['a payment whose payer declined', shopWith(150_000, ({ admin }) => admin.simulate('decline', 'order-1')), ofPayment],
  [
    'a payment whose PIN was wrong three times',
    shopWith(150_000, ({ admin }) => admin.simulate('wrong-pin', 'order-1', { times: 3 })),
    ofPayment,
  ],
  ['a payment whose link has expired', shopWith(150_000, ({ admin }) => admin.advance('5m')), ofPayment],
  ['a reservation', shopWith(50_000, undefined, { pre_auth: true }), ['expire-transaction']],
  ['a settled payment', shopWith(50_000), []],
  [
    'a payment given back in part',
    shopWith(50_000, ({ api }) => api.post('/v2/order-1/refund', { amount: 1_000 })),
    ['confirm-refund'],
  ],
  ['a payment given back', shopWith(50_000, ({ api }) => api.post('/v2/order-1/refund')), ['confirm-refund']],
  [
    'a payment given back, as the bank has confirmed',
    shopWith(50_000, async ({ api, admin }) => {
      await api.post('/v2/order-1/refund')
      await admin.advance('2d')
    }),
    [],
  ],
  ['a denied payment', shopWith(9_000_000), []],
  ['a cancelled payment', shopWith(150_000, ({ api }) => api.post('/v2/order-1/cancel')), []],
  ['an expired payment', shopWith(150_000, ({ admin }) => admin.advance('15m')), []],
  ['a code that nobody has scanned', plain(), [...page, 'wrong-pin', ...ofPayment]],
  [
    'a code that somebody has scanned and left',
    plain((admin) => admin.simulate('decline', 'order-1')),
    [...page, 'wrong-pin', ...ofPayment],
  ],
  [
    'a link that has begun',
    link(happyPayer),
    [...page, 'wrong-pin', 'wrong-otp', 'expire-link', 'expire-account', 'top-up'],
  ],
  [
    'a link whose page asks for the PIN',
    link(happyPayer, ({ admin }, id) => admin.walk(id, { leaves_at: 'pin' })),
    [...page, 'wrong-pin', 'expire-link', 'expire-account', 'top-up'],
  ],
  ['a sign-up that has begun', link(newcomer), [...page, 'wrong-otp', 'expire-link', 'expire-account']],
  [
    'a sign-up that asks for a new PIN',
    link(newcomer, ({ admin }, id) => admin.walk(id, { leaves_at: 'new_pin' })),
    [...page, 'expire-link', 'expire-account'],
  ],
  ['a link whose page has expired', link(happyPayer, ({ admin }) => admin.advance('5m')), ['expire-account', 'top-up']],
  ['an expired link', link(happyPayer, ({ admin }) => admin.advance('15m')), ['top-up']],
  ['a linked account', link(happyPayer, ({ admin }, id) => admin.walk(id)), ['unlink', 'change-number', 'top-up']],
  [
    'an unlinked account',
    link(happyPayer, async ({ admin }, id) => {
      await admin.walk(id)
      await admin.simulate('unlink', id)
    }),
    ['top-up'],
  ],
  ['a payer who is linked', payerOf('+628215023424', true), ['change-number', 'top-up']],
  ['a payer whom nobody has met', payerOf('628215023424'), ['top-up']],
  [
    'a payer who has yet to sign up',
    async () => {
      const merchant = newMerchant(emulator)
      await merchant.admin.givePayer({ phone: '6285550009999', persona: 'new-to-gopay' })
      return { ...merchant, id: '6285550009999' }
    },
    [],
  ],
  ['a subscription', subscription(async () => {}), ['charge-now']],
  ['a subscription that was disabled', subscription((shop, id) => shop.post(id, 'disable')), []],
  [
    'a disabled subscription that is about to try again',
    subscription(async (shop, id) => {
      await shop.setBalance(0)
      await shop.admin.next()
      await shop.post(id, 'disable')
    }),
    ['charge-now'],
  ],
  ['a Snap session', snapSession(), ['expire-session']],
  [
    'a Snap session that was cancelled',
    snapSession((merchant, token) => merchant.send('POST', `/snap/v1/transactions/${token}/cancel`)),
    [],
  ],
]

const all = (
  (await adminRequest(emulator, 'simulate', { key: newMerchant(emulator).key })).body as { action: string }[]
).map(({ action }) => action)
const more: Readonly<Record<string, object>> = { 'top-up': { amount: 25_000 } }

test('every action is listed, with what it needs and takes, in words', async () => {
  const { body } = await adminRequest(emulator, 'simulate', { key: newMerchant(emulator).key })
  expect(new Set(all)).toEqual(new Set(states.flatMap(([, , allowed]) => allowed)))
  for (const each of body) {
    expect(each).toEqual({
      action: expect.stringMatching(/^[a-z-]+$/),
      summary: expect.stringMatching(/.{10}/),
      needs: expect.stringMatching(/.{10}/),
      takes: expect.arrayContaining(['id']),
    })
  }
})

describe.each(states)('%s', (_what, prepare, allowed) => {
  const send = ({ key, id }: Ready, action: string) =>
    adminRequest(emulator, `simulate/${action}`, { method: 'POST', key, body: { id, ...more[action] } })

  test('refuses all that its state does not allow, and tells what it does', async () => {
    const ready = await prepare()
    const before = await ready.admin.get('ledger')
    for (const action of all.filter((each) => !allowed.includes(each))) {
      const { status, type, body } = await send(ready, action)
      expect([action, status, new Set(body.allowed)]).toEqual([action, 409, new Set(allowed)])
      expect(type).toContain('application/problem+json')
      expect(body.detail).toContain(`${action} needs `)
      for (const each of allowed) expect(body.hint).toContain(each)
    }
    expect(await ready.admin.get('ledger')).toEqual(before)
  })

  test.each(allowed.map((action) => [action]))('allows %s', async (action) => {
    const answer = await send(await prepare(), action)
    expect(answer).toMatchObject({ status: 200, body: { action, omitted: 0 } })
    if (action !== 'top-up') expect(answer.body.happened.length).toBeGreaterThan(0)
  })
})

describe('what happens by it', () => {
  test.each([
    ['confirm', {}, 'settlement', 'confirmed'],
    ['decline', {}, 'pending', 'declined'],
    ['wrong-pin', {}, 'pending', 'pin'],
    ['wrong-pin', { times: 3 }, 'pending', 'failed'],
    ['leave', {}, 'pending', 'pin'],
    ['expire-link', {}, 'pending', 'expired'],
    ['expire-transaction', {}, 'expire', 'expired'],
    ['settle', {}, 'settlement', 'closed'],
    ['deny', {}, 'deny', 'closed'],
    ['deny', { code: '4060' }, 'deny', 'closed'],
  ])('%s with %j makes a payment %s, and its page %s', async (action, extra, status, pageStatus) => {
    const shop = await newShop(emulator)
    const { transaction_id } = await shop.charge('order-1', 150_000)
    const { transaction, happened } = await shop.admin.simulate(action, transaction_id, extra)
    expect(transaction).toMatchObject({ transaction_id, order_id: 'order-1', status })
    const last = happened.filter(({ what }) => what === 'verification').at(-1)
    expect(last?.to ?? 'pin').toBe(pageStatus)
    expect(await shop.status('order-1')).toMatchObject({
      transaction_status: status,
      fraud_status: 'code' in extra ? 'deny' : 'accept',
    })
    const told = (await shop.told('order-1')).map(({ transaction_status }) => transaction_status)
    expect(told).toEqual(status === 'pending' ? ['pending'] : ['pending', status])
    const moved = status === 'settlement' ? 150_000 : 0
    expect((await shop.ledger()).balances).toMatchObject({ 'wallet:628215023424:GOPAY_WALLET': 8_000_000 - moved })
    expect((await shop.ledger()).sum).toBe(0)
  })

  test('a payer who has left cannot open the web link again', async () => {
    const shop = await newShop(emulator)
    const { actions } = await shop.charge('order-1', 150_000)
    await shop.admin.simulate('leave', 'order-1')
    expect(await (await fetch(actions[0].url)).text()).toContain('data-ending="used"')
  })

  test('the third wrong PIN counts those that were typed on the page', async () => {
    const shop = await newShop(emulator)
    await shop.charge('order-1', 150_000)
    for (const ending of [undefined, undefined, 'failed']) {
      const { happened } = await shop.admin.simulate('wrong-pin', 'order-1')
      expect(happened.find(({ what }) => what === 'verification')?.to).toBe(ending)
    }
  })

  test('a reservation that lapses goes back to the wallet', async () => {
    const shop = await newShop(emulator)
    await shop.charge('order-1', 100_000, { gopay: { pre_auth: true } })
    expect(await shop.balance()).toBe('7900000.00')
    await shop.admin.simulate('expire-transaction', 'order-1')
    expect(await shop.balance()).toBe('8000000.00')
  })

  test('GoPay settles what a wallet can pay, and denies what it cannot', async () => {
    const shop = await newShop(emulator)
    await shop.charge('order-1', 150_000)
    await shop.admin.givePayer({ phone: '628215023424', balance: 149_999 })
    const { transaction } = await shop.admin.simulate('settle', 'order-1')
    expect(transaction).toMatchObject({ status: 'deny', channel_response: { code: '201' } })
  })

  test('anybody who is named pays plain GoPay; a passer-by where nobody is', async () => {
    for (const [extra, phone] of [
      [{ phone: '+628242974268' }, '628242974268'],
      [{}, '628215023424'],
    ] as const) {
      for (const action of ['confirm', 'settle']) {
        const { admin } = await plain()()
        const { transaction } = await admin.simulate(action, 'order-1', extra)
        expect(transaction).toMatchObject({ status: 'settlement', phone, option: 'GOPAY_WALLET' })
      }
    }
    const { admin } = await plain()()
    const nobody = { phone: '6281111111' }
    for (const action of ['confirm', 'settle', 'wrong-pin']) {
      await expect(admin.simulate(action, 'order-1', nobody)).rejects.toThrow('can pay with GoPay')
    }
    const shop = await newShop(emulator)
    await shop.charge('order-1', 150_000)
    await expect(shop.admin.simulate('settle', 'order-1', { phone: '628242974268' })).rejects.toThrow('628215023424')
  })

  test('the bank confirms the refund that is named, or the first, and none twice', async () => {
    const shop = await newShop(emulator)
    await shop.charge('order-1', 50_000)
    for (const refund_key of ['r1', 'r2', 'r3'])
      await shop.api.post('/v2/order-1/refund', { refund_key, amount: 1_000 })
    const confirmed = async (extra: { refund_key?: string }) => {
      const { transaction } = await shop.admin.simulate('confirm-refund', 'order-1', extra)
      const refunds = transaction?.refunds as { key: string; confirmed_at?: string }[]
      return refunds.flatMap(({ key, confirmed_at }) => (confirmed_at ? [key] : []))
    }
    expect(await confirmed({ refund_key: 'r2' })).toEqual(['r2'])
    expect(await confirmed({})).toEqual(['r1', 'r2'])
    await expect(confirmed({ refund_key: 'r2' })).rejects.toThrow('expected one of r3')
    expect(await shop.told('order-1')).toHaveLength(6)
    await shop.admin.advance('2d')
    expect(await shop.told('order-1')).toHaveLength(7)
  })

  test('an account that expires early takes its page along, and tells nobody', async () => {
    const { admin, api, id } = await link(happyPayer)()
    expect((await admin.simulate('expire-account', id)).account).toMatchObject({ account_id: id, status: 'EXPIRED' })
    expect(await api.get(`/v2/pay/account/${id}`)).toMatchObject({ account_status: 'EXPIRED' })
    await expect(admin.simulate('confirm', id)).rejects.toThrow('EXPIRED')
    await admin.advance('1d')
    expect(await admin.get('notifications')).toEqual([])
  })

  test('a top-up fills the wallet of somebody met or not, and the books stay even', async () => {
    const shop = await newShop(emulator)
    const { payer } = await shop.admin.simulate('top-up', '+628215023424', { amount: 5 })
    expect(payer).toMatchObject({ met: true, options: [{ name: 'GOPAY_WALLET', balance: 8_000_005 }] })
    expect(await shop.balance()).toBe('8000005.00')
    const body = { phone: '628242014881', amount: 7 }
    const poor = await adminRequest(emulator, 'simulate/top-up', { method: 'POST', key: shop.key, body })
    expect(poor.body.payer).toMatchObject({ phone: '628242014881', persona: 'poor', options: [{ balance: 7 }] })
    expect((await shop.ledger()).sum).toBe(0)
  })
})

test.each([
  ['confirm', { id: 'nothing' }, 404, 'nothing'],
  ['top-up', { id: 'order-628215023424', amount: 1 }, 404, 'order-628215023424'],
  ['top-up', { id: '6281111111', amount: 1 }, 404, '6281111111'],
  ['fly', { id: 'order-1' }, 404, 'confirm, decline'],
  ['toString', { id: 'order-1' }, 404, 'confirm, decline'],
  ['confirm', {}, 400, 'id'],
  ['confirm', { id: '' }, 400, 'id'],
  ['confirm', { id: 'order-1', amount: 1 }, 400, 'amount'],
  ['deny', { id: 'order-1', code: 'x' }, 400, 'code'],
  ['wrong-pin', { id: 'order-1', times: 4 }, 400, 'times'],
  ['top-up', { id: '628215023424' }, 400, 'amount'],
  ['top-up', { id: '628215023424', amount: -1 }, 400, 'amount'],
  ['confirm', { id: 'order-1', colour: 'red' }, 400, 'colour'],
])('simulate/%s with %j is refused with %i', async (action, body, status, found) => {
  const { key } = await shopWith(150_000)()
  const answer = await adminRequest(emulator, `simulate/${action}`, { method: 'POST', key, body })
  expect(answer).toMatchObject({ status, type: expect.stringContaining('application/problem+json') })
  expect(answer.body.detail).toContain(found)
})
