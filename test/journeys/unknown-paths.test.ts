import { expect, test } from 'vitest'
import { emulatorOfFile, sendRaw } from '../midtrans/merchant.ts'

const emulator = await emulatorOfFile()
const json = { 'content-type': 'application/json' }
const ask = (method: string, path: string, body?: string) => sendRaw(emulator.url + path, method, body, json)

test.each<[string, string, string | undefined]>([
  ['POST', '/v2/x/foo', ''],
  ['POST', '/v2/x/foo', undefined],
  ['POST', '/v2/x/foo', '{'],
  ['GET', '/v2/charge/x', undefined],
])('%s %s with the body %j is told in the shape of the Core API that there is no such thing', async (...asked) => {
  const [method, path] = asked
  const { http, headers, body } = await ask(...asked)
  expect([http, headers.get('content-type')]).toEqual([404, 'application/json'])
  expect(body).toEqual({ status_code: '404', status_message: `midtrans-emulator has no ${method} ${path}` })
})

test.each<[string, string, string | undefined]>([
  ['DELETE', '/__admin/rulez', ''],
  ['DELETE', '/__admin/rulez', undefined],
  ['POST', '/__admin/no-such-noun', '{'],
  ['POST', '/v1/nothing', '{'],
  ['POST', '/v2x', '{'],
])('%s %s with the body %j is told as a problem, with a hint', async (...asked) => {
  const [method, path] = asked
  const { http, headers, body } = await ask(...asked)
  expect([http, headers.get('content-type')]).toEqual([404, expect.stringContaining('application/problem+json')])
  expect(body).toMatchObject({
    type: 'about:blank',
    status: 404,
    title: 'Not found',
    detail: `There is no ${method} ${path}`,
    hint: expect.stringContaining(path.startsWith('/__admin') ? 'GET /__admin lists' : '/v2'),
  })
})
