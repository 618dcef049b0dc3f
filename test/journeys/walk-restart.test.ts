import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { admin as adminOf } from '../../src/client/admin.ts'
import { coreApi } from '../core-api.ts'
import { runCommand } from './command.ts'

const key = 'SB-Mid-server-walk-restart'
const data = await mkdtemp(join(tmpdir(), 'emulator-walk-'))
afterAll(() => rm(data, { recursive: true }))

test('a walk, what comes after it, and payers that were given outlive a kill in the middle', async () => {
  await using first = runCommand(['--port', '0', '--data', data, '--payer-mode', 'headless'])
  const url = await first.ready
  const admin = adminOf(url, key)
  const api = coreApi(url, key)
  await admin.post('clock/freeze')
  await admin.givePayer({ phone: '628555000111', persona: 'slow', balance: 200_000, pin: '445566' })
  const gopay_partner = { phone_number: '628555000111' }
  const { account_id } = await api.post('/v2/pay/account', { payment_type: 'gopay', gopay_partner })
  await admin.walk(account_id, { later: { after: '1h', does: 'unlink' } })
  const { happened } = await admin.advance('4m')
  expect(happened.filter(({ what }) => what === 'visit')).toMatchObject([{ page: 'consent' }])
  const before = await admin.get('payers?phone=628555000111')
  await first.end('SIGKILL')

  await using second = runCommand(['--port', '0', '--data', data])
  const adminAfter = adminOf(await second.ready, key)
  const accountAfter = async () =>
    (await coreApi(await second.ready, key).get(`/v2/pay/account/${account_id}`)).account_status
  expect(await adminAfter.get('payers?phone=628555000111')).toEqual(before)
  const rest = await adminAfter.advance('40s')
  expect(rest.happened.filter(({ what }) => what === 'visit')).toMatchObject([{ page: 'otp' }, { page: 'pin' }])
  expect(await accountAfter()).toBe('ENABLED')
  expect(await adminAfter.get('payers?phone=628555000111')).toMatchObject([
    { persona: 'slow', met: true, options: [{ balance: 200_000 }] },
  ])
  await adminAfter.advance('1h')
  expect(await accountAfter()).toBe('DISABLED')
  expect(await second.end('SIGTERM')).toMatchObject({ code: 0, stderr: '' })
})
