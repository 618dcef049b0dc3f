import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { startEmulator } from '../../src/testkit/index.ts'
import { runCommand } from '../journeys/command.ts'
import { adminRequest } from './admin-request.ts'

const root = await mkdtemp(join(tmpdir(), 'scenario-folder-'))
afterAll(() => rm(root, { recursive: true }))

async function folderWith(files: Readonly<Record<string, object>>): Promise<string> {
  const folder = await mkdtemp(join(root, 'own-'))
  for (const [name, body] of Object.entries(files)) await writeFile(join(folder, name), JSON.stringify(body))
  return folder
}

const key = 'SB-Mid-server-own'
const named = (merchant_name: string) => ({ title: merchant_name, settings: { merchant_name } })
const nameIn = async (emulator: { readonly url: string }) =>
  (await adminRequest(emulator, 'settings', { key })).body.merchant_name

test("one's own scenarios are listed, read, loaded and run by their names, and go before those of the emulator", async () => {
  const scenarios = await folderWith({
    'our-sale.json': { ...named('Our sale'), steps: [{ advance: '1m' }] },
    'link-happy.yaml': named('Ours instead'),
    'README.md': {},
  })
  await using emulator = await startEmulator({ scenarios })
  const { body: all } = await adminRequest(emulator, 'scenarios', { key })
  expect(all).toContainEqual({ name: 'our-sale', title: 'Our sale', steps: 1 })
  expect(all).toContainEqual(expect.objectContaining({ name: 'link-happy', title: 'Ours instead' }))
  expect(all.length).toBeGreaterThan(40)
  await adminRequest(emulator, 'scenario', { method: 'PUT', key, body: { name: 'our-sale' } })
  expect(await nameIn(emulator)).toBe('Our sale')
  expect(await adminRequest(emulator, 'scenarios/our-sale/run', { method: 'POST', key })).toMatchObject({
    body: { passed: true, steps: [{}] },
  })
  const run = runCommand(['run', 'our-sale'], { MIDTRANS_EMULATOR_SCENARIOS: scenarios })
  expect(await run.ended).toMatchObject({ code: 0, stdout: expect.stringContaining('our-sale: Our sale') })
})

test('every new sandbox begins with the default of the folder, unless another one is named', async () => {
  const scenarios = await folderWith({ 'default.yaml': named('By default'), 'other.yaml': named('Named') })
  await using byDefault = await startEmulator({ scenarios })
  expect(await nameIn(byDefault)).toBe('By default')
  await using byName = await startEmulator({ scenarios, scenario: 'other' })
  expect(await nameIn(byName)).toBe('Named')
})

test('a bad scenario in the folder, or no such folder, ends the start with file and line', async () => {
  const broken = { title: 'Broken', rules: [{ match: {}, outcom: 'deny' }] }
  const scenarios = await folderWith({ 'good.yaml': named('Good'), 'broken.yaml': broken })
  const started = runCommand(['--port', '0', '--scenarios', scenarios])
  expect(await started.ended).toMatchObject({
    code: 2,
    stderr: expect.stringContaining(`${join(scenarios, 'broken.yaml')}: line 1: rules.0.outcom`),
  })
  await expect(startEmulator({ scenarios: join(root, 'none') })).rejects.toThrow(/cannot read .*none \(ENOENT\)/)
})

test('a file that would have no name, or one of two with the same, is not passed over', async () => {
  const start = async (...files: string[]) =>
    startEmulator({ scenarios: await folderWith(Object.fromEntries(files.map((file) => [file, named('Ours')]))) })
  await expect(start('Our Sale.yaml')).rejects.toThrow('found Our Sale.yaml, expected small letters')
  await expect(start('sale.json', 'sale.yaml')).rejects.toThrow('found sale.yaml beside sale.json')
  await using emulator = await start('.hidden.yaml', 'scenario.schema.json', 'notes.txt', 'sale.yaml')
  expect((await adminRequest(emulator, 'scenarios', { key })).body).toContainEqual(
    expect.objectContaining({ name: 'sale' }),
  )
})
