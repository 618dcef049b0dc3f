import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { openInbox, startEmulator } from '../../src/testkit/index.ts'
import { openMerchant } from '../journeys/merchant.ts'
import { openProject } from './folder.ts'

test('startEmulator takes a file of settings, and what it is given goes before it', async () => {
  await using inbox = await openInbox()
  await using project = await openProject({
    'shop.yaml': `port: 1\nadmin_token: sesame\nmerchant_id: FILE\nflow: app\npayment_notification_url: ${inbox.url}\n`,
  })
  await using emulator = await startEmulator({ config: join(project.folder, 'shop.yaml'), flow: 'web' })
  const admin = emulator.admin('SB-Mid-server-file')
  await (await openMerchant(emulator.url, 'SB-Mid-server-file')).charge('order-1', 50_000)
  expect(await admin.get('settings')).toMatchObject({ merchant_id: 'FILE', flow: 'web' })
  await inbox.waitFor(1)
})

test('startEmulator says what is wrong with such a file', async () => {
  await using project = await openProject({ 'shop.yaml': 'prot: 1\n' })
  const config = join(project.folder, 'shop.yaml')
  await expect(startEmulator({ config })).rejects.toThrow(`${config}: line 1: prot: found an unknown key, did you mean`)
})

test('startEmulator ignores the environment, and files that lie around', async () => {
  await using project = await openProject({ 'midtrans-emulator.yaml': 'prot: 1\n' })
  const kit = fileURLToPath(new URL('../../src/testkit/index.ts', import.meta.url))
  const script = `const { startEmulator } = await import(${JSON.stringify(kit)})
    await using emulator = await startEmulator({ 'server-keys': 'SB-Mid-server-x' })
    console.log(emulator.sandboxes.all[0].settings.flow)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    cwd: project.folder,
    env: { MIDTRANS_EMULATOR_FLOW: 'app', MIDTRANS_EMULATOR_CONFIG: 'flow: app' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  expect(await Promise.all([text(child.stdout), text(child.stderr)])).toEqual(['web\n', ''])
})
