import { request } from 'node:http'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { startEmulator } from '../../src/testkit/index.ts'
import { basicAuth } from '../journeys/raw-request.ts'

const key = 'SB-Mid-server-own-host'
const open = (adminHosts?: string) => startEmulator({ 'server-keys': key, 'admin-hosts': adminHosts })

/** A request under a name of one's own: fetch sends the one that it connects to. */
async function ask(url: string, path: string, headers: Record<string, string>, method = 'GET') {
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number; type: string; body: unknown }>()
  request(url + path, { method, headers }, async (response) => {
    const { statusCode: status = 0, headers } = response
    resolve({ status, type: headers['content-type'] ?? '', body: JSON.parse(await text(response)) })
  })
    .on('error', reject)
    .end()
  return promise
}

const refused = {
  status: 403,
  type: expect.stringContaining('application/problem+json'),
  body: { type: 'about:blank', status: 403, title: 'Another host', hint: expect.stringContaining('--admin-hosts') },
}

test.each([
  ['evil.example', {}],
  ['evil.example:8765', {}],
  ['127.0.0.1.evil.example', {}],
  ['localhost.evil.example', {}],
  ['evil-localhost.example', {}],
  // A page whose name leads to this machine may send any header to it.
  ['evil.example', { 'x-forwarded-host': 'localhost' }],
  ['evil.example', { 'x-forwarded-for': '127.0.0.1', forwarded: 'host=localhost' }],
  ['evil.example', { authorization: basicAuth(key) }],
])('a page of %s, with %j, neither reads nor drives the admin API', async (host, headers) => {
  await using emulator = await open()
  const from = { host, origin: `http://${host}`, ...headers }
  expect(await ask(emulator.url, '/__admin/clock', from)).toMatchObject(refused)
  expect(await ask(emulator.url, '/__admin/sandboxes', from)).toMatchObject(refused)
  expect(await ask(emulator.url, '/__admin/clock/freeze', from, 'POST')).toMatchObject(refused)
  expect(await emulator.admin(key).get('clock')).toMatchObject({ mode: 'running' })
})

test.each([
  'localhost',
  'LocalHost',
  '127.0.0.1',
  '192.168.0.7',
  '[::1]',
  'sub.localhost',
  'emulator',
  'host.docker.internal',
])('the admin API answers as %s, with and without a port, also to its own pages', async (host) => {
  await using emulator = await open()
  for (const name of [host, `${host}:8765`]) {
    expect(await ask(emulator.url, '/__admin/clock', { host: name }), name).toMatchObject({ status: 200 })
    const own = { host: name, origin: `http://${name.toLowerCase()}` }
    expect(await ask(emulator.url, '/__admin/clock', own)).toMatchObject({ status: 200 })
  }
  expect(await ask(emulator.url, '/__admin/clock/freeze', { host }, 'POST')).toMatchObject({ body: { mode: 'frozen' } })
})

test.each(['ci.example', 'CI.Example', 'other.example, ci.example'])(
  '--admin-hosts %s lets ci.example in',
  async (hosts) => {
    await using emulator = await open(hosts)
    for (const host of ['ci.example', 'ci.example:8765', 'CI.EXAMPLE']) {
      expect(await ask(emulator.url, '/__admin/clock', { host }), host).toMatchObject({ status: 200 })
    }
    const own = { host: 'ci.example', origin: 'https://ci.example' }
    expect(await ask(emulator.url, '/__admin/clock/freeze', own, 'POST')).toMatchObject({ status: 200 })
    for (const host of ['evil.example', 'sub.ci.example', 'ci.example.evil.example']) {
      expect(await ask(emulator.url, '/__admin/clock', { host }), host).toMatchObject(refused)
    }
  },
)

test('the hint of a refusal is the setting that lets this name in', async () => {
  await using emulator = await open()
  const { body } = await ask(emulator.url, '/__admin/clock', { host: 'ci.example:8765' })
  const hosts = /--admin-hosts (\S+?)\.?$/.exec((body as { hint: string }).hint)?.[1]
  await using after = await open(hosts)
  expect(await ask(after.url, '/__admin/clock', { host: 'ci.example:8765' })).toMatchObject({ status: 200 })
})

test('the Core API and the health checks answer under any name', async () => {
  await using emulator = await open()
  for (const host of ['evil.example', 'api.sandbox.midtrans.com', 'localhost']) {
    const headers = { host, authorization: basicAuth(key) }
    const status = await ask(emulator.url, '/v2/no-such-order/status', headers)
    expect(status, host).toMatchObject({ status: 200, body: { status_code: '404' } })
    expect(await ask(emulator.url, '/livez', { host })).toMatchObject({ status: 200 })
  }
})
