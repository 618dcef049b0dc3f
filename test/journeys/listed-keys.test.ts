import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ConfigError, readConfig } from '../../src/config/index.ts'
import { startEmulator } from '../../src/testkit/index.ts'
import { adminRequest } from '../control/admin-request.ts'
import { coreApi } from '../core-api.ts'
import { sandboxesOf } from '../insides.ts'
import { openMerchant } from './merchant.ts'

const listed = 'SB-Mid-server-listed'
const dropped = 'SB-Mid-server-dropped'

test('a sandbox that was kept stays shut while its key is not listed, and is whole when it is again', async () => {
  const data = await mkdtemp(join(tmpdir(), 'listed-keys-'))
  const open = (keys: string) => startEmulator({ data, keys: 'listed', 'server-keys': keys })
  try {
    const first = await open(`${listed},${dropped}`)
    for (const key of [listed, dropped]) await (await openMerchant(first.url, key)).charge('order-1', 1_000)
    await first.close()

    await using second = await open(listed)
    const statusFor = (url: string, key: string) => coreApi(url, key).get('/v2/order-1/status')
    expect(await statusFor(second.url, listed)).toMatchObject({ transaction_status: 'settlement' })
    expect(await statusFor(second.url, dropped)).toMatchObject({ httpStatus: 401, status_code: '401' })
    expect(await adminRequest(second, 'settings', { key: dropped })).toMatchObject({ status: 401 })
    expect(sandboxesOf(second).all.map(({ serverKey }) => serverKey)).toEqual([listed])
    await second.close()

    await using third = await open(dropped)
    expect(await statusFor(third.url, dropped)).toMatchObject({ transaction_status: 'settlement' })
    expect(await statusFor(third.url, listed)).toMatchObject({ status_code: '401' })
  } finally {
    await rm(data, { recursive: true })
  }
})

test.each([
  [['--keys=listed'], {}],
  [['--keys=listed', '--server-keys='], {}],
  [['--keys=listed', '--server-keys=,'], {}],
  [[], { MIDTRANS_EMULATOR_KEYS: 'listed' }],
])('%j with the variables %j lists no key, and is a bad setting', async (flags, env) => {
  await expect(readConfig(flags, env)).rejects.toThrow(ConfigError)
  await expect(readConfig(flags, env)).rejects.toThrow(/--keys listed.*--server-keys/)
})
