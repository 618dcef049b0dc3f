import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { payer } from '../../src/testkit/index.ts'
import { emulatorOfFile, newMerchant } from '../midtrans/merchant.ts'
import { openShop } from '../midtrans/subscriptions/subscriber.ts'

const emulator = await emulatorOfFile()

async function newSandbox(merchant_id: string) {
  const shop = await openShop(emulator)
  await shop.admin.patch('settings', { merchant_id })
  return { ...shop, base: `/dashboard/${merchant_id}` }
}

const get = async (path: string) => {
  const response = await fetch(emulator.url + path, { redirect: 'manual', headers: { accept: 'text/html' } })
  return { status: response.status, html: await response.text(), location: response.headers.get('location') }
}

/** The words of a page, without its marks. */
const wordsOf = (html: string) =>
  html
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .replaceAll('&gt;', '>')

const elementOf = (html: string, testId: string) =>
  (new RegExp(`data-testid="${testId}"[^>]*>(?:<code>)?([^<]*)`).exec(html)?.[1] ?? '')
    .replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')

/** Presses a button as its form does. */
async function press(base: string, html: string, testId: string, typed: Readonly<Record<string, string>> = {}) {
  const form = html.split('<form').find((part) => part.includes(`data-testid="${testId}"`)) ?? ''
  const hidden = Array.from(
    form.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g),
    ([, name, value]) => [
      name ?? '',
      (value ?? '').replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&'),
    ],
  )
  const body = new URLSearchParams({ ...Object.fromEntries(hidden), ...typed })
  const response = await fetch(`${emulator.url}${base}/call`, { method: 'POST', redirect: 'manual', body })
  expect(response.status).toBe(303)
  return get(response.headers.get('location') ?? '')
}

test('a subscription has a page: its schedule, its charges, and what is told of it', async () => {
  const { base, subscribe, admin } = await newSandbox('G-subs')
  const { id } = await subscribe({ schedule: { interval: 2, interval_unit: 'week', max_interval: 3 } })
  await admin.next()
  const { html } = await get(`${base}/subscriptions/${id}`)
  expect(wordsOf(html)).toMatch(/Subscription monthly-gold active/)
  expect(wordsOf(html)).toContain('Rp20.000, every 2 weeks')
  expect(elementOf(html, 'charges')).toBe('1 of 3')
  expect(elementOf(html, 'next-charge')).toBe('2026-02-07 08:00:00')
  expect(html.match(/data-testid="transaction-row"/g)).toHaveLength(1)
  expect(html).toContain('subscription.charge')
  expect(wordsOf((await get(`${base}/transactions`)).html)).toMatch(/monthly-gold\d{32} subscription settlement/)
  const [payment] = (await admin.get('transactions')) as { transaction_id: string }[]
  const came = await get(`${base}/transactions/${payment?.transaction_id}`)
  expect(elementOf(came.html, 'came-from')).toBe('subscription monthly-gold')
})

test('what is to be tried again says so, and messages and requests lead to their subscription', async () => {
  const { base, subscribe, admin, setBalance } = await newSandbox('G-subretry')
  const { id } = await subscribe()
  await setBalance(0)
  await admin.next()
  const page = `${base}/subscriptions/${id}`
  const { html } = await get(page)
  expect(elementOf(html, 'next-charge')).toBe('2026-02-10 09:00:00, retry 1 of 3')
  expect(elementOf(html, 'to-next-charge')).toBe('Go to the retry')
  expect(wordsOf((await get(`${base}/subscriptions`)).html)).toContain('2026-02-10 09:00:00 (retry)')
  for (const list of ['notifications?q=monthly-gold', `requests?q=${id}`]) {
    expect((await get(`${base}/${list}`)).html, list).toContain(`href="${page}"`)
  }
})

