import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { startEmulator } from '../../src/testkit/index.ts'

const folder = await mkdtemp(join(tmpdir(), 'payers-'))
afterAll(() => rm(folder, { recursive: true }))

async function fileWith(name: string, text: string): Promise<string> {
  const file = join(folder, name)
  await writeFile(file, text)
  return file
}

test('every sandbox knows the payers of a file, YAML or JSON, and a reset does not forget them', async () => {
  const yaml = '- { phone: "628215023424", persona: poor }\n- phone: "+628555000111"\n  balance: 3000\n'
  const json = JSON.stringify([
    { phone: '628215023424', persona: 'poor' },
    { phone: '08555000111', balance: 3_000 },
  ])
  for (const payers of [await fileWith('mine.yaml', yaml), await fileWith('mine.json', json)]) {
    await using emulator = await startEmulator({ payers })
    for (const key of ['SB-Mid-server-file-1', 'SB-Mid-server-file-2']) {
      const admin = emulator.admin(key)
      await admin.givePayer({ phone: '628555000111', balance: 9 })
      await admin.post('reset')
      expect(await admin.get('payers')).toHaveLength(13)
      expect(await admin.get('payers?phone=628215023424')).toMatchObject([
        { persona: 'poor', options: [{ balance: 0 }] },
      ])
      expect(await admin.get('payers?phone=628555000111')).toMatchObject([
        { persona: 'happy', options: [{ balance: 3_000 }] },
      ])
    }
  }
})

test.each([
  ['[{ "phone": "628555000111", "persona": "rich" }]', /bad\.yaml: \/0 .*"rich"/],
  ['- phone: "628555000111"\n- phone: mine', /bad\.yaml: \/1\/phone/],
  [
    '- phone: "628555000111"\n- phone: "628555000112"\n  options: [{ name: PAY_LATER }, { name: PAY_LATER }]',
    /\/1 .*twice/,
  ],
  ['phone: "628555000111"', /bad\.yaml: .*array/],
  ['- [', /bad\.yaml: /],
])('a file that says %j ends the start, with the file and the place', async (text, message) => {
  await expect(startEmulator({ payers: await fileWith('bad.yaml', text) })).rejects.toThrow(message)
})

test('a file that is not there ends the start', async () => {
  await expect(startEmulator({ payers: join(folder, 'none.yaml') })).rejects.toThrow(
    /none\.yaml: there is no such file/,
  )
})
