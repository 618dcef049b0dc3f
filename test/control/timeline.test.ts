import { expect, test } from 'vitest'
import { openInbox, payer, type Timeline } from '../../src/testkit/index.ts'
import { linkIn } from '../journeys/merchant.ts'
import { emulatorOfFile, happyPayer, newMerchant, newShop, type Shop } from '../midtrans/merchant.ts'
import { adminRequest } from './admin-request.ts'

const emulator = await emulatorOfFile()

/** A story whose ids and addresses are the same in every run. */
const stable = (story: string, names: Readonly<Record<string, string>>): string[] =>
  Object.entries(names)
    .reduce((text, [id, name]) => text.replaceAll(id, name), story)
    .trimEnd()
    .split('\n')

const titles = ({ entries }: Timeline) => entries.map(({ title }) => title)

test('the official flow of an account reads as one story', async () => {
  await using inbox = await openInbox()
  inbox.answer(({ body }) => (body.transaction_status === 'pending' && inbox.received.length < 3 ? 500 : 200))
  const { admin, api } = newMerchant(emulator)
  await admin.post('clock/freeze')
  await admin.post('clock/set', { to: '2026-12-01T09:00:00+07:00' })
  await admin.patch('settings', {
    payment_notification_url: inbox.url,
    pay_account_notification_url: inbox.url,
    merchant_id: 'G1',
  })
  const link = await api.post('/v2/pay/account', { payment_type: 'gopay', gopay_partner: happyPayer })
  await payer.walk(linkIn(link, 'activation-link-url'))
  await admin.advance('0s')
  const { metadata } = await api.get(`/v2/pay/account/${link.account_id}`)
  const charged = await api.post('/v2/charge', {
    payment_type: 'gopay',
    gopay: { account_id: link.account_id, payment_option_token: metadata.payment_options[0].token },
    transaction_details: { order_id: 'order-1', gross_amount: 150_000 },
  })
  const tried = async () => JSON.stringify(await admin.get('notifications?event=transaction.pending'))
  await expect.poll(tried).toContain('"answer":500')
  await admin.advance('2m')
  const page = linkIn(charged, 'verification-link-app')
  await payer.walk(page, { pin: '000000' })
  await payer.walk(page)
  await admin.advance('0s')
  await api.post('/v2/order-1/refund', { refund_key: 'r1', amount: 1_000 })
  await admin.advance('0s')
  await api.post(`/v2/pay/account/${link.account_id}/unbind`)
  await admin.advance('0s')

  expect(
    stable(await admin.timeline(link.account_id, 'text'), { [link.account_id]: 'ACCOUNT', [inbox.url]: 'INBOX' }),
  ).toEqual([
    'ACCOUNT, times in WIB (GMT+7)',
    '2026-12-01 09:00:00  merchant -> emulator  POST /v2/pay/account',
    '2026-12-01 09:00:00  emulator              account begins: PENDING',
    '2026-12-01 09:00:00  emulator -> merchant  201 PENDING (HTTP 200)',
    '2026-12-01 09:00:00  payer -> emulator     opens the link page: consent',
    '2026-12-01 09:00:00  payer -> emulator     link page, consent: right',
    '2026-12-01 09:00:00  payer -> emulator     link page, otp: right',
    '2026-12-01 09:00:00  payer -> emulator     link page, pin: right',
    '2026-12-01 09:00:00  emulator              account PENDING -> ENABLED',
    '2026-12-01 09:00:00  emulator              account.linked planned for INBOX',
    '2026-12-01 09:00:00  emulator -> merchant  account.linked to INBOX, try 1: 200',
    '2026-12-01 09:00:00  merchant -> emulator  GET /v2/pay/account/ACCOUNT',
    '2026-12-01 09:00:00  emulator -> merchant  200 ENABLED (HTTP 200)',
    '2026-12-01 09:00:00  merchant -> emulator  POST /v2/charge order-1',
    '2026-12-01 09:00:00  emulator              transaction begins: pending',
    '2026-12-01 09:00:00  emulator              transaction.pending planned for INBOX',
    '2026-12-01 09:00:00  emulator -> merchant  201 pending (HTTP 200)',
    '2026-12-01 09:00:00  emulator -> merchant  transaction.pending to INBOX, try 1: 500, again at 2026-12-01 09:02:00',
    '2026-12-01 09:00:00  clock -> emulator     the clock moves from 2026-12-01 09:00:00 to 2026-12-01 09:02:00',
    '2026-12-01 09:02:00  emulator -> merchant  transaction.pending to INBOX, try 2: 200',
    '2026-12-01 09:02:00  payer -> emulator     opens the payment page: pin',
    '2026-12-01 09:02:00  payer -> emulator     payment page, pin: wrong',
    '2026-12-01 09:02:00  payer -> emulator     opens the payment page: pin',
    '2026-12-01 09:02:00  payer -> emulator     payment page, pin: right',
    '2026-12-01 09:02:00  emulator              transaction pending -> settlement',
    '2026-12-01 09:02:00  emulator              transaction.settlement planned for INBOX',
    '2026-12-01 09:02:00  emulator -> merchant  transaction.settlement to INBOX, try 1: 200',
    '2026-12-01 09:02:00  merchant -> emulator  POST /v2/order-1/refund',
    '2026-12-01 09:02:00  emulator              refund r1 accepted',
    '2026-12-01 09:02:00  emulator              transaction settlement -> partial_refund',
    '2026-12-01 09:02:00  emulator              transaction.partial_refund planned for INBOX',
    '2026-12-01 09:02:00  emulator -> merchant  200 partial_refund (HTTP 200)',
    '2026-12-01 09:02:00  emulator -> merchant  transaction.partial_refund to INBOX, try 1: 200',
    '2026-12-01 09:02:00  merchant -> emulator  POST /v2/pay/account/ACCOUNT/unbind',
    '2026-12-01 09:02:00  emulator              account ENABLED -> DISABLED',
    '2026-12-01 09:02:00  emulator              account.unlinked planned for INBOX',
    '2026-12-01 09:02:00  emulator -> merchant  204 DISABLED (HTTP 200)',
    '2026-12-01 09:02:00  emulator -> merchant  account.unlinked to INBOX, try 1: 200',
  ])
})

