import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { request as httpRequest } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { startEmulator } from '../../src/testkit/index.ts'
import { emulatorOfFile, newMerchant, newShop } from '../midtrans/merchant.ts'

const emulator = await emulatorOfFile()

interface Asked {
  readonly method?: string
  readonly form?: Readonly<Record<string, string>>
  readonly headers?: Readonly<Record<string, string>>
}

/** One request of a browser; redirects are not followed. */
async function ask(path: string, { method, form, headers }: Asked = {}, url = emulator.url) {
  const response = await fetch(url + path, {
    method: method ?? (form ? 'POST' : 'GET'),
    redirect: 'manual',
    headers: { accept: 'text/html', ...headers },
    ...(form && { body: new URLSearchParams(form) }),
  })
  const html = await response.text()
  return { status: response.status, html, location: response.headers.get('location') ?? '', headers: response.headers }
}

/** The text of an element with this test id. */
const textOf = (html: string, testId: string) =>
  (new RegExp(`data-testid="${testId}"[^>]*>(?:<code>)?([^<]*)`).exec(html)?.[1] ?? '')
    .replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')

/** A sandbox whose pages have an address that is known. */
async function newSandbox(merchant_id: string) {
  const shop = await newShop(emulator)
  await shop.admin.patch('settings', { merchant_id })
  return { ...shop, base: `/dashboard/${merchant_id}` }
}

test('a browser at / is taken to the dashboard, a script is told what there is', async () => {
  expect(await ask('/')).toMatchObject({ status: 303, location: '/dashboard' })
  const told = await ask('/', { headers: { accept: 'application/json' } })
  expect(JSON.parse(told.html)).toMatchObject({ dashboard: `${emulator.url}/dashboard` })
})

test('without an admin API there is no dashboard', async () => {
  await using closed = await startEmulator({ admin: 'off' })
  expect((await ask('/', {}, closed.url)).status).toBe(200)
  expect((await ask('/dashboard', {}, closed.url)).status).toBe(404)
})

test('a page of another site can neither look nor press a button, under whatever name it reaches us', async () => {
  const { base } = await newSandbox('G-foreign')
  const form = { method: 'POST', path: '/__admin/reset', label: 'Reset', back: base }
  expect((await ask(`${base}/call`, { form, headers: { origin: 'https://evil.example' } })).status).toBe(403)
  expect((await ask(`${base}/call`, { form, headers: { origin: 'null' } })).status).toBe(403)
  expect(
    (
      await ask('/dashboard/open', {
        form: { server_key: 'SB-Mid-server-evil' },
        headers: { origin: 'https://evil.example' },
      })
    ).status,
  ).toBe(403)
  for (const path of [base, '/dashboard', `${base}/events`])
    expect(await statusUnder('rebound.example', path)).toBe(403)
  expect((await ask(`${base}/call`, { form, headers: { origin: emulator.url } })).status).toBe(303)
})

/** fetch would not send another Host. */
const statusUnder = (host: string, path: string) =>
  new Promise<number>((resolve, reject) => {
    httpRequest(`${emulator.url}${path}`, { headers: { host } }, (response) => {
      response.destroy()
      resolve(response.statusCode ?? 0)
    })
      .on('error', reject)
      .end()
  })

test('no page may be framed, and none runs or loads anything but our own files', async () => {
  const policy = (await ask('/dashboard')).headers.get('content-security-policy') ?? ''
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain("frame-ancestors 'none'")
  expect(policy).not.toContain('unsafe')
})

test('with an admin token the dashboard asks for it once, and its buttons work', async () => {
  await using guarded = await startEmulator({ 'admin-token': 'open sesame' })
  const admin = guarded.admin('SB-Mid-server-guarded')
  await admin.patch('settings', { merchant_id: 'G-guarded' })
  const base = '/dashboard/G-guarded'
  const asked = await ask(`${base}/transactions`, {}, guarded.url)
  expect(asked.status).toBe(401)
  expect(asked.html).toContain('data-testid="token"')
  const form = { token: 'open sesame', back: `${base}/transactions` }
  expect((await ask('/dashboard/sign-in', { form: { ...form, token: 'open' } }, guarded.url)).status).toBe(401)
  const signedIn = await ask('/dashboard/sign-in', { form }, guarded.url)
  expect(signedIn.location).toBe(`${base}/transactions`)
  const setCookie = signedIn.headers.get('set-cookie') ?? ''
  expect(setCookie).toMatch(/HttpOnly; SameSite=Strict$/)
  expect(setCookie).not.toContain('sesame')
  const headers = { cookie: setCookie.split(';')[0] ?? '' }
  expect((await ask(`${base}/transactions`, { headers }, guarded.url)).status).toBe(200)
  const freeze = { method: 'POST', path: '/__admin/clock/freeze', label: 'Freeze', back: base }
  await ask(`${base}/call`, { form: freeze, headers }, guarded.url)
  expect(await admin.get('clock')).toMatchObject({ mode: 'frozen' })
  expect((await ask(`${base}/call`, { form: freeze }, guarded.url)).status).toBe(401)
})

