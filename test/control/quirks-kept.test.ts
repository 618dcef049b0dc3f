import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import {
  defaultQuirks,
  isForAllSandboxes,
  optionsOf,
  type Quirk,
  quirkNames,
  quirks,
} from '../../src/midtrans/quirks.ts'
import { startEmulator, type TestEmulator } from '../../src/testkit/index.ts'
import { emulatorOfFile, newShop } from '../midtrans/merchant.ts'
import { adminRequest } from './admin-request.ts'

// Issue: where sources about Midtrans disagree, a setting chooses; settings survive a reset and, with --data, a restart.
const emulator = await emulatorOfFile()
const key = 'SB-Mid-server-quirks-kept'
const root = await mkdtemp(join(tmpdir(), 'emulator-quirks-'))
afterAll(() => rm(root, { recursive: true }))
let folders = 0
const newFolder = () => join(root, String(++folders))

const ofSandboxes = quirkNames.filter((name) => !isForAllSandboxes(name))
/** For each quirk the option that is the furthest from its default. */
const others = Object.fromEntries(ofSandboxes.map((name) => [name, optionsOf(name).at(-1)]))
const patch = (of: TestEmulator, chosen: object) =>
  adminRequest(of, 'settings', { method: 'PATCH', key, body: { quirks: chosen } })
const chosenIn = async (of: TestEmulator) => (await adminRequest(of, 'settings', { key })).body.quirks
/** What GET /__admin/quirks says that holds. */
const listedIn = async (of: TestEmulator): Promise<object> => {
  const { body } = await adminRequest(of, 'quirks', { key })
  return Object.fromEntries(body.map(({ name, set }: { name: string; set: string }) => [name, set]))
}

test.each(ofSandboxes)('a restart leaves %s, and all other quirks, as they were chosen', async (name) => {
  const data = newFolder()
  const expected = { ...defaultQuirks, [name]: others[name] }
  {
    await using first = await startEmulator({ data })
    await patch(first, { [name]: others[name] })
  }
  await using next = await startEmulator({ data })
  expect(await chosenIn(next)).toEqual(expected)
  expect(await listedIn(next)).toEqual(expected)
})

test('all quirks at once survive a reset, and two restarts', async () => {
  const data = newFolder()
  const expected = { ...defaultQuirks, ...others }
  {
    await using first = await startEmulator({ data })
    await patch(first, others)
    await first.admin(key).post('reset')
    expect(await chosenIn(first)).toEqual(expected)
  }
  {
    await using second = await startEmulator({ data })
    expect(await chosenIn(second)).toEqual(expected)
    await patch(second, { status_text: 'is-found' })
  }
  await using third = await startEmulator({ data })
  expect(await chosenIn(third)).toEqual({ ...expected, status_text: 'is-found' })
})

test('after a reset a quirk is not only listed, but holds', async () => {
  const shop = await newShop(emulator)
  await shop.admin.patch('settings', { quirks: { status_text: 'found', order_id_symbols: 'reject' } })
  await shop.admin.post('reset')
  const link = { payment_type: 'gopay', transaction_details: { order_id: 'order-1', gross_amount: 1 } }
  await shop.api.post('/v2/charge', link)
  expect(await shop.status('order-1')).toMatchObject({ status_message: 'Success, transaction found' })
  const transaction_details = { order_id: 'a b', gross_amount: 1 }
  expect(await shop.api.post('/v2/charge', { ...link, transaction_details })).toMatchObject({ status_code: '400' })
})

test('what a sandbox has chosen goes before the flag of a later start; what it has not, does not', async () => {
  const data = newFolder()
  {
    await using first = await startEmulator({ data })
    await patch(first, { status_text: 'is-found', expire_text: 'has-expired' })
  }
  await using next = await startEmulator({ data, quirks: 'status_text=found,link_path=account' })
  const expected = { ...defaultQuirks, expire_text: 'has-expired', link_path: 'account' }
  expect(await chosenIn(next)).toEqual(expected)
})

// A PATCH that names unauthorized_text as it is must not keep it in the sandbox.
test('a sandbox lists what holds for all sandboxes as the flag has it, also at the next start', async () => {
  const data = newFolder()
  {
    await using first = await startEmulator({ data })
    // What GET answers can be sent back as it is.
    await patch(first, await chosenIn(first))
  }
  await using next = await startEmulator({ data, quirks: 'unauthorized_text=access-denied' })
  expect(await chosenIn(next)).toMatchObject({ unauthorized_text: 'access-denied' })
})

test.each(optionsOf('unauthorized_text'))('a sandbox lists unauthorized_text=%s as the flag has it', async (option) => {
  await using flagged = await startEmulator({ quirks: `unauthorized_text=${option}` })
  expect(await chosenIn(flagged)).toEqual({ ...defaultQuirks, unauthorized_text: option })
  expect(await listedIn(flagged)).toMatchObject({ unauthorized_text: option })
  expect(await patch(flagged, { unauthorized_text: option })).toMatchObject({ status: 200 })
  for (const other of optionsOf('unauthorized_text').filter((each) => each !== option)) {
    expect(await patch(flagged, { unauthorized_text: other })).toMatchObject({
      status: 409,
      body: { hint: expect.stringContaining(`--quirks unauthorized_text=${other}`) },
    })
  }
})

const wrong = quirkNames.flatMap((name) =>
  [`${name}=no-such-option`, `${name}=`, name].map((flag) => [flag, name] as const),
)

test.each(wrong)('--quirks %s is refused, and what %s can be is told', async (flag, name) => {
  const found = flag.endsWith('no-such-option') ? 'no-such-option' : ''
  await expect(startEmulator({ quirks: flag })).rejects.toThrow(
    `--quirks: ${name}: found "${found}", expected ${optionsOf(name).join(', ')}`,
  )
})

test.each(ofSandboxes)('%s cannot be set to an option of no quirk; the answer lists its own', async (name) => {
  const answer = await patch(emulator, { ...others, [name]: 'no-such-option' })
  expect(answer).toMatchObject({ status: 400, body: { status: 400 } })
  expect(answer.body.detail).toContain(`quirks.${name}`)
  expect(answer.body.detail).toContain(optionsOf(name).join(', '))
  expect(await chosenIn(emulator)).toEqual(defaultQuirks)
})

test.each(Object.entries<Quirk>(quirks))('each option of %s has a meaning and a source of its own', (_name, quirk) => {
  const options = Object.values(quirk.options)
  expect(new Set(options.map(({ means }) => means)).size).toBe(options.length)
  expect(new Set(options.map(({ source }) => source)).size).toBe(options.length)
})