async function frozenShop(): Promise<Shop> {
  const shop = await newShop(emulator)
  await shop.admin.post('clock/freeze')
  return shop
}

test('an order has the same story by its order_id and by its transaction_id, and nothing of other orders', async () => {
  const shop = await frozenShop()
  const { transaction_id } = await shop.charge('order-1', 50_000)
  await shop.charge('order-2', 50_000)
  await shop.status(transaction_id)
  const byOrder = await shop.admin.timeline('order-1')
  expect(titles(byOrder)).toEqual([
    'POST /v2/charge order-1',
    'transaction begins: settlement',
    'transaction.settlement nowhere to go',
    '200 settlement (HTTP 200)',
    `GET /v2/${transaction_id}/status order-1`,
    '200 settlement (HTTP 200)',
  ])
  const ids = { account_ids: [], order_ids: ['order-1'], transaction_ids: [transaction_id] }
  expect(byOrder).toMatchObject({ subject: 'order-1', ids, dropped: { requests: 0, happenings: 0, entries: 0 } })
  expect(await shop.admin.timeline(transaction_id)).toEqual({ ...byOrder, subject: transaction_id })
})

test('each line says who, to whom, when, and what more is known', async () => {
  const shop = await frozenShop()
  const answer = await shop.charge('order-1', 150_000)
  const { entries } = await shop.admin.timeline('order-1')
  const [noted] = await shop.admin.requests({ operation: 'charge' })
  const at = noted?.at
  expect(entries).toMatchObject([
    {
      at,
      real_at: noted?.real_at,
      from: 'merchant',
      to: 'emulator',
      kind: 'call',
      details: { request_id: noted?.id, operation: 'charge', order_id: 'order-1', account_id: shop.accountId },
    },
    { at, from: 'emulator', to: 'emulator', kind: 'change', details: { id: answer.transaction_id, to: 'pending' } },
    { at, kind: 'notification', details: { event: 'transaction.pending', status: 'nowhere to go' } },
    {
      at,
      from: 'emulator',
      to: 'merchant',
      kind: 'answer',
      details: { request_id: noted?.id, state: 'answered', status: 200, status_code: '201', gross_amount: '150000.00' },
    },
  ])
})

