import { expect, test } from 'vitest'
import { files } from '../../scripts/docs/files.ts'
import { textOf } from './blocks.ts'

test.each(Object.entries(files))('%s is what npm run docs would write', async (file, text) => {
  expect(await text()).toBe(textOf(file))
})
