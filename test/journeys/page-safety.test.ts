import { expect, test } from 'vitest'
import { emulatorOfFile, newShop } from '../midtrans/merchant.ts'
import { type Page, send, visit } from './browser.ts'
import { linkIn } from './merchant.ts'

const emulator = await emulatorOfFile()
const { host } = new URL(emulator.url)
const framesOf = ({ headers }: Page) => /frame-ancestors (.*)$/.exec(headers.get('content-security-policy') ?? '')?.[1]

const openPin = async () => {
  const shop = await newShop(emulator)
  return { shop, page: await visit(linkIn(await shop.charge('order-1', 150_000), 'verification-link-url')) }
}

test.each([
  { 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'same-site' },
  // The newer header counts, where there is one.
  { 'sec-fetch-site': 'cross-site', origin: `http://${host}` },
  { origin: 'https://shop.example' },
  { origin: 'http://localhost:1' },
  { origin: `http://${host}.shop.example` },
  { origin: 'null' },
  { origin: 'https://shop.example', 'x-forwarded-host': 'pay.test' },
])('a form that a page of another site sends with %o does nothing', async (headers) => {
  const { shop, page } = await openPin()
  const forms = () => shop.admin.requests({ from: 'payer', method: 'POST' })
  const before = await forms()
  for (const form of [{ action: 'submit', pin: '112233' }, { action: 'decline' }, { panel: 'right.pin' }]) {
    const refused = await send(page, form, headers)
    expect(refused).toMatchObject({ status: 403, ending: 'foreign', leftFor: undefined })
    expect(refused.text('title')).toBe('Ditolak')
  }
  expect(await shop.status('order-1')).toMatchObject({ transaction_status: 'pending' })
  expect((await visit(page.url)).step).toBe('pin')
  expect(await forms()).toEqual(before)
})

test.each([
  { 'sec-fetch-site': 'same-origin', origin: `http://${host}` },
  { 'sec-fetch-site': 'none' },
  { origin: `http://${host}` },
  // Under whatever name: behind a tunnel, which knows its own name, and from another container.
  { origin: 'https://pay.test', 'x-forwarded-host': 'pay.test' },
  { origin: 'https://pay.test', 'x-forwarded-host': 'pay.test:443, proxy.internal' },
  {},
])('a form of the page itself, sent with %o, pays', async (headers) => {
  const { page } = await openPin()
  expect((await send(page, { action: 'submit', pin: '112233' }, headers)).ending).toBe('paid')
})

test('nobody may unlink an account from another site', async () => {
  const shop = await newShop(emulator)
  const page = await visit(`${emulator.url}/gopay/accounts/${shop.accountId}`)
  expect(await send(page, { action: 'unlink' }, { origin: 'https://shop.example' })).toMatchObject({ status: 403 })
  expect((await visit(page.url)).html).toContain('data-account="ENABLED"')
})

test('a merchant who is named may show the pages in a frame, and nobody else', async () => {
  const { shop, page } = await openPin()
  expect(framesOf(page)).toBe("'none'")
  await shop.admin.patch('settings', { frame_ancestors: ['https://shop.example', 'http://localhost:3000'] })
  expect(framesOf(await visit(page.url))).toBe('https://shop.example http://localhost:3000')
  expect(framesOf(await visit(`${emulator.url}/gopay/accounts/${shop.accountId}`))).toContain('https://shop.example')
  expect(framesOf(await visit(`${emulator.url}/gopay/web/nobody`))).toBe("'none'")
  expect(framesOf((await openPin()).page)).toBe("'none'")
})

test('the pages keep no cookies, and tell no other site where the payer was', async () => {
  const { page } = await openPin()
  expect(page.headers.get('set-cookie')).toBeNull()
  expect(page.headers.get('referrer-policy')).toBe('same-origin')
})
