import { expect, test } from 'vitest'
import { emulatorOfFile } from '../midtrans/merchant.ts'
import { happyPayer } from './merchant.ts'
import { basicAuth, rawPost } from './raw-request.ts'

const emulator = await emulatorOfFile()
const port = new URL(emulator.url).port

/** How the links in an answer begin that was asked for with these headers. */
async function originsOf(headers: Record<string, string>): Promise<unknown[]> {
  const answer = await rawPost(
    `${emulator.url}/v2/pay/account`,
    { authorization: basicAuth('SB-Mid-server-origins'), 'content-type': 'application/json', ...headers },
    { payment_type: 'gopay', gopay_partner: happyPayer },
  )
  // What POST /v2/pay/account answers.
  const { actions } = answer as { actions: { url: string }[] }
  expect(actions.length).toBeGreaterThan(0)
  return [...new Set(actions.map(({ url }) => url.slice(0, url.indexOf('/v2/'))))]
}

test.each([
  { 'x-forwarded-proto': 'javascript' },
  { 'x-forwarded-proto': 'javascript://%0aalert(1)//' },
  { 'x-forwarded-proto': 'ftp' },
  { 'x-forwarded-host': 'evil.example/path?' },
  { 'x-forwarded-host': 'shop.example@evil.example' },
  { 'x-forwarded-host': '"><script>alert(1)</script>' },
  { 'x-forwarded-host': 'two words' },
  { 'x-forwarded-host': 'shop.example:port' },
  { 'x-forwarded-host': '[evil]' },
  { host: 'evil.example#' },
])('%j does not reach the links', async (headers) => {
  expect(await originsOf(headers)).toEqual([`http://localhost:${port}`])
})

test.each([
  [{ 'x-forwarded-proto': 'https', 'x-forwarded-host': 'pay.example:8443' }, 'https://pay.example:8443'],
  [{ host: '[::1]:8765' }, 'http://[::1]:8765'],
  [{ host: 'pay_emulator:8765' }, 'http://pay_emulator:8765'],
  [{ 'x-forwarded-proto': 'https', host: '127.0.0.1' }, 'https://127.0.0.1'],
])('the links after %j begin with %s', async (headers, origin) => {
  expect(await originsOf(headers)).toEqual([origin])
})
