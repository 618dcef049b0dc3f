import { readFile } from 'node:fs/promises'
import { Ajv } from 'ajv'
import { expect, test } from 'vitest'
import { runCommand } from '../journeys/command.ts'

const written = (file: string) => readFile(new URL(`../../${file}`, import.meta.url), 'utf8')

test('the schema that comes with the package is the one that config --schema prints', async () => {
  const { code, stdout } = await runCommand(['config', '--schema']).ended
  expect(code).toBe(0)
  // Otherwise: npm run schema.
  expect(JSON.parse(await written('fixtures/config.schema.json'))).toEqual(JSON.parse(stdout))
})

test('the schema takes what a file may hold, and refuses what it may not', async () => {
  const accepts = new Ajv({ strict: true }).compile(JSON.parse(await written('fixtures/config.schema.json')))
  const good = {
    port: 1,
    tls: true,
    admin: 'off',
    server_keys: ['a'],
    quirks: { expire_text: 'has-expired' },
    seed: '',
  }
  expect(accepts({ $schema: 'x', ...good })).toBe(true)
  const bad = [
    { prot: 1 },
    { port: '1' },
    { port: 65_536 },
    { tls: 'yes' },
    { quirks: { expire_text: 'x' } },
    { seed: 1 },
  ]
  for (const each of [...bad, { server_keys: 'a' }, { server_keys: [''] }, { quirks: { x: 'y' } }]) {
    expect([each, accepts(each)]).toEqual([each, false])
  }
})
