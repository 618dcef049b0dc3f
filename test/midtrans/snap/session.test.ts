import { describe, expect, test } from 'vitest'
import { sandboxesOf } from '../../insides.ts'
import { emulatorOfFile } from '../merchant.ts'
import { newSnapMerchant, refused, type SnapMerchant } from './merchant.ts'

const emulator = await emulatorOfFile()
const cancelPath = (token: string) => `/snap/v1/transactions/${token}/cancel`
const notFound = { http: 404, body: { error_messages: ['token not found'] } }

/** A merchant whose time stands still. */
async function frozenMerchant(): Promise<SnapMerchant> {
  const merchant = newSnapMerchant(emulator)
  await merchant.admin.freeze()
  return merchant
}

const sessionOf = ({ key }: SnapMerchant, token: string) =>
  sandboxesOf(emulator).known(key)?.state.snapSessions.get(token)

describe('facts.md, section 7: POST /snap/v1/transactions/{token}/cancel', () => {
  test('tells when, once', async () => {
    const merchant = await frozenMerchant()
    const { now } = (await merchant.admin.get('clock')) as { now: string }
    const token = await merchant.token('order-1', 50_000)
    const cancelled = await merchant.send('POST', cancelPath(token))
    expect(cancelled).toMatchObject({ http: 200, body: { canceled_at: now } })
    expect(Object.keys(cancelled.body)).toEqual(['canceled_at'])
    expect(await merchant.send('POST', cancelPath(token))).toMatchObject(refused('token already canceled'))
  })

  test('of a token that is nobody’s is refused with HTTP 404', async () => {
    const merchant = newSnapMerchant(emulator)
    expect(await merchant.send('POST', cancelPath('no-token'))).toMatchObject(notFound)
    // Another merchant's is nobody's either.
    const token = await newSnapMerchant(emulator).token('order-1', 50_000)
    expect(await merchant.send('POST', cancelPath(token))).toMatchObject(notFound)
  })

  test('the order can be sold anew afterwards', async () => {
    const merchant = newSnapMerchant(emulator)
    const token = await merchant.token('order-1', 50_000)
    await merchant.send('POST', cancelPath(token))
    expect((await merchant.create('order-1', 50_000)).http).toBe(201)
  })
})

describe('facts.md, section 7: expiry and page_expiry', () => {
  test.each<[string, object, string, string]>([
    ['24 hours where nothing is said', {}, 'PT23H59M59S', '1s'],
    ['page_expiry', { page_expiry: { duration: 3, unit: 'hours' } }, 'PT2H59M59S', '1s'],
    ['expiry', { expiry: { duration: 30, unit: 'minute' } }, 'PT29M59S', '1s'],
    [
      'page_expiry where both are there',
      { page_expiry: { duration: 1, unit: 'day' }, expiry: { duration: 20, unit: 'second' } },
      'PT23H59M59S',
      '1s',
    ],
  ])('the page lives as long as %s', async (_what, more, nearly, rest) => {
    const merchant = await frozenMerchant()
    const token = await merchant.token('order-1', 50_000, more)
    await merchant.admin.advance(nearly)
    expect(sessionOf(merchant, token)?.status).toBe('open')
    await merchant.admin.advance(rest)
    expect(sessionOf(merchant, token)?.status).toBe('expired')
    // "Page expiry sends no webhook."
    expect(await merchant.admin.get('notifications')).toEqual([])
    expect(await merchant.send('POST', cancelPath(token))).toMatchObject(notFound)
  })

  test('expiry begins at its start_time', async () => {
    const merchant = await frozenMerchant()
    const { now } = (await merchant.admin.get('clock')) as { now: string }
    const start = new Date(Date.parse(now) + 3_600_000).toISOString().slice(0, 19).replace('T', ' ')
    const expiry = { start_time: `${start} +0000`, duration: 1, unit: 'hour' }
    const token = await merchant.token('order-1', 50_000, { expiry })
    const { createdAt = 0, expiresAt = 0 } = sessionOf(merchant, token) ?? {}
    // The clock has milliseconds, the text has none.
    expect(Math.round((expiresAt - createdAt) / 1_000)).toBeCloseTo(7_200, -1)
  })
})
