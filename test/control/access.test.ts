import { expect, test } from 'vitest'
import { startEmulator } from '../../src/testkit/index.ts'
import { coreApi } from '../core-api.ts'
import { runCommand } from '../journeys/command.ts'
import { adminRequest } from './admin-request.ts'

const key = 'SB-Mid-server-access'

test('with a token the admin API answers to whoever shows it, and the Core API to everybody', async () => {
  await using emulator = await startEmulator({ 'admin-token': 'secret-1', 'server-keys': key })
  const ask = (headers: Record<string, string>, withKey = true) =>
    adminRequest(emulator, 'clock', { headers, ...(withKey && { key }) })
  for (const headers of [{}, { 'x-emulator-admin-token': 'secret-2' }, { 'x-emulator-admin-token': 'secret-12' }]) {
    const refused = await ask(headers)
    expect(refused).toMatchObject({ status: 401, body: { title: 'No admin token', hint: expect.any(String) } })
    expect(JSON.stringify(refused.body)).not.toContain('secret')
  }
  expect((await ask({ 'x-emulator-admin-token': 'secret-1' })).status).toBe(200)
  expect((await ask({ authorization: 'Bearer secret-1' }, false)).status).toBe(200)
  expect((await ask({ authorization: 'Bearer secret-2' }, false)).status).toBe(401)
  expect(await coreApi(emulator.url, key).get('/v2/nothing/status')).toMatchObject({ status_code: '404' })
})

test('the admin API can be switched off', async () => {
  await using emulator = await startEmulator({ admin: 'off' })
  expect(await adminRequest(emulator, 'clock', { key })).toMatchObject({ status: 404 })
  expect(await coreApi(emulator.url, key).get('/v2/nothing/status')).toMatchObject({ status_code: '404' })
})

test('answers tell what the emulator did, and can be told not to', async () => {
  await using emulator = await startEmulator()
  const admin = emulator.admin(key)
  const headers = async () => {
    const { headers } = await fetch(`${emulator.url}/v2/pay/account`, {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({
        payment_type: 'gopay',
        gopay_partner: { phone_number: '8215023424', country_code: '62' },
      }),
    })
    return Object.fromEntries([...headers].filter(([name]) => name.startsWith('x-emulator-')))
  }
  const { merchant_id } = (await admin.get('settings')) as { merchant_id: string }
  expect(await headers()).toMatchObject({ 'x-emulator-sandbox': merchant_id })
  await admin.put('rules', [{ match: { operation: 'link', phone: '62*' }, outcome: 'deny:105' }])
  expect(await headers()).toMatchObject({
    'x-emulator-rule': 'Each link request with phone 62* is denied with channel code 105 (User Not Found).',
  })
  await admin.put('rules', [{ match: {}, fault: '503' }])
  expect(await headers()).toMatchObject({ 'x-emulator-fault': 'before:503; seed=1' })
  await admin.patch('settings', { emulator_headers: 'off' })
  expect(await headers()).toEqual({})
})

test('the admin API describes itself: each endpoint, with the schema that checks its requests', async () => {
  await using emulator = await startEmulator()
  const { status, body } = await adminRequest(emulator, 'openapi.json')
  expect(status).toBe(200)
  expect(body).toMatchObject({ openapi: '3.1.0', info: { version: expect.stringMatching(/^\d+\.\d+\.\d+$/) } })
  const operations = Object.entries(
    body.paths as Record<string, Record<string, { operationId: string; summary: string }>>,
  ).flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ path, method, ...operation })))
  expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length)
  for (const { summary } of operations) expect(summary).toMatch(/^[A-Z].{10,}/)
  expect(body.paths['/__admin/clock/advance'].post.requestBody.content['application/json'].schema).toMatchObject({
    type: 'object',
    required: ['by'],
  })
  expect(body.paths['/__admin/rules/{id}'].patch.parameters).toContainEqual(
    expect.objectContaining({ name: 'id', in: 'path', required: true }),
  )
  // Whatever it tells of is there.
  for (const { path, method } of operations.filter(({ path }) => !path.includes('{'))) {
    if (path.includes('expect')) continue
    const answer = await fetch(`${emulator.url}${path}`, {
      method,
      headers: { authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}` },
    })
    expect(answer.status, `${method} ${path}`).not.toBe(404)
    expect(answer.status, `${method} ${path}`).toBeLessThan(500)
  }
})

test('GET /__admin lists what there is; a path that is none, and a wrong method, lead there', async () => {
  await using emulator = await startEmulator()
  const list = await (await fetch(`${emulator.url}/__admin`)).json()
  expect(list).toMatchObject({ 'POST /__admin/clock/advance': expect.stringMatching(/clock/) })
  expect(await adminRequest(emulator, 'clocks')).toMatchObject({
    status: 404,
    body: { detail: 'There is no GET /__admin/clocks', hint: 'GET /__admin lists what there is.' },
  })
  const wrong = await fetch(`${emulator.url}/__admin/rules/some-id`, { method: 'POST' })
  expect(wrong.status).toBe(405)
  expect(wrong.headers.get('allow')).toBe('PATCH, DELETE')
  expect(await wrong.json()).toMatchObject({ detail: 'Found POST /__admin/rules/some-id, expected PATCH or DELETE' })
})

test('every refusal of the admin API says what to do next', async () => {
  await using emulator = await startEmulator()
  for (const [path, body] of [
    ['clock/advance', {}],
    ['clock/advance', { by: 'soon' }],
    ['rules', { match: {} }],
    ['expect', {}],
    ['gate/release', {}],
    ['nothing', {}],
  ] as const) {
    const { type, body: problem } = await adminRequest(emulator, path, { method: 'POST', key, body })
    expect(type).toContain('application/problem+json')
    expect(problem, path).toMatchObject({
      status: expect.any(Number),
      detail: expect.stringMatching(/./),
      hint: expect.stringMatching(/./),
    })
  }
})

test('the log tells no key and no token that stands in an address', async () => {
  await using server = runCommand(['--port', '0', '--log-level', 'info'])
  const url = await server.ready
  await fetch(`${url}/v2/promo?k=SB-Mid-server-do-not-tell-me&payment_option_token=0123456789abcdef`)
  const { stdout } = await server.end('SIGTERM')
  expect(stdout).toContain('/v2/promo')
  expect(stdout).not.toMatch(/do-not-tell-me|0123456789abcdef/)
})
