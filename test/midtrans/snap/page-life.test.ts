import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { startEmulator } from '../../../src/testkit/index.ts'
import { fillIn, type Page, send, visit } from '../../journeys/browser.ts'
import { emulatorOfFile, newShop } from '../merchant.ts'
import { customer, hrefOf, newLinkedShop, newSnapShop, pin, press, stageOf } from './customer.ts'

const emulator = await emulatorOfFile()
const tokenOf = ({ url }: Page) => /redirection\/([^?]+)/.exec(url)?.[1] ?? ''
const framesOf = ({ headers }: Page) => /frame-ancestors (.*)$/.exec(headers.get('content-security-policy') ?? '')?.[1]

test('a preview of the link finds it there, and has not opened it', async () => {
  const shop = newSnapShop(emulator)
  const { body } = await shop.create('order-1', 1_000)
  expect((await fetch(String(body.redirect_url), { method: 'HEAD' })).status).toBe(200)
  const timeline = await shop.admin.timeline('order-1', 'text')
  expect(timeline).not.toContain('opens')
  await visit(String(body.redirect_url))
  expect(await shop.admin.timeline('order-1', 'text')).toContain('opens')
})

describe('facts.md, section 7: the end of a session', () => {
  test('cancelled by the merchant: HTTP 410, and nothing more can be paid', async () => {
    const shop = await newLinkedShop(emulator)
    const page = await shop.open('order-1', 1_000, customer)
    await shop.send('POST', `/snap/v1/transactions/${tokenOf(page)}/cancel`)
    for (const seen of [await visit(page.url), await press(page, 'pay'), await press(page, 'qr')]) {
      expect(seen).toMatchObject({ status: 410, ending: 'canceled' })
    }
    expect(await shop.status('order-1')).toMatchObject({ status_code: '404' })
  })

  test('its time over: HTTP 410, and nothing is told', async () => {
    const shop = await newLinkedShop(emulator)
    const page = await shop.open('order-1', 1_000, { ...customer, page_expiry: { duration: 5, unit: 'minutes' } })
    expect((await shop.admin.advance('5m')) && (await visit(page.url))).toMatchObject({
      status: 410,
      ending: 'expired',
    })
    expect(stageOf(await press(page, 'pay'))).toBe('expired')
    expect(await shop.told('order-1')).toEqual([])
  })

  test('a payment that was begun goes on when the page has expired, and lives as long as expiry says', async () => {
    const shop = newSnapShop(emulator)
    await shop.admin.freeze()
    const expiry = { duration: 2, unit: 'hours' }
    const page = await shop.open('order-1', 150_000, { expiry, page_expiry: { duration: 5, unit: 'minutes' } })
    await press(page, 'qr')
    await shop.admin.advance('6m')
    expect(await shop.status('order-1')).toMatchObject({ transaction_status: 'pending' })
    await shop.admin.advance('113m')
    expect(await shop.status('order-1')).toMatchObject({ transaction_status: 'pending' })
    await shop.admin.advance('1m')
    expect(await shop.status('order-1')).toMatchObject({ transaction_status: 'expire' })
  })

  test('a payment that expires leaves the customer to choose again', async () => {
    const shop = newSnapShop(emulator)
    const page = await shop.open('order-1', 150_000)
    await press(page, 'qr')
    await shop.admin.advance('15m')
    const seen = await visit(page.url)
    expect(stageOf(seen)).toBe('choose')
    expect(seen.text('complaint')).toMatch(/^Percobaan terakhir berakhir tanpa pembayaran/)
  })

  test('a token that is nobody’s: HTTP 404', async () => {
    const page = await visit(`${emulator.url}/snap/v4/redirection/nobody`)
    expect(page).toMatchObject({ status: 404, ending: 'unknown' })
    expect(await send(page, { action: 'pay' })).toMatchObject({ status: 404 })
  })

  test('a client key of somebody else: HTTP 401, and nothing of the order is shown', async () => {
    const shop = newSnapShop(emulator)
    const { url } = await shop.open('order-1', 1_000)
    const page = await visit(`${url}?client_key=SB-Mid-client-somebody`)
    expect(page).toMatchObject({ status: 401, ending: 'wrongKey' })
    expect(page.html).not.toContain('order-1')
    expect(await press(page, 'qr')).toMatchObject({ status: 401, ending: 'wrongKey' })
    expect(await shop.status('order-1')).toMatchObject({ status_code: '404' })
    const { client_key } = (await shop.admin.get('settings')) as { client_key: string }
    expect(stageOf(await visit(`${url}?client_key=${client_key}`))).toBe('choose')
  })

  test.each(['v3/redirection', 'v2/vtweb'])('older addresses lead to the page: /snap/%s', async (path) => {
    const { url } = await newSnapShop(emulator).open('order-1', 1_000)
    const page = await visit(url.replace('v4/redirection', path))
    expect([page.url, stageOf(page)]).toEqual([url, 'choose'])
  })
})