test('an order_id that is used again has all of its payments in one story, and each payment its own', async () => {
  const shop = await frozenShop()
  const denied = await shop.charge('order-1', 50_000, { headers: { 'x-emulator-outcome': '202' } })
  const paid = await shop.charge('order-1', 50_000)
  await shop.charge('order-1', 50_000)
  expect((await shop.admin.timeline('order-1')).ids.transaction_ids).toEqual([
    denied.transaction_id,
    paid.transaction_id,
  ])
  const changes = async (id: string) =>
    titles(await shop.admin.timeline(id)).filter((title) => /begins|\d{3}/.test(title))
  expect(await changes('order-1')).toEqual([
    'transaction begins: deny',
    '202 deny (HTTP 200)',
    'transaction begins: settlement',
    '200 settlement (HTTP 200)',
    expect.stringMatching(/^406 /),
  ])
  const ofDenied = ['transaction begins: deny', '202 deny (HTTP 200)', expect.stringMatching(/^406 /)]
  expect(await changes(denied.transaction_id)).toEqual(ofDenied)
})

test('a charge that was refused is a story as well', async () => {
  const shop = await frozenShop()
  await shop.admin.put('rules', [{ match: { operation: 'charge', order_id: 'order-1' }, outcome: '503' }])
  await shop.charge('order-1', 50_000)
  await shop.status('order-1')
  expect(titles(await shop.admin.timeline('order-1'))).toEqual([
    'POST /v2/charge order-1',
    'rule: Each charge request with order_id order-1 is refused with status_code 503.',
    '503 Bank/partner is experiencing connection issue. (HTTP 503)',
    'GET /v2/order-1/status',
    "404 Transaction doesn't exist. (HTTP 200)",
  ])
})

test('a rule stands in the story of what it decided, and in no other', async () => {
  const shop = await frozenShop()
  await shop.admin.patch('settings', { pay_account_notification_url: 'http://127.0.0.1:9/' })
  await shop.admin.put('rules', [
    { match: { operation: 'unbind' }, outcome: 'deny', times: 1 },
    { match: { operation: 'notification', event: 'account.*' }, outcome: 'drop' },
    { match: { operation: 'refund' }, outcome: 'deny' },
  ])
  await shop.charge('order-1', 50_000)
  await shop.api.post('/v2/order-1/refund', { refund_key: 'r1' })
  for (let times = 0; times < 2; times++) await shop.api.post(`/v2/pay/account/${shop.accountId}/unbind`)
  const ruled = async (id: string) => titles(await shop.admin.timeline(id)).filter((title) => /rule|drop/.test(title))
  expect(await ruled('order-1')).toEqual(['rule: Each refund request is denied.'])
  expect(await ruled(shop.accountId)).toEqual([
    'rule: Each refund request is denied.',
    'rule: Each unbind request is denied, once.',
    'rule: Each notification with event account.* is never sent.',
    'account.unlinked dropped for http://127.0.0.1:9/ (drop)',
  ])
})

test('what is done at the gate, and what is sent once more, is told', async () => {
  await using inbox = await openInbox()
  const shop = await frozenShop()
  await shop.admin.patch('settings', { payment_notification_url: inbox.url })
  await shop.admin.post('gate/hold', {})
  await shop.charge('order-1', 50_000)
  const { held } = (await shop.admin.get('gate')) as { held: { id: string }[] }
  await shop.admin.post('gate/edit', { id: held[0]?.id, fields: { extra: 'x' } })
  await shop.admin.post('gate/resume')
  await shop.admin.advance('0s')
  await shop.admin.post('notifications/resend', { filter: { order_id: 'order-1' } })
  await shop.admin.advance('0s')
  await shop.admin.post('gate/hold', {})
  await shop.admin.post('notifications/resend', { filter: { order_id: 'order-1' } })
  await shop.admin.post('gate/drop', { first: 1 })
  const told = (await shop.admin.timeline('order-1')).entries.filter(({ kind }) => kind === 'notification')
  expect(told.map(({ title }) => title.replaceAll(inbox.url, 'INBOX').replace('transaction.settlement ', ''))).toEqual([
    'held for INBOX',
    'edited at the gate for INBOX (edited)',
    'released from the gate for INBOX (edited)',
    'to INBOX, try 1: 200',
    'planned for INBOX (resend)',
    'to INBOX, try 1: 200',
    'held for INBOX (resend)',
    'dropped at the gate for INBOX (resend)',
  ])
})

