import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { apiFiles } from '../../../scripts/docs/api-files.ts'

test.each(Object.entries(apiFiles))('%s is what npm run docs would write', async (file, text) => {
  const written = await readFile(new URL(`../../../${file}`, import.meta.url), 'utf8')
  expect(await text()).toBe(written)
})