test('after a button comes a page of the dashboard, wherever its form wants to lead', async () => {
  const { base } = await newSandbox('G-back')
  const form = { method: 'GET', path: '/__admin/clock', label: 'Clock' }
  for (const back of [
    'https://evil.example',
    '//evil.example',
    '/dashboard\\evil',
    '/dashboardx',
    '/dashboard/中é',
    '/dashboard/\u0001',
    '',
  ]) {
    expect((await ask(`${base}/call`, { form: { ...form, back } })).location).toMatch(/^\/dashboard\?told=/)
  }
})

test.each([
  [{ method: 'POST', path: 'http://evil.example/' }, 'expected a call of an API'],
  [{ method: 'TRACE', path: '/__admin/reset' }, 'expected a call of an API'],
  [{ method: 'POST', path: '/__admin/clock/advance', body: '[' }, 'expected a JSON object'],
  [{ method: 'POST', path: '/v2/charge', 'number.amount': 'ten' }, 'expected a whole number'],
  [{ method: 'POST', path: '/v2/charge', [`text${'.a'.repeat(5_000)}`]: 'x' }, 'found 5000 levels'],
  [{ method: 'POST', path: '/v2/charge', 'json.a': `${'['.repeat(20_000)}${']'.repeat(20_000)}` }, 'nested too deeply'],
])('a form that says %j is refused in words', async (form, words) => {
  const { admin } = newMerchant(emulator)
  // What GET /__admin/settings answers.
  const { merchant_id } = (await admin.get('settings')) as { merchant_id: string }
  const answer = await ask(`/dashboard/${merchant_id}/call`, { form })
  expect(answer.status).toBe(400)
  expect(answer.html).toContain(words)
})

test('what a button has done is told in the words of the API, with the same call for curl that works', async () => {
  const { base, charge, admin } = await newSandbox('G-told')
  await charge('order-told', 50_000)
  const form = {
    method: 'POST',
    path: '/v2/order-told/refund',
    label: 'Refund',
    back: `${base}/transactions`,
    'number.amount': '60.000',
  }
  const refused = await ask((await ask(`${base}/call`, { form })).location)
  expect(refused.html).toContain('class="note bad"')
  expect(refused.html).toContain('Refund: 414')
  const good = await ask(
    (await ask(`${base}/call`, { form: { ...form, 'number.amount': '10.000', 'text.reason': "it's <b>blue</b>" } }))
      .location,
  )
  expect(good.html).toContain('Refund: 200')
  expect(good.html).not.toContain('<b>blue')
  const curl = textOf(good.html, 'note-curl')
  const { stdout } = await promisify(execFile)('sh', ['-c', curl.replace('10000', '20000')])
  expect(JSON.parse(stdout)).toMatchObject({ status_code: '200', refund_amount: '20000.00' })
  expect(await admin.get('transactions?order_id=order-told')).toMatchObject([
    { refunds: [{ amount: 10_000 }, { amount: 20_000 }] },
  ])
})

test('a fault that loses the answer is told as such', async () => {
  const { base, admin, charge } = await newSandbox('G-lost')
  await charge('order-lost', 1_000)
  await admin.rules([{ match: { operation: 'refund' }, fault: 'after:reset', times: 'once' }])
  const form = { method: 'POST', path: '/v2/order-lost/refund', label: 'Refund', back: base }
  const { location } = await ask(`${base}/call`, { form })
  expect((await ask(location)).html).toContain('Refund: no answer')
})

test('payments are paged, searched and filtered', async () => {
  const { base, charge } = await newSandbox('G-list')
  for (let n = 0; n < 55; n++) await charge(`order-${n}`, n === 7 ? 150_000 : 1_000 + n)
  const first = await ask(`${base}/transactions`)
  expect(first.html.match(/transaction-row/g)).toHaveLength(50)
  expect(first.html).toContain('data-testid="older"')
  const last = await ask(`${base}/transactions?page=2`)
  expect(last.html.match(/transaction-row/g)).toHaveLength(5)
  expect(last.html).toContain('>order-0<')
  expect((await ask(`${base}/transactions?q=ORDER-54`)).html.match(/transaction-row/g)).toHaveLength(1)
  const pending = await ask(`${base}/transactions?status=pending`)
  expect(pending.html.match(/transaction-row/g)).toHaveLength(1)
  expect(pending.html).toContain('>order-7<')
  expect((await ask(`${base}/transactions?page=-3&q=%00&status=nonsense`)).html).toContain('No payments like that')
})

