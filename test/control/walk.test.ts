import { describe, expect, test } from 'vitest'
import { payer } from '../../src/testkit/index.ts'
import { fillIn, visit } from '../journeys/browser.ts'
import { emulatorOfFile, happyPayer, newMerchant, newShop } from '../midtrans/merchant.ts'
import { adminRequest } from './admin-request.ts'

const emulator = await emulatorOfFile()

async function shopThatWaits(gopay_partner: object = happyPayer) {
  const shop = await newShop(emulator, gopay_partner)
  await shop.admin.post('clock/freeze')
  const charged = await shop.charge('order-1', 150_000)
  return { ...shop, id: charged.transaction_id as string, links: charged.actions as { url: string }[] }
}

async function begunLink(gopay_partner: object = happyPayer) {
  const merchant = newMerchant(emulator)
  await merchant.admin.post('clock/freeze')
  const { account_id } = await merchant.api.post('/v2/pay/account', { payment_type: 'gopay', gopay_partner })
  const status = async () => (await merchant.api.get(`/v2/pay/account/${account_id}`)).account_status
  return { ...merchant, id: account_id as string, status }
}

const asked = ({ steps }: { steps: readonly { page: string; did: string }[] }) =>
  steps.map(({ page, did }) => `${page} ${did}`)
const status = async (shop: { status(id: string): Promise<{ transaction_status?: string }> }) =>
  (await shop.status('order-1')).transaction_status

test('a payer pays within the request that makes them walk, by order_id and by transaction_id', async () => {
  for (const named of ['order-1', undefined]) {
    const shop = await shopThatWaits()
    const walked = await shop.admin.walk(named ?? shop.id)
    expect(asked(walked)).toEqual(['pin answers'])
    expect(walked).toMatchObject({ transaction: { order_id: 'order-1', status: 'settlement' }, planned: [] })
    expect(await status(shop)).toBe('settlement')
  }
})

test('a payer links within the request that makes them walk; somebody new signs up', async () => {
  const link = await begunLink()
  expect(asked(await link.admin.walk(link.id))).toEqual(['consent answers', 'otp answers', 'pin answers'])
  expect(await link.status()).toBe('ENABLED')
  const signUp = await begunLink({ phone_number: '85550001234', country_code: '62' })
  expect(asked(await signUp.admin.walk(signUp.id))).toEqual(['name answers', 'otp answers', 'new_pin answers'])
  expect(await signUp.status()).toBe('ENABLED')
})

describe('explicit fields', () => {
  test.each([
    [{ pin: ['wrong'] }, ['pin answers wrong', 'pin answers'], 'settlement'],
    [{ pin: ['000000', '1', 'right'] }, ['pin answers wrong', 'pin answers wrong', 'pin answers'], 'settlement'],
    [{ pin: ['wrong', 'wrong', 'wrong'] }, Array(3).fill('pin answers wrong'), 'pending'],
    [{ leaves_at: 'pin' }, ['pin leaves'], 'pending'],
    [{ declines_at: 'pin' }, ['pin declines'], 'pending'],
    [{ persona: 'three-wrong-pins' }, Array(3).fill('pin answers wrong'), 'pending'],
    [{ persona: 'forgets-pin', pin: ['right'] }, ['pin answers'], 'settlement'],
  ] as const)('%j make a payment %j: %s', async (way, pages, ended) => {
    const shop = await shopThatWaits()
    expect(asked(await shop.admin.walk('order-1', way))).toEqual(pages)
    expect(await status(shop)).toBe(ended)
  })

  test.each([
    [
      { otp: ['wrong', '1'] },
      ['consent answers', 'otp answers wrong', 'otp answers wrong', 'otp answers', 'pin answers'],
      'ENABLED',
    ],
    [{ otp: ['wrong', 'wrong', 'wrong'] }, ['consent answers', ...Array(3).fill('otp answers wrong')], 'PENDING'],
    [{ leaves_at: 'otp' }, ['consent answers', 'otp leaves'], 'PENDING'],
    [{ declines_at: 'consent' }, ['consent declines'], 'PENDING'],
    [{ persona: 'three-wrong-pins' }, ['consent answers', 'otp answers', 'pin answers'], 'ENABLED'],
  ] as const)('%j make a link %j: %s', async (way, pages, ended) => {
    const link = await begunLink()
    expect(asked(await link.admin.walk(link.id, way))).toEqual(pages)
    expect(await link.status()).toBe(ended)
  })
})

test('a walk that waits goes page by page as the clock goes, in order with all else', async () => {
  const link = await begunLink()
  const walked = await link.admin.walk(link.id, { after: '1m', waits: '30s', pace: '10s' })
  expect(walked).toMatchObject({ account: { status: 'PENDING' }, steps: [], planned: [{ what: 'payer-walk' }] })
  const { now } = (await link.admin.get('clock')) as { now: string }
  const seconds = (at: unknown) => (Date.parse(String(at)) - Date.parse(now)) / 1_000
  expect(seconds(walked.planned[0]?.due_at)).toBe(90)
  const { happened } = await link.admin.advance('2m')
  const visits = happened.filter(({ what }) => what === 'visit')
  expect(visits.map(({ page, at }) => [page, seconds(at)])).toEqual([
    ['consent', 90],
    ['otp', 100],
    ['pin', 110],
  ])
  expect(await link.status()).toBe('ENABLED')
})