test('subscriptions are listed, searched, counted, and found by their id', async () => {
  const { base, subscribe, post, accountId } = await newSandbox('G-sublist')
  const { id } = await subscribe()
  const silver = await subscribe({ name: 'weekly-silver', schedule: { interval: 1, interval_unit: 'week' } })
  await post(silver.id, 'disable')
  const rows = async (query: string) =>
    (await get(`${base}/subscriptions${query}`)).html.match(/data-testid="subscription-row"/g)?.length ?? 0
  expect([await rows(''), await rows('?q=silver'), await rows('?status=inactive'), await rows('?q=none')]).toEqual([
    2, 1, 1, 0,
  ])
  expect(wordsOf((await get(base)).html)).toContain('2 Subscriptions')
  expect(await get(`/dashboard/find/${id}`)).toMatchObject({ status: 303, location: `${base}/subscriptions/${id}` })
  expect((await get(`${base}/accounts/${accountId}`)).html).toContain('weekly-silver')
  expect((await get(`${base}/clock`)).html).toContain(`${base}/subscriptions/${id}`)
  expect((await get(`${base}/subscriptions/none`)).status).toBe(404)
})

test('every button of a subscription is a call that a script could make', async () => {
  const { base, subscribe, subscription } = await newSandbox('G-subbuttons')
  const { id } = await subscribe()
  const page = `${base}/subscriptions/${id}`
  const pressed = async (testId: string, typed = {}) => press(base, (await get(page)).html, testId, typed)
  expect(wordsOf((await pressed('to-next-charge')).html)).toContain('subscription, charge: settlement')
  expect(await subscription(id)).toMatchObject({ schedule: { current_interval: 1 } })
  await pressed('simulate-charge-now')
  expect(await subscription(id)).toMatchObject({ schedule: { current_interval: 2 } })
  expect(wordsOf((await pressed('disable')).html)).toContain('Subscription is updated.')
  expect(await subscription(id)).toMatchObject({ status: 'inactive' })
  await pressed('enable')
  expect(await subscription(id)).toMatchObject({ status: 'active' })
  await pressed('update', { 'number.amount': '30.000' })
  expect(await subscription(id)).toMatchObject({ amount: '30000' })
  await pressed('cancel')
  expect(await subscription(id)).toMatchObject({ status: 'inactive' })
})

test('the shop begins a subscription, and sells with Snap', async () => {
  const { base, accountId, token, admin } = await newSandbox('G-subshop')
  const { html } = await get(`${base}/shop`)
  const begun = await press(base, html, 'subscribe', {
    'text.name': 'monthly-shop',
    'number.amount': '45.000',
    'over.wallet': JSON.stringify({ token, gopay: { account_id: accountId } }),
    'number.schedule.interval': '1',
    'text.schedule.interval_unit': 'month',
    'number.schedule.max_interval': '',
  })
  expect(wordsOf(begun.html)).toMatch(/Subscription monthly-shop active/)
  const sold = await press(base, html, 'snap', {
    'text.transaction_details.order_id': 'snap-1',
    'number.transaction_details.gross_amount': '50.000',
    'text.user_id': 'customer-1',
    'flag.gopay.tokenization': 'on',
  })
  expect(wordsOf(sold.html)).toMatch(/Snap, order snap-1 open/)
  expect(elementOf(sold.html, 'note-link')).toBe('Open the Snap page')
  expect(await admin.snapSessions()).toMatchObject([{ order_id: 'snap-1', gopay: { tokenization: true } }])
})

