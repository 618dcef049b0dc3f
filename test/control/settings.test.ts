import { expect, test } from 'vitest'
import { defaultQuirks } from '../../src/midtrans/quirks.ts'
import { startEmulator } from '../../src/testkit/index.ts'
import { adminRequest } from './admin-request.ts'

const key = 'SB-Mid-server-settings'
const all = {
  merchant_id: 'G141532850',
  merchant_name: 'Kopi & Roti "Pagi"',
  client_key: 'SB-Mid-client-pagi',
  payment_notification_url: 'http://shop.test/payments',
  recurring_notification_url: 'https://shop.test/recurring',
  pay_account_notification_url: 'https://shop.test:8443/accounts?x=1',
  finish_redirect_url: 'myapp://done',
  error_redirect_url: 'myapp://failed',
  flow: 'app',
  payers: 'headless',
  callback_hosts: ['shop.test', 'other.test:8443'],
  locale: 'en-EN',
  test_panel: 'off',
  frame_ancestors: ['https://shop.test', 'http://localhost:3000'],
  public_url: 'https://pay.test:8443',
  notification_hosts: ['shop.test', '*.shop.test:8443'],
  denied_notification_hosts: ['169.254.*', '[::1]:3000'],
  retry_shift: 'random',
  emulator_headers: 'off',
  seed: 'monday',
  quirks: { ...defaultQuirks, expire_text: 'has-expired' },
}

test('a fresh sandbox has the settings of a merchant who set up nothing', async () => {
  await using emulator = await startEmulator()
  expect((await adminRequest(emulator, 'settings', { key })).body).toEqual({
    merchant_id: expect.stringMatching(/^G\d{9}$/),
    merchant_name: '',
    client_key: expect.stringMatching(/^SB-Mid-client-[A-Za-z0-9]{16}$/),
    payment_notification_url: '',
    recurring_notification_url: '',
    pay_account_notification_url: '',
    finish_redirect_url: '',
    error_redirect_url: '',
    flow: 'web',
    payers: 'by-hand',
    callback_hosts: [],
    locale: 'id-ID',
    test_panel: 'on',
    frame_ancestors: [],
    public_url: '',
    notification_hosts: [],
    denied_notification_hosts: [],
    retry_shift: 'off',
    emulator_headers: 'on',
    seed: '',
    quirks: defaultQuirks,
  })
})

test.each(Object.entries(all))('a merchant changes %s alone', async (name, value) => {
  await using emulator = await startEmulator()
  const before = await adminRequest(emulator, 'settings', { key })
  const changed = await adminRequest(emulator, 'settings', { method: 'PATCH', key, body: { [name]: value } })
  expect(changed).toMatchObject({ status: 200, body: { ...before.body, [name]: value } })
  expect((await adminRequest(emulator, 'settings', { key })).body).toEqual(changed.body)
})

test('changes add up, and a URL is taken away with an empty text', async () => {
  await using emulator = await startEmulator()
  const patch = (body: object) => adminRequest(emulator, 'settings', { method: 'PATCH', key, body })
  await patch(all)
  expect((await patch({ payment_notification_url: '', finish_redirect_url: '', callback_hosts: [] })).body).toEqual({
    ...all,
    payment_notification_url: '',
    finish_redirect_url: '',
    callback_hosts: [],
  })
})

test.each([
  ['merchant_id', ''],
  ['merchant_id', '<b>'],
  ['merchant_id', 7],
  ['merchant_name', 'two\nlines'],
  ['merchant_name', 'x'.repeat(101)],
  ['client_key', 'SB-Mid-server-settings'],
  ['client_key', 'a b'],
  ['test_panel', 'maybe'],
  ['public_url', 'localhost:8765'],
  ['public_url', 'http://localhost:8765/'],
  ['frame_ancestors', ['shop.test']],
  ['frame_ancestors', ["https://shop.test; script-src 'unsafe-inline'"]],
  ['frame_ancestors', ['https://shop.test/path']],
  ['frame_ancestors', ['*']],
  ['payment_notification_url', 'shop.test/payments'],
  ['payment_notification_url', 'ftp://shop.test/'],
  ['payment_notification_url', 'javascript:alert(1)'],
  ['payment_notification_url', 'http://'],
  ['payment_notification_url', 'http://[not-an-address'],
  ['recurring_notification_url', 'http://a b'],
  ['pay_account_notification_url', null],
  ['finish_redirect_url', 'javascript:alert(1)'],
  ['finish_redirect_url', 'no address'],
  ['flow', 'sideways'],
  ['callback_hosts', 'shop.test'],
  ['callback_hosts', ['']],
  ['callback_hosts', ['https://shop.example/']],
  ['callback_hosts', ['shop.example/']],
  ['notification_hosts', ['http://shop.test']],
  ['denied_notification_hosts', ['']],
  ['retry_shift', 'sometimes'],
  ['seed', 'a b'],
  ['locale', 'de-DE'],
  ['quirks', { expire_text: 'has-vanished' }],
  ['quirks', { no_such_quirk: 'found' }],
])('%s does not become %j', async (name, value) => {
  await using emulator = await startEmulator()
  const before = await adminRequest(emulator, 'settings', { key })
  const answer = await adminRequest(emulator, 'settings', {
    method: 'PATCH',
    key,
    body: { locale: 'en-EN', [name]: value },
  })
  expect(answer).toMatchObject({ status: 400, body: { status: 400, detail: expect.stringContaining(name) } })
  expect(answer.type).toContain('application/problem+json')
  expect((await adminRequest(emulator, 'settings', { key })).body).toEqual(before.body)
})