test('a walk that comes after the five minutes finds nothing, and says nothing', async () => {
  const shop = await shopThatWaits()
  await shop.admin.walk('order-1', { after: '6m' })
  const { happened } = await shop.admin.advance('10m')
  expect(happened.map(({ what }) => what)).not.toContain('visit')
  expect(await status(shop)).toBe('pending')
})

test.each(['cancel', 'expire'])('a walk whose payment the merchant ends by %s stops quietly', async (verb) => {
  const shop = await shopThatWaits()
  await shop.admin.walk('order-1', { after: '1m' })
  await shop.api.post(`/v2/order-1/${verb}`)
  expect(await shop.admin.get('clock')).not.toHaveProperty('next_timer.kind', 'payer-walk')
  const { happened } = await shop.admin.advance('5m')
  expect(happened).toEqual([])
})

test('a walk takes the web link, so a browser cannot open it; in the app flow both can', async () => {
  const shop = await shopThatWaits()
  await shop.admin.walk('order-1', { leaves_at: 'pin' })
  expect(await visit(shop.links[0]?.url ?? '')).toMatchObject({ status: 410, ending: 'used' })
  await shop.admin.patch('settings', { flow: 'app' })
  const { actions } = await shop.charge('order-2', 150_000)
  await shop.admin.walk('order-2', { leaves_at: 'pin' })
  expect((await payer.walk(actions[1].url)).steps).toEqual(['pin'])
})

test('a walk goes on where somebody with a browser has left, wrong tries included', async () => {
  const shop = await shopThatWaits()
  const page = await visit(shop.links[0]?.url ?? '')
  await fillIn(page, { pin: '000000' })
  await fillIn(page, { pin: '000000' })
  expect(asked(await shop.admin.walk('order-1', { pin: ['right', 'right', 'wrong'] }))).toEqual(['pin answers wrong'])
  expect(await visit(page.url)).toMatchObject({ ending: 'failed' })
})

test('a second walk takes the place of the first', async () => {
  const shop = await shopThatWaits()
  await shop.admin.walk('order-1', { after: '1m', declines_at: 'pin' })
  await shop.admin.walk('order-1', { after: '2m' })
  await shop.admin.advance('2m')
  expect(await status(shop)).toBe('settlement')
})

test('plain GoPay asks for the phone first, again after somebody has left, and can be paid in the end', async () => {
  const { api, admin } = newMerchant(emulator)
  const transaction_details = { order_id: 'order-1', gross_amount: 150_000 }
  await api.post('/v2/charge', { payment_type: 'gopay', transaction_details })
  expect(asked(await admin.walk('order-1', { declines_at: 'phone' }))).toEqual(['phone declines'])
  const phone = '+628242974268'
  expect(asked(await admin.walk('order-1', { phone, pin: ['wrong', 'wrong', 'wrong'] }))).toEqual([
    'phone answers',
    ...Array(3).fill('pin answers wrong'),
  ])
  const walked = await admin.walk('order-1', { phone })
  expect(asked(walked)).toEqual(['phone answers', 'pin answers'])
  expect(walked.transaction).toMatchObject({ status: 'settlement', phone: '628242974268' })
})

test('a persona that revokes unlinks later; the answer says when', async () => {
  const link = await begunLink()
  const { planned } = await link.admin.walk(link.id, { later: { after: '2h', does: 'unlink' } })
  expect(planned).toMatchObject([{ what: 'payer-unlink' }])
  await link.admin.advance('2h')
  expect(await link.status()).toBe('DISABLED')
})

test.each([
  [{ id: 'nothing' }, 404, 'nothing'],
  [{}, 400, 'id'],
  [{ id: 'order-1', persona: 'rich' }, 400, 'rich'],
  [{ id: 'order-1', after: 'soon' }, 400, 'after: found "soon"'],
  [{ id: 'order-1', pace: '1 minute' }, 400, 'pace'],
  [{ id: 'order-1', waits: '9999d' }, 400, 'ten years'],
  [{ id: 'order-1', later: { after: 'x', does: 'unlink' } }, 400, 'later.after'],
  [{ id: 'order-1', pin: ['maybe'] }, 400, 'pin'],
  [{ id: 'order-1', leaves_at: 'lunch' }, 400, 'leaves_at'],
  [{ id: 'order-1', phone: '628242974268' }, 409, '628215023424'],
  [{ id: 'settled' }, 409, 'settled is settlement'],
  [{ id: '628215023424' }, 409, '628215023424'],
])('a walk %j is refused with %i', async (body, code, found) => {
  const shop = await shopThatWaits()
  await shop.charge('settled', 1_000)
  const answer = await adminRequest(emulator, 'payers/walk', { method: 'POST', key: shop.key, body })
  expect(answer).toMatchObject({ status: code, type: expect.stringContaining('application/problem+json') })
  expect(answer.body.detail).toContain(found)
  if (code === 409 && found !== '628215023424') expect(answer.body.allowed).toEqual([])
  expect(await status(shop)).toBe('pending')
})