test('a handler that is down for good is told of until it is given up', async () => {
  const shop = await frozenShop()
  await shop.admin.patch('settings', { payment_notification_url: 'http://127.0.0.1:9/' })
  await shop.charge('order-1', 50_000)
  await shop.admin.advance('1d')
  const tries = titles(await shop.admin.timeline('order-1')).filter((title) => title.includes('try'))
  expect(tries.length).toBeGreaterThan(3)
  expect(tries.at(0)).toMatch(/, try 1: .*, again at \d/)
  expect(tries.at(-1)).toMatch(/, given up$/)
})

test.each([
  ['declines', { declineAt: 'pin' }, ['payment page, pin: declined']],
  ['closes the tab', { leaveAt: 'pin' }, []],
  ['gives a wrong PIN', { pin: '000000' }, ['payment page, pin: wrong']],
])('a payer who %s is told of so', async (_what, walk, answers) => {
  const shop = await frozenShop()
  const charged = await shop.charge('order-1', 150_000)
  await payer.walk(linkIn(charged, 'verification-link-app'), walk)
  const visits = (await shop.admin.timeline('order-1')).entries.filter(({ kind }) => kind === 'page')
  expect(visits.map(({ title }) => title)).toEqual(['opens the payment page: pin', ...answers])
  expect(visits[0]).toMatchObject({ from: 'payer', to: 'emulator', details: { phone: '628215023424', via: 'app' } })
})

test('a third wrong PIN, a used link and one that is over are told', async () => {
  const shop = await frozenShop()
  const charged = await shop.charge('order-1', 150_000)
  const [web, app] = [linkIn(charged, 'verification-link-url'), linkIn(charged, 'verification-link-app')]
  for (const link of [web, web, app, app]) await payer.walk(link, { pin: '000000' })
  await payer.walk(app)
  await shop.charge('order-2', 150_000)
  await shop.admin.advance('6m')
  const visits = async (id: string) => titles(await shop.admin.timeline(id)).filter((title) => title.includes('page'))
  expect(await visits('order-1')).toEqual([
    'opens the payment page: pin',
    'payment page, pin: wrong',
    'opens the payment page: used',
    'opens the payment page: pin',
    'payment page, pin: wrong',
    'opens the payment page: pin',
    'payment page, pin: wrong, for the last time',
    'opens the payment page: failed',
  ])
  expect(await visits('order-2')).toEqual(['page pin -> expired'])
})

test('a payer who ends the link in the app is told of, and so is whoever scans the code of plain GoPay', async () => {
  const shop = await frozenShop()
  await fetch(`${emulator.url}/gopay/accounts/${shop.accountId}`)
  const body = new URLSearchParams({ action: 'unlink' })
  await fetch(`${emulator.url}/gopay/accounts/${shop.accountId}`, { method: 'POST', body, redirect: 'manual' })
  expect(titles(await shop.admin.timeline(shop.accountId)).slice(-4)).toEqual([
    'opens the account page: ENABLED',
    'presses unlink on the account page',
    'account ENABLED -> DISABLED',
    'account.unlinked nowhere to go',
  ])
  const charge = { payment_type: 'gopay', transaction_details: { order_id: 'plain', gross_amount: 1_000 } }
  await payer.walk(linkIn(await shop.api.post('/v2/charge', charge), 'deeplink-redirect'))
  const pages = (await shop.admin.timeline('plain')).entries.filter(({ kind }) => kind === 'page')
  expect(pages.map(({ title, details }) => [title, details.phone])).toEqual([
    ['opens the payment page: phone', ''],
    ['payment page, phone: right', '628215023424'],
    ['payment page, pin: right', '628215023424'],
  ])
})

