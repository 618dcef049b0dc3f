import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { admin as adminOf } from '../../src/client/admin.ts'
import { openInbox } from '../../src/testkit/index.ts'
import { runCommand } from './command.ts'
import { openMerchant } from './merchant.ts'

const key = 'SB-Mid-server-gate-restart'
const root = await mkdtemp(join(tmpdir(), 'emulator-gate-'))
afterAll(() => rm(root, { recursive: true }))

// Issue 4, 8: held, planned and claimed notifications survive a restart and a kill.
test.each(['SIGKILL', 'SIGTERM'] as const)(
  'after %s what is held is still held, and what was under way is sent',
  async (signal) => {
    await using inbox = await openInbox()
    const start = () =>
      runCommand(['--port', '0', '--data', join(root, signal), '--payment-notification-url', inbox.url])
    await using first = start()
    const url = await first.ready
    const merchant = await openMerchant(url, key)
    inbox.answer(({ body }) => (body.order_id === 'under-way' ? new Promise(() => {}) : 503))
    await merchant.charge('planned', 1_000)
    await merchant.charge('under-way', 1_000)
    // Not waitFor: one of them is never answered.
    await expect.poll(() => inbox.received.length, { timeout: 5_000 }).toBe(2)
    await adminOf(url, key).post('gate/hold', { filter: { order_id: 'held' } })
    await merchant.charge('held', 1_000)
    await first.end(signal)

    inbox.answer(() => 200)
    await using second = start()
    const admin = adminOf(await second.ready, key)
    await admin.post('expect', { notification: { order_id: 'under-way' } })
    expect(await admin.get('gate')).toMatchObject({ holds: [{ order_id: 'held' }], held: [{ reference: 'held' }] })
    await admin.advance('2m')
    await admin.post('gate/resume')
    await admin.post('expect', { notification: { order_id: 'held' } })
    expect(inbox.received.map(({ body }) => body.order_id)).toEqual([
      'planned',
      'under-way',
      'under-way',
      'planned',
      'held',
    ])
  },
)
