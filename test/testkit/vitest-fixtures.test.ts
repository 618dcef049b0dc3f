import { expect } from 'vitest'
import { emulatorTest, test } from '../../src/testkit/vitest.ts'
import { openMerchant } from '../journeys/merchant.ts'

test('a test that asks for a sandbox and an inbox has both, wired', async ({ sandbox, inbox }) => {
  await (await openMerchant(sandbox.url, sandbox.serverKey)).charge('order-1', 5_000)
  const [linked, paid] = await inbox.waitFor(2)
  expect(linked?.body).toMatchObject({ account_status: 'ENABLED' })
  expect(paid && inbox.isSigned(paid, sandbox.serverKey)).toBe(true)
})

test('the next test has a sandbox and an inbox of its own', async ({ sandbox, inbox }) => {
  expect(await sandbox.get('transactions')).toEqual([])
  expect(inbox.received).toEqual([])
})

const inAppFlow = emulatorTest({ flow: 'app' })

inAppFlow('the emulator can be started with flags', async ({ sandbox }) => {
  expect(await sandbox.get('settings')).toMatchObject({ flow: 'app' })
})
