import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openInbox, startEmulator, type TestEmulator } from '../../src/testkit/index.ts'
import { adminRequest } from '../control/admin-request.ts'
import { sandboxesOf } from '../insides.ts'
import { fillIn, type Page, visit } from './browser.ts'
import { holdDisk } from './held-disk.ts'
import { linkIn, type Merchant, openMerchant } from './merchant.ts'

const key = 'SB-Mid-server-safe'
const root = await mkdtemp(join(tmpdir(), 'emulator-safe-'))
afterAll(() => rm(root, { recursive: true }))

interface Scene {
  readonly emulator: TestEmulator
  readonly merchant: Merchant
  /** A page that asks for a PIN, and a link that nobody has opened yet. */
  readonly page: Page
  readonly link: string
}

let scenes = 0

type Ask = (scene: Scene) => Promise<{ status: number }>

/** Changes something while the disk is held, and tells whether that, or what is read then, was answered meanwhile. */
async function whileHeld(change: Ask, hasHappened: (scene: Scene) => boolean, read?: Ask) {
  await using inbox = await openInbox()
  const data = join(root, String(++scenes))
  await using emulator = await startEmulator({ data })
  const merchant = await openMerchant(emulator.url, key)
  const page = await visit(linkIn(await merchant.charge('page', 150_000), 'verification-link-url'))
  const link = linkIn(await merchant.charge('link', 150_000), 'verification-link-url')
  await emulator.admin(key).patch('settings', { payment_notification_url: inbox.url })
  const scene = { emulator, merchant, page, link }
  expect(hasHappened(scene)).toBe(false)

  const disk = await holdDisk(data)
  const changed = change(scene)
  let answer = changed
  let isAnswered = false
  let answeredWhileHeld: boolean
  try {
    await expect.poll(() => hasHappened(scene)).toBe(true)
    if (read) answer = read(scene)
    answer = answer.finally(() => {
      isAnswered = true
    })
    // Whatever is not waiting for the disk has been answered after so many other requests.
    for (let requests = 0; requests < 20; requests++) await fetch(`${emulator.url}/livez`)
    answeredWhileHeld = isAnswered
    expect(inbox.received, 'told before it was safe').toEqual([])
  } finally {
    await disk.release()
  }
  await changed
  return { answeredWhileHeld, status: (await answer).status }
}

const sandboxOf = ({ emulator }: Scene) => {
  const sandbox = sandboxesOf(emulator).ofServerKey(key)
  if (!sandbox) throw new Error('the merchant has no sandbox')
  return sandbox
}
const verificationsOf = (scene: Scene) => [...sandboxOf(scene).state.verifications.values()]

test
  .skipIf(process.platform === 'win32')
  .each<[string, (scene: Scene) => Promise<{ status: number }>, (scene: Scene) => boolean, number]>([
    [
      'a charge',
      async ({ merchant }) => ({ status: (await merchant.charge('order-1', 1_000)).httpStatus }),
      (scene) => sandboxOf(scene).state.transactionOf.latest('order-1') !== undefined,
      200,
    ],
    [
      'a PIN on the page',
      async ({ page }) => {
        const { leftFor } = await fillIn(page, { pin: '112233' })
        return { status: leftFor?.includes('result=success') ? 303 : 0 }
      },
      (scene) => sandboxOf(scene).state.transactionOf.latest('page')?.status === 'settlement',
      303,
    ],
    [
      'a wrong PIN on the page',
      ({ page }) => fillIn(page, { pin: '000000' }),
      (scene) => verificationsOf(scene).some(({ wrongTries }) => wrongTries > 0),
      200,
    ],
    [
      'the opening of a link',
      ({ link }) => fetch(link, { redirect: 'manual' }),
      (scene) => verificationsOf(scene).filter(({ sessionId }) => sessionId !== undefined).length === 3,
      303,
    ],
    [
      'a change of the settings',
      ({ emulator }) => adminRequest(emulator, 'settings', { method: 'PATCH', key, body: { flow: 'app' } }),
      (scene) => sandboxOf(scene).settings.flow === 'app',
      200,
    ],
    [
      'a list of rules',
      ({ emulator }) =>
        adminRequest(emulator, 'rules', { method: 'PUT', key, body: [{ match: {}, outcome: '202', times: 1 }] }),
      (scene) => sandboxOf(scene).state.rules.size === 1,
      200,
    ],
    [
      'a reset',
      ({ emulator }) => adminRequest(emulator, 'reset', { method: 'POST', key }),
      (scene) => sandboxOf(scene).isEmpty,
      200,
    ],
  ])('%s is answered only when it is safe', async (_what, change, hasHappened, status) => {
  expect(await whileHeld(change, hasHappened)).toEqual({ answeredWhileHeld: false, status })
})

test.skipIf(process.platform === 'win32').each<[string, Ask]>([
  ['settings', ({ emulator }) => adminRequest(emulator, 'settings', { key })],
  ['a payment', async ({ merchant }) => ({ status: (await merchant.status('page')).httpStatus })],
  ['a page', ({ page }) => visit(page.url)],
])('whoever reads %s while a change is not safe yet waits as well', async (_what, read) => {
  const isPaid = (scene: Scene) => sandboxOf(scene).state.transactionOf.latest('page')?.status === 'settlement'
  const pay = (scene: Scene) => fillIn(scene.page, { pin: '112233' })
  expect(await whileHeld(pay, isPaid, read)).toEqual({ answeredWhileHeld: false, status: 200 })
})
