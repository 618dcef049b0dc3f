import { expect, test } from 'vitest'
import { coreApi } from '../../core-api.ts'
import { basic, emulatorOfFile, newShop, sendRaw, uuid } from '../merchant.ts'

const emulator = await emulatorOfFile()
const anyKeys = await emulatorOfFile({ keys: 'any' })
const listedKeys = await emulatorOfFile({ keys: 'listed', 'server-keys': 'SB-Mid-server-ours,our-own-name' })

const ask = (url: string, authorization: string | undefined) =>
  sendRaw(`${url}/v2/nothing/status`, 'GET', undefined, authorization === undefined ? {} : { authorization })

// Issue 2, section 2: any key that looks like a server key opens a sandbox; the 404 shows that the key was taken.
test.each(['SB-Mid-server-abc123', 'Mid-server-abc123', 'VT-server-9Htb-RxXkg7-7hznSCCjxvoY', 'SB-Mid-server-a_b-C'])(
  'the server key %s opens a sandbox on first sight',
  async (key) => {
    const answer = await ask(emulator.url, basic(`${key}:`))
    expect(answer).toMatchObject({ http: 200, body: { status_code: '404' } })
  },
)

test('the password is of no interest: some clients send one', async () => {
  expect((await ask(emulator.url, basic('SB-Mid-server-abc:secret'))).body).toMatchObject({ status_code: '404' })
})

// recordings.md, "401 (all of /v2)": the text of 2024-26 over HTTP 401, with an id.
test.each([
  ['a sandbox client key', basic('SB-Mid-client-abc123:')],
  ['a client key', basic('Mid-client-abc123:')],
  ['an old client key', basic('VT-client-abc123:')],
  ['another string', basic('hello:')],
  ['a server key with something before it', basic('xSB-Mid-server-abc:')],
  ['a prefix without a key', basic('SB-Mid-server-:')],
  ['no Authorization header', undefined],
  ['another scheme', 'Bearer SB-Mid-server-abc'],
  ['Basic without credentials', 'Basic'],
  ['text that is no base64', 'Basic !!!'],
  ['the key without a colon', basic('SB-Mid-server-abc')],
  ['the key in plain text', 'SB-Mid-server-abc:'],
])('%s is an unknown merchant', async (_what, authorization) => {
  const answer = await ask(emulator.url, authorization)
  expect(answer.http).toBe(401)
  expect(answer.headers.get('content-type')).toBe('application/json')
  expect(answer.body).toEqual({
    status_code: '401',
    status_message: 'Unknown Merchant server_key/id',
    id: expect.stringMatching(uuid),
  })
})

// recordings.md, "401 (all of /v2)": recorded in 2019. "Basic Og==" is what the node client sends for an empty key.
test.each(['Basic Og==', basic(':secret')])('the empty key of %s has a message of its own', async (authorization) => {
  const answer = await ask(emulator.url, authorization)
  expect(answer.http).toBe(401)
  expect(answer.body).toEqual({
    status_code: '401',
    status_message: 'Operation is not allowed due to unauthorized payload.',
    id: expect.stringMatching(uuid),
  })
})

test.each([
  ['POST', '/v2/charge'],
  ['POST', '/v2/capture'],
  ['POST', '/v2/pay/account'],
  ['GET', '/v2/pay/account/x'],
  ['POST', '/v2/pay/account/x/unbind'],
  ['POST', '/v2/x/cancel'],
  ['POST', '/v2/x/expire'],
])('%s %s asks for the key before it looks at the request', async (method, path) => {
  const answer = await sendRaw(emulator.url + path, method, method === 'POST' ? '{"broken' : undefined, {
    authorization: basic('nobody:'),
    'content-type': 'application/json',
  })
  expect(answer).toMatchObject({ http: 401, body: { status_code: '401' } })
})

// Issue 2, section 2: "a setting makes the list closed, or accepts any key".
test('with keys=any every key opens a sandbox, but for none at all', async () => {
  expect((await ask(anyKeys.url, basic('hello:'))).body).toMatchObject({ status_code: '404' })
  expect((await ask(anyKeys.url, basic('SB-Mid-client-abc:'))).body).toMatchObject({ status_code: '404' })
  expect((await ask(anyKeys.url, basic(':'))).body).toMatchObject({ status_code: '401' })
  expect((await ask(anyKeys.url, undefined)).body).toMatchObject({ status_code: '401' })
})

test('with keys=listed only the keys of the list open a sandbox, whatever they look like', async () => {
  expect((await ask(listedKeys.url, basic('SB-Mid-server-ours:'))).body).toMatchObject({ status_code: '404' })
  expect((await ask(listedKeys.url, basic('our-own-name:'))).body).toMatchObject({ status_code: '404' })
  expect((await ask(listedKeys.url, basic('SB-Mid-server-other:'))).body).toMatchObject({ status_code: '401' })
})

// Issue 2, section 2: sandboxes never see each other's accounts, orders, wallets, clock.
test('two merchants see nothing of each other', async () => {
  const [ours, theirs] = await Promise.all([newShop(emulator), newShop(emulator)])
  const ourCharge = await ours.charge('order-1', 50_000)

  const stranger = coreApi(emulator.url, theirs.key)
  expect(await stranger.get('/v2/order-1/status')).toMatchObject({ status_code: '404' })
  expect(await stranger.get(`/v2/${ourCharge.transaction_id}/status`)).toMatchObject({ status_code: '404' })
  expect(await stranger.get(`/v2/pay/account/${ours.accountId}`)).toMatchObject({ status_code: '404' })
  expect(await stranger.post(`/v2/pay/account/${ours.accountId}/unbind`)).toMatchObject({ status_code: '404' })
  expect(await theirs.balance()).toBe('8000000.00')
  expect(await theirs.charge('order-1', 60_000)).toMatchObject({ status_code: '200' })
  expect(await ours.status('order-1')).toMatchObject({ gross_amount: '50000.00' })

  await ours.admin.post('clock/freeze')
  await ours.admin.advance('30d')
  expect(await theirs.admin.get('clock')).toMatchObject({ mode: 'running' })
})
