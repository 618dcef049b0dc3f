import { expect, test } from 'vitest'
import { emulatorOfFile, newShop, type Shop } from '../midtrans/merchant.ts'
import { fillIn, type Page, visit } from './browser.ts'
import { linkIn } from './merchant.ts'

const emulator = await emulatorOfFile()

const openPin = async (shop: Shop, orderId = 'order-1') =>
  visit(linkIn(await shop.charge(orderId, 150_000), 'verification-link-url'))
const countdownOf = ({ html }: Page) => {
  const [, leftMs, speed, running] = /data-left-ms="(\d+)" data-speed="([\d.]+)" data-running="(\w+)"/.exec(html) ?? []
  return { leftMs: Number(leftMs), speed: Number(speed), running }
}
const refreshOf = ({ html }: Page) => /<noscript><meta http-equiv="refresh" content="(\d+); url=([^"]+)"/.exec(html)
const isNear = (found: number, expected: number) =>
  expect(found).toSatisfy((each: number) => each > expected - 5_000 && each <= expected)

test('a payer sees how much of the five minutes is left, and a page without a script is told when to ask again', async () => {
  const page = await openPin(await newShop(emulator))
  isNear(countdownOf(page).leftMs, 300_000)
  expect(countdownOf(page)).toMatchObject({ speed: 1, running: 'true' })
  const [, seconds, url] = refreshOf(page) ?? []
  expect(Number(seconds)).toBeGreaterThan(295)
  expect(Number(seconds)).toBeLessThanOrEqual(301)
  expect(url).toBe(new URL(page.url).pathname)
})

test('on a clock that stands still nothing runs out, and the page says so', async () => {
  const shop = await newShop(emulator)
  await shop.admin.post('clock/freeze')
  const page = await openPin(shop)
  expect(countdownOf(page)).toEqual({ leftMs: 300_000, speed: 1, running: 'false' })
  expect(refreshOf(page)).toBeNull()
  expect(page.text('clock-stands')).toBe('jam sandbox berhenti')
  await shop.admin.advance('4m')
  expect(countdownOf(await visit(page.url)).leftMs).toBe(60_000)
})

test('on a fast clock the page asks again as much earlier', async () => {
  const shop = await newShop(emulator)
  await shop.admin.post('clock/speed', { speed: 10 })
  const page = await openPin(shop)
  expect(countdownOf(page)).toMatchObject({ speed: 10, running: 'true' })
  const seconds = Number(refreshOf(page)?.[1])
  expect(seconds).toBeGreaterThan(25)
  expect(seconds).toBeLessThanOrEqual(31)
})

test('a time on another day stands there with its day', async () => {
  const shop = await newShop(emulator)
  await shop.admin.post('clock/freeze')
  await shop.admin.post('clock/set', { to: '2030-12-31T23:58:00+07:00' })
  expect((await openPin(shop)).text('expires')).toBe('2031-01-01 00:03:00 WIB')
})

test('a page that was filled in wrong asks again at its own address', async () => {
  const page = await openPin(await newShop(emulator))
  const wrong = await fillIn(page, { pin: '000000' })
  expect(refreshOf(wrong)?.[2]).toBe(new URL(page.url).pathname)
  expect(wrong.text('tries-left')).toBe('Kesempatan tersisa: 2.')
})
