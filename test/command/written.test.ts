import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { commandFiles } from '../../scripts/docs/command-files.ts'

test.each(Object.entries(commandFiles))('%s is what npm run docs would write', async (file, text) => {
  expect(await readFile(new URL(`../../${file}`, import.meta.url), 'utf8')).toBe(await text())
})