test('jumps of the clock, settings and resets stand between, but not before and not after', async () => {
  const shop = await frozenShop()
  await shop.admin.advance('1m')
  const { transaction_id } = await shop.charge('order-1', 50_000)
  await shop.admin.post('clock/resume')
  await shop.admin.post('clock/freeze')
  await shop.admin.patch('settings', { flow: 'app', seed: '2' })
  await shop.admin.advance('1m')
  await shop.admin.post('reset')
  await shop.admin.post('clock/freeze')
  await shop.admin.post('clock/set', { to: '2026-12-01T09:00:00+07:00' })
  await shop.status('order-1')
  await shop.admin.advance('1m')
  const story = await shop.admin.timeline('order-1')
  expect(
    titles(story)
      .slice(4, -2)
      .map((title) => title.replaceAll(/\d{4}-\S+ \S+/g, 'T')),
  ).toEqual([
    'the clock goes on from T',
    'the clock stops at T',
    'settings changed: flow, seed',
    'the clock moves from T to T',
    'the sandbox is reset',
    'the clock stops at T',
    'the clock moves from T to T',
  ])
  // After a reset the journal alone knows it.
  expect(story.ids).toMatchObject({ order_ids: ['order-1'], transaction_ids: [transaction_id] })
  expect(titles(await shop.admin.timeline(transaction_id))).toContain('transaction begins: settlement')
  expect(titles(await shop.admin.timeline(shop.accountId))).toContain('POST /v2/charge order-1')
})

test('a story has 1,000 entries at the most, the latest, and says how many are missing', async () => {
  const shop = await frozenShop()
  await shop.charge('order-1', 50_000)
  for (let batch = 0; batch < 20; batch++) {
    await Promise.all(Array.from({ length: 50 }, () => shop.status('order-1')))
  }
  const { entries, dropped } = await shop.admin.timeline('order-1')
  expect(entries).toHaveLength(1_000)
  // 1,000 calls with their answers, and what the charge has left.
  expect(dropped.entries).toBe(1_000 + 2)
  expect(dropped.requests).toBeGreaterThan(0)
  expect(entries.map(({ seq }) => seq)).toEqual(entries.map(({ seq }) => seq).toSorted((one, other) => one - other))
  expect(await shop.admin.timeline('order-1', 'text')).toContain('Not shown: 1002 earlier lines')
  expect(await shop.admin.timeline('order-1', 'mermaid')).toContain('1002 earlier entries')
})

test('an id that is not known is a problem that names the latest, and so is an unknown format', async () => {
  const shop = await frozenShop()
  for (let order = 1; order < 8; order++) await shop.charge(`order-${order}`, 1_000)
  const { status, body } = await adminRequest(emulator, 'timeline/order-9', { key: shop.key })
  expect({ status, ...body }).toMatchObject({
    status: 404,
    detail: expect.stringContaining('order-9'),
    hint: `The latest are ${shop.accountId}, order-7, order-6, order-5, order-4, order-3.`,
  })
  expect(await adminRequest(emulator, 'timeline/order-1?format=pdf', { key: shop.key })).toMatchObject({
    status: 400,
    body: { detail: 'format: found "pdf", expected json, mermaid, text' },
  })
  const empty = newMerchant(emulator)
  await empty.admin.get('clock')
  expect(await adminRequest(emulator, 'timeline/x', { key: empty.key })).toMatchObject({
    status: 404,
    body: { hint: 'It has none yet.' },
  })
})

test('text and diagram come as plain text', async () => {
  const shop = await frozenShop()
  await shop.charge('order 1/ö', 1_000)
  for (const format of ['text', 'mermaid']) {
    const { http, headers } = await fetchText(shop, `timeline/${encodeURIComponent('order 1/ö')}?format=${format}`)
    expect([http, headers.get('content-type')]).toEqual([200, 'text/plain; charset=utf-8'])
  }
})

async function fetchText({ key }: Shop, path: string) {
  const authorization = `Basic ${btoa(`${key}:`)}`
  const response = await fetch(`${emulator.url}/__admin/${path}`, { headers: { authorization } })
  return { http: response.status, headers: response.headers, text: await response.text() }
}

test('a payer who walks without a browser is told of like any other', async () => {
  const shop = await frozenShop()
  await shop.charge('order-1', 150_000)
  await shop.admin.walk('order-1', { pin: ['wrong'], leaves_at: 'pin' })
  await shop.charge('order-2', 150_000)
  await shop.admin.walk('order-2', { pin: ['wrong'] })
  const pages = async (id: string) => titles(await shop.admin.timeline(id)).filter((title) => /page/.test(title))
  expect(await pages('order-1')).toEqual(['opens the payment page: pin', 'closes the payment page, pin'])
  expect(await pages('order-2')).toEqual([
    'opens the payment page: pin',
    'payment page, pin: wrong',
    'payment page, pin: right',
  ])
})