describe('frames', () => {
  test('anybody may frame the Snap page and those of GoPay that it leads to; all others stay closed', async () => {
    const shop = await newLinkedShop(emulator)
    const page = await shop.open('order-1', 150_000, customer)
    const question = await press(page, 'pay')
    expect(question.step).toBe('pin')
    const linking = await press(await shop.open('order-2', 1, { ...customer, user_id: 'other' }), 'link', {
      phone: '08215023424',
    })
    expect(linking.step).toBe('consent')
    const scanned = await visit(hrefOf(await press(await shop.open('order-3', 1), 'qr'), 'open-app'))
    expect(scanned.step).toBe('phone')
    const unknown = await visit(`${emulator.url}/snap/v4/redirection/nobody`)
    expect([page, question, linking, scanned, unknown].map(framesOf)).toEqual(Array(5).fill(undefined))

    const core = await newShop(emulator)
    const charge = await core.charge('order-1', 150_000)
    const [{ url } = { url: '' }] = (charge as unknown as { actions: { url: string }[] }).actions
    expect([await visit(url), await visit(`${emulator.url}/gopay/accounts/${core.accountId}`)].map(framesOf)).toEqual([
      "'none'",
      "'none'",
    ])
  })
})

test('GoPay’s pages lead back to the origin on which the customer is, whatever the public address: snap.js listens there', async () => {
  await using elsewhere = await startEmulator({ 'public-url': 'https://pay.example' })
  const shop = newSnapShop(elsewhere)
  const token = await shop.token('order-1', 150_000, customer)
  const page = await visit(`${elsewhere.url}/snap/v4/redirection/${token}?frame=popup`)
  let asked = await press(page, 'link', { phone: '08215023424' })
  for (const form of [{ action: 'submit' }, { otp: '987654' }, { pin }]) asked = await fillIn(asked, form)
  expect(asked.url).toContain(`${elsewhere.url}/snap/v4/redirection/${token}?frame=popup`)
  expect(stageOf(asked)).toBe('choose')
})

describe('forms and what is written down', () => {
  test('a form of another site does nothing', async () => {
    const shop = await newLinkedShop(emulator)
    const page = await shop.open('order-1', 1_000, customer)
    for (const form of [{ action: 'pay' }, { action: 'qr' }, { panel: 'finish' }]) {
      const foreign = await send(page, form, { 'sec-fetch-site': 'cross-site' })
      expect(foreign).toMatchObject({ status: 403, ending: 'foreign' })
    }
    expect(await shop.status('order-1')).toMatchObject({ status_code: '404' })
  })

  test('a form that says nothing, or nonsense, shows the page again', async () => {
    const shop = await newLinkedShop(emulator)
    const page = await shop.open('order-1', 1_000, customer)
    for (const form of [{}, { action: 'steal' }, { panel: 'x' }, { action: 'pay', option: '<b>' }]) {
      expect(stageOf(await send(page, form))).toBe('choose')
    }
    expect(await shop.status('order-1')).toMatchObject({ status_code: '404' })
  })

  test('the journal and the timeline tell of it, and never a PIN', async () => {
    const shop = await newLinkedShop(emulator)
    const page = await shop.open('order-1', 150_000, customer)
    await send(await press(page, 'pay'), { action: 'submit', pin })
    const forms = await shop.admin.requests({ from: 'payer', method: 'POST' })
    expect(forms.map(({ path }) => path)).toContain(new URL(page.url).pathname)
    expect(JSON.stringify(forms)).not.toContain(pin)
    const story = await shop.admin.timeline('order-1', 'text')
    expect(story).toMatch(/Snap/i)
    expect(story).toContain('settlement')
    expect(story).not.toContain(pin)
    expect(await shop.admin.timeline(tokenOf(page), 'text')).toContain('order-1')
  })

  test('the test panel does what customers, GoPay and time can do, and nothing where it is switched off', async () => {
    const shop = newSnapShop(emulator)
    const panel = async (orderId: string, press: string, before?: 'qr') => {
      const page = await shop.open(orderId, 150_000, customer)
      if (before) await send(page, { action: before })
      return stageOf(await send(page, { panel: press }))
    }
    expect(await panel('a', 'finish')).toBe('paid')
    expect(await panel('b', 'finish', 'qr')).toBe('paid')
    expect(await panel('c', 'cancel')).toBe('canceled')
    expect(await panel('d', 'expire')).toBe('expired')
    expect(await panel('e', 'expire', 'qr')).toBe('choose')
    expect(await panel('f', 'deny', 'qr')).toBe('choose')
    expect(await shop.status('f')).toMatchObject({ transaction_status: 'deny' })
    await shop.admin.patch('settings', { test_panel: 'off' })
    expect(await panel('g', 'finish')).toBe('choose')
    expect((await shop.open('h', 1)).html).not.toContain('data-testid="panel"')
  })
})

test('the test panel gets no further than GoPay lets the payer go: a page that waits goes on waiting', async () => {
  const shop = newSnapShop(emulator)
  await shop.admin.givePayer({ phone: '628215023424', persona: 'blocked' })
  const waiting = await press(await shop.open('order-1', 150_000), 'qr')
  expect(stageOf(await send(waiting, { panel: 'finish' }))).toBe('scan')
  const question = await visit(hrefOf(waiting, 'open-app'))
  expect((await send(question, { panel: 'finish' })).step).toBe('phone')
})

test('a page that was open before a restart goes on after it', async () => {
  const data = await mkdtemp(join(tmpdir(), 'emulator-snap-'))
  const first = await startEmulator({ data })
  const shop = await newLinkedShop(first)
  const [choosing, waiting] = [await shop.open('order-1', 1_000, customer), await shop.open('order-2', 1_000)]
  await press(waiting, 'qr')
  await first.close()
  await using second = await startEmulator({ data })
  const moved = ({ url }: Page) => visit(second.url + new URL(url).pathname)
  expect(stageOf(await moved(waiting))).toBe('scan')
  expect(stageOf(await press(await moved(choosing), 'pay'))).toBe('paid')
  await rm(data, { recursive: true })
})