test('a log that knows an order alone can point at its page', async () => {
  const { base, charge, accountId, raw, admin } = await newSandbox('G-find')
  await charge('order-find-me', 1_000)
  expect(admin.pageOf('order-find-me')).toBe(`${emulator.url}/dashboard/find/order-find-me`)
  expect((await ask('/dashboard/find/order-find-me')).location).toMatch(new RegExp(`^${base}/transactions/[\\w-]+$`))
  expect((await ask(`/dashboard/find/${accountId}`)).location).toBe(`${base}/accounts/${accountId}`)
  await raw('GET', '/v2/order-refused/status')
  const { location } = await ask('/dashboard/find/order-refused')
  expect(location).toBe(`${base}/timeline/order-refused`)
  expect((await ask(location)).html).toContain('GET /v2/order-refused/status')
  expect((await ask('/dashboard/find/order-unknown')).status).toBe(404)
  expect((await ask(`${base}/transactions/order-find-me`)).html).toContain('Order order-find-me')
})

test('an order with any characters in it is shown as it is, and does nothing', async () => {
  const { base, charge } = await newSandbox('G-odd')
  const orderId = '~<img-src=x>.\'"&_'
  await charge(orderId, 1_000)
  const listed = await ask(`${base}/transactions`)
  if (listed.html.includes('transaction-row')) expect(listed.html).not.toContain('<img')
  expect((await ask(`${base}/transactions?q=%3Cscript%3E`)).html).not.toContain('<script>')
})

test('half of a character in an order_id breaks no page', async () => {
  const { base, admin, api } = await newSandbox('G-half')
  await admin.freeze()
  const half = 'half-\ud800'
  const details = (gross_amount: number) => ({ transaction_details: { order_id: half, gross_amount } })
  await api.post('/v2/charge', { payment_type: 'gopay', ...details(1_000) })
  await api.post('/v2/charge', { payment_type: 'gopay', ...details(-1) })
  for (const page of ['', '/shop', '/transactions', '/requests', '/notifications', '/clock', '/rules', '/payers']) {
    expect((await ask(`${base}${page}`)).status, page).toBe(200)
  }
  const [{ transaction_id }] = (await admin.get('transactions')) as [{ transaction_id: string }]
  expect((await ask(`${base}/transactions/${transaction_id}`)).status).toBe(200)
})

/** A story worth copying: a wrong PIN, a confirmation, a jump of the clock, a refund in part. */
async function aStory(merchantId: string) {
  const sandbox = await newSandbox(merchantId)
  const { admin, charge, api, base } = sandbox
  await admin.freeze()
  await charge('order-copy', 150_000, { more: { custom_field1: "it's `odd` ${x}" } })
  await admin.simulate('wrong-pin', 'order-copy')
  await admin.simulate('confirm', 'order-copy')
  await admin.advance('1h')
  await api.post('/v2/order-copy/refund', { refund_key: 'r1', amount: 50_000 })
  return { ...sandbox, html: (await ask(`${base}/transactions/order-copy`)).html }
}

test('a story that was copied as a scenario passes', async () => {
  const { html } = await aStory('G-scenario')
  const { parse } = await import('yaml')
  const scenario = parse(textOf(html, 'text-scenario'))
  expect(scenario.steps.map((step: object) => Object.keys(step)[0])).toEqual([
    'call',
    'simulate',
    'call',
    'call',
    'simulate',
    'simulate',
    'advance',
    'call',
    'expect',
  ])
  const run = await newMerchant(emulator).admin.post('scenarios/run', scenario)
  expect(run).toMatchObject({ passed: true })
})

test('a story that was copied as a test passes, and fails where it ends otherwise', async () => {
  const { html } = await aStory('G-testkit')
  const folder = await mkdtemp(join(tmpdir(), 'midtrans-emulator-copied-'))
  const testKit = new URL('../../src/testkit/index.ts', import.meta.url).href
  const run = async (text: string) => {
    const file = join(folder, 'copied.mjs')
    await writeFile(file, text.replace('midtrans-emulator/testkit', testKit))
    return promisify(execFile)(process.execPath, [file]).then(
      () => 'passed',
      () => 'failed',
    )
  }
  try {
    const text = textOf(html, 'text-testkit')
    expect(await run(text)).toBe('passed')
    expect(await run(text.replace("'partial_refund' }", "'refund' }, within: '100ms'"))).toBe('failed')
  } finally {
    await rm(folder, { recursive: true })
  }
})

test('the practice handler answers as its address says', async () => {
  const { admin, charge } = await newSandbox('G-practice')
  await admin.freeze()
  await admin.patch('settings', { payment_notification_url: `${emulator.url}/practice/notifications/500` })
  await charge('order-practice', 1_000)
  await admin.advance('0s')
  expect(await admin.get('notifications?order_id=order-practice')).toMatchObject([
    { state: 'planned', deliveries: [{ attempts: [{ answer: 500 }] }] },
  ])
  await admin.patch('settings', { payment_notification_url: `${emulator.url}/practice/notifications/200` })
  await charge('order-practised', 1_000)
  await admin.advance('0s')
  expect(await admin.get('notifications?order_id=order-practised')).toMatchObject([{ state: 'delivered' }])
  expect((await ask('/practice/notifications/999', { form: {} })).status).toBe(404)
})