test('an unknown name is refused, and nothing else of the request is taken', async () => {
  await using emulator = await startEmulator()
  const answer = await adminRequest(emulator, 'settings', {
    method: 'PATCH',
    key,
    body: { flow: 'app', payment_url: 'http://shop.test' },
  })
  expect(answer).toMatchObject({ status: 400, body: { detail: expect.stringContaining('payment_url') } })
  expect((await adminRequest(emulator, 'settings', { key })).body.flow).toBe('web')
})

test('a value that is refused is answered with the values that are accepted', async () => {
  await using emulator = await startEmulator()
  const answer = await adminRequest(emulator, 'settings', { method: 'PATCH', key, body: { flow: 'sideways' } })
  expect(answer.body.detail).toMatch(/flow.*web, app/)
})

test('name, test panel and frames are flags as well', async () => {
  await using emulator = await startEmulator({
    'merchant-name': 'Kopi & Roti',
    'test-panel': 'off',
    'frame-ancestors': 'https://shop.test, http://localhost:3000',
  })
  expect((await adminRequest(emulator, 'settings', { key })).body).toMatchObject({
    merchant_name: 'Kopi & Roti',
    test_panel: 'off',
    frame_ancestors: ['https://shop.test', 'http://localhost:3000'],
  })
})

test.each([
  ['merchant-name', 'two\nlines', /one line/],
  ['test-panel', 'maybe', /on, off/],
  ['client-key', 'Mid-server-1', /no server key/],
  ['frame-ancestors', "https://shop.test 'self'", /an origin such as/],
])('--%s %j is none, and the command says what it expects', async (flag, value, expected) => {
  await expect(startEmulator({ [flag]: value })).rejects.toThrow(expected)
})

test('two merchants do not share a merchant_id', async () => {
  await using emulator = await startEmulator()
  const patch = (of: string) =>
    adminRequest(emulator, 'settings', { method: 'PATCH', key: of, body: { merchant_id: 'G1' } })
  expect(await patch(key)).toMatchObject({ status: 200 })
  expect(await patch(key)).toMatchObject({ status: 200 })
  expect(await patch('SB-Mid-server-settings-other')).toMatchObject({
    status: 409,
    body: { title: 'merchant_id is taken', hint: expect.any(String) },
  })
})

test('a merchant keeps the same merchant_id from start to start', async () => {
  const idOf = async () => {
    await using emulator = await startEmulator()
    return (await adminRequest(emulator, 'settings', { key })).body.merchant_id
  }
  expect(await idOf()).toBe(await idOf())
})

test('each merchant has a client key of its own, the same from start to start, and shown wherever sandboxes are', async () => {
  const keysOf = async (of: string) => {
    await using emulator = await startEmulator()
    const { client_key } = (await adminRequest(emulator, 'settings', { key: of })).body
    const [listed] = (await adminRequest(emulator, 'sandboxes')).body
    return [client_key, listed.client_key]
  }
  const [own, listed] = await keysOf(key)
  expect(await keysOf(key)).toEqual([own, own])
  expect(listed).toBe(own)
  expect(await keysOf('SB-Mid-server-settings-other')).not.toContain(own)
})

test('a client key that was set is the one that is made of the server key again, once it is taken away', async () => {
  await using emulator = await startEmulator()
  const patch = async (client_key: string) =>
    (await adminRequest(emulator, 'settings', { method: 'PATCH', key, body: { client_key } })).body.client_key
  const own = (await adminRequest(emulator, 'settings', { key })).body.client_key
  expect(await patch('SB-Mid-client-mine')).toBe('SB-Mid-client-mine')
  expect(await patch('')).toBe(own)
})

test('two merchants do not share a client key by a request; by the flag all do', async () => {
  await using emulator = await startEmulator()
  const patch = (of: string, client_key: string) =>
    adminRequest(emulator, 'settings', { method: 'PATCH', key: of, body: { client_key } })
  const other = 'SB-Mid-server-settings-other'
  expect(await patch(key, 'SB-Mid-client-shared')).toMatchObject({ status: 200 })
  expect(await patch(key, 'SB-Mid-client-shared')).toMatchObject({ status: 200 })
  expect(await patch(other, 'SB-Mid-client-shared')).toMatchObject({
    status: 409,
    body: { title: 'client_key is taken', hint: expect.any(String) },
  })
  await using same = await startEmulator({ 'client-key': 'SB-Mid-client-all' })
  for (const each of [key, other]) {
    expect((await adminRequest(same, 'settings', { key: each })).body.client_key).toBe('SB-Mid-client-all')
  }
})

test('who forks a sandbox gets a client key of its own, whatever the first one has set', async () => {
  await using emulator = await startEmulator()
  await adminRequest(emulator, 'settings', { method: 'PATCH', key, body: { client_key: 'SB-Mid-client-mine' } })
  const body = { server_key: 'SB-Mid-server-settings-fork' }
  const fork = await adminRequest(emulator, 'sandboxes/fork', { method: 'POST', key, body })
  expect(fork.body.client_key).toMatch(/^SB-Mid-client-[A-Za-z0-9]{16}$/)
})
