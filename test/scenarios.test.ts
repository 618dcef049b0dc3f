import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { runScenario } from '../src/testkit/index.ts'
import { emulatorOfFile } from './midtrans/merchant.ts'

const folder = new URL('../fixtures/scenarios/', import.meta.url)
const files = readdirSync(folder)
const emulator = await emulatorOfFile()

/** Only one of them: npx vitest run test/scenarios.test.ts -t link-happy */
test.each(files.map((file) => file.replace(/\.yaml$/, '')))('the story %s comes true', async (name) => {
  const { passed, steps } = await runScenario(emulator, name)
  expect(passed).toBe(true)
  expect(steps.length).toBeGreaterThan(0)
})

test.each(files)('editors find the schema of %s', (file) => {
  const [first] = readFileSync(new URL(file, folder), 'utf8').split('\n')
  expect(first).toBe('# yaml-language-server: $schema=../scenario.schema.json')
})
