import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startEmulator } from '../../src/testkit/index.ts'
import { adminRequest } from '../control/admin-request.ts'
import { coreApi } from '../core-api.ts'
import { takeAway } from '../engine/store/folder.ts'
import { fillIn, visit } from './browser.ts'
import { linkIn, merchantOf, openMerchant } from './merchant.ts'

const key = 'SB-Mid-server-disk-away'

/** The folder of the only sandbox that is kept there. */
async function sandboxFolder(data: string): Promise<string> {
  const folders = (await readdir(data, { withFileTypes: true })).filter((entry) => entry.isDirectory())
  expect(folders).toHaveLength(1)
  return join(data, folders[0]?.name ?? '')
}

const failure = {
  httpStatus: 500,
  status_code: '500',
  status_message: 'Sorry. Our system is recovering from unexpected issues. Please retry.',
  id: expect.any(String),
}

test('while nothing can be kept, nothing is promised; once it can be, all goes on and is kept', async () => {
  const data = await mkdtemp(join(tmpdir(), 'disk-away-'))
  try {
    const emulator = await startEmulator({ data, 'log-level': 'silent' })
    const merchant = await openMerchant(emulator.url, key)
    await merchant.charge('before', 1_000)
    const link = linkIn(await merchant.charge('waiting', 150_000), 'verification-link-url')
    const page = await visit(link)
    const giveBack = await takeAway(await sandboxFolder(data))

    const gopay = { account_id: merchant.accountId, payment_option_token: 'any' }
    const charge = (order_id: string, gross_amount: number) =>
      merchant.api.post('/v2/charge', { payment_type: 'gopay', gopay, transaction_details: { order_id, gross_amount } })
    await expect(emulator.admin(key).patch('settings', { locale: 'en-EN' })).rejects.toThrow()
    const answers = [
      await merchant.status('before'),
      await merchant.status('never'),
      await charge('before', 1_000),
      await charge('during', 1_000),
      await charge('bad amount', 0),
      await merchant.api.post('/v2/pay/account', { payment_type: 'card' }),
    ]
    for (const answer of answers) expect(answer).toEqual(failure)
    const admin = await adminRequest(emulator, 'rules', { method: 'PUT', key, body: [] })
    expect(admin).toMatchObject({ status: 500, body: { title: 'Internal error' } })
    const broken = await fillIn(page, { pin: '112233' })
    expect(broken).toMatchObject({ status: 500, ending: 'broken' })
    for (const text of [...answers, admin.body, broken.html].map((each) => JSON.stringify(each))) {
      expect(text).not.toMatch(/ENOTDIR|EEXIST|disk-away|\.json|\.ts/)
    }
    const readyz = () => fetch(`${emulator.url}/readyz`)
    expect((await readyz()).status).toBe(503)
    expect((await fetch(`${emulator.url}/livez`)).status).toBe(200)

    await giveBack()
    expect((await readyz()).status).toBe(200)
    expect(await merchant.charge('after', 2_000)).toMatchObject({ status_code: '200' })
    const statuses = async ({ status }: typeof merchant) =>
      Promise.all(['before', 'waiting', 'during', 'after'].map(async (id) => (await status(id)).transaction_status))
    const known = await statuses(merchant)
    expect([known[0], known[3]]).toEqual(['settlement', 'settlement'])
    const balance = await merchant.balance()
    await emulator.close()

    await using next = await startEmulator({ data })
    const after = merchantOf(coreApi(next.url, key), merchant.accountId)
    expect(await statuses(after)).toEqual(known)
    expect(await after.balance()).toBe(balance)
  } finally {
    await rm(data, { recursive: true })
  }
})
