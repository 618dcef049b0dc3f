import { expect, test } from 'vitest'
import { startEmulator } from '../../src/testkit/index.ts'
import { openProject } from './project.ts'

const tests = `
import { expect } from 'vitest'
import { emulatorTest, test } from 'midtrans-emulator/testkit/vitest'

test('passes', async ({ emulator, sandbox }) => {
  expect(emulator.url).toBe(process.env.MIDTRANS_EMULATOR_URL)
  await sandbox.trigger('settlement', { order_id: 'quiet' })
})
test('fails', async ({ sandbox }) => {
  await sandbox.trigger('settlement', { order_id: 'loud' })
  expect(await sandbox.get('transactions')).toEqual([])
})
emulatorTest({ flow: 'app' })('has settings of its own', async ({ emulator, sandbox }) => {
  expect(emulator.url).not.toBe(process.env.MIDTRANS_EMULATOR_URL)
  expect(await sandbox.get('settings')).toMatchObject({ flow: 'app' })
})
`

test('tests of vitest use an emulator that is there, unless they want another one; of theirs only failed ones leave a sandbox', async () => {
  await using emulator = await startEmulator({ 'admin-token': 'sesame' })
  using project = openProject({ 'shop.test.ts': tests })
  const output = await project.run('vitest/vitest.mjs', ['run', '--root', '.'], {
    MIDTRANS_EMULATOR_URL: emulator.url,
    MIDTRANS_EMULATOR_ADMIN_TOKEN: 'sesame',
  })
  expect(output).toMatch(/1 failed \| 2 passed/)
  expect(output).toMatch(/^fails: everything, .*POST \/v2\/charge loud/ms)
  expect(output).not.toContain('quiet')
  expect(await emulator.admin('SB-Mid-server-looker').get('sandboxes')).toMatchObject([{ transactions: 1 }])
})