test('a Snap session has a page: what is offered, the link to its page, and what was paid', async () => {
  const { base, admin, api } = await newSandbox('G-snap')
  const { token, redirect_url } = await api.post('/snap/v1/transactions', {
    transaction_details: { order_id: 'order-snap', gross_amount: 50_000 },
    user_id: 'customer-7',
    gopay: { tokenization: true },
  })
  const page = `${base}/snap/${token}`
  const before = wordsOf((await get(page)).html)
  expect(before).toContain('Snap, order order-snap open')
  expect(before).toContain('a linked GoPay wallet, or GoPay by QR code')
  expect((await get(page)).html).toContain(`href="${redirect_url}"`)
  expect((await get(`/dashboard/find/${token}`)).location).toBe(page)
  expect((await get('/dashboard/find/order-snap')).location).toBe(page)
  await payer.walk(redirect_url)
  const { html } = await get(page)
  expect(wordsOf(html)).toMatch(/Payment settlement/)
  expect(wordsOf(html)).toContain('opens the Snap page')
  const [payment] = (await admin.get('transactions')) as { transaction_id: string }[]
  const came = await get(`${base}/transactions/${payment?.transaction_id}`)
  expect(elementOf(came.html, 'came-from')).toBe('the Snap page')
  // What was chosen on the page cannot be chosen again by a file.
  expect(elementOf(came.html, 'text-curl')).toContain('/snap/v1/transactions')
  expect(came.html).not.toContain('text-scenario')
})

test('Snap sessions are listed and searched, cancelled and expired by buttons', async () => {
  const { base, api, admin } = await newSandbox('G-snaplist')
  const tokens: string[] = []
  for (const order_id of ['order-1', 'order-2']) {
    const { token } = await api.post('/snap/v1/transactions', {
      transaction_details: { order_id, gross_amount: 1_000 },
    })
    tokens.push(token)
  }
  const [first = '', second = ''] = tokens
  await press(base, (await get(`${base}/snap/${first}`)).html, 'cancel')
  await press(base, (await get(`${base}/snap/${second}`)).html, 'simulate-expire-session')
  expect((await admin.snapSessions()).map(({ status }) => status)).toEqual(['expired', 'canceled'])
  expect(wordsOf((await get(`${base}/snap/${first}`)).html)).toContain('needs an open session, and it is canceled')
  const rows = async (query: string) =>
    (await get(`${base}/snap${query}`)).html.match(/data-testid="snap-row"/g)?.length ?? 0
  expect([await rows(''), await rows('?q=order-1'), await rows('?status=expired')]).toEqual([2, 1, 1])
  expect((await get(`${base}/snap/none`)).status).toBe(404)
})

test('what Snap refuses stands in the note, in its own words', async () => {
  const { base } = await newSandbox('G-snapno')
  const { html } = await get(`${base}/shop`)
  const refused = await press(base, html, 'snap', {
    'text.transaction_details.order_id': 'order-1',
    'number.transaction_details.gross_amount': '',
  })
  expect(wordsOf(refused.html)).toMatch(/Sell with Snap: 400/)
  expect(wordsOf(refused.html)).toContain('transaction_details.gross_amount is required')
})

test('the story of a subscription that was copied as a scenario passes, and fails where it ends otherwise', async () => {
  const { base, subscribe, admin, post } = await newSandbox('G-subcopy')
  const { id } = await subscribe()
  await admin.advance('31d')
  await post(id, 'disable')
  const { html } = await get(`${base}/subscriptions/${id}`)
  const scenario = parse(elementOf(html, 'text-scenario'))
  const { admin: other } = newMerchant(emulator)
  expect(await other.post('scenarios/run', scenario)).toMatchObject({ passed: true })
  const steps = scenario.steps
    .filter((step: object) => !('advance' in step))
    .map((step: { expect?: object }) => (step.expect ? { expect: { ...step.expect, within: '1ms' } } : step))
  expect(await other.post('scenarios/run', { ...scenario, steps })).toMatchObject({ passed: false })
  expect(elementOf(html, 'text-testkit')).toContain('/v1/subscriptions/${subscription.id}/disable')
})

test('who connects a shop is told the client key, and how a page of it loads snap.js', async () => {
  const { base, admin } = await newSandbox('G-connect')
  const { client_key } = (await admin.get('settings')) as { client_key: string }
  const { html } = await get(`${base}/connect`)
  expect(elementOf(html, 'client-key')).toBe(client_key)
  expect(elementOf(html, 'code-snap-js')).toContain(
    `<script src="${emulator.url}/snap/snap.js" data-client-key="${client_key}"></script>`,
  )
})
