import { afterAll, describe, test } from 'vitest'
import { blocksOf, pages } from './blocks.ts'
import { check } from './check.ts'
import { isInstalled } from './languages.ts'
import { openReader, type Reader } from './reader.ts'

const canRun = ['bash', 'curl'].every(isInstalled)

/** Blocks of a page are lived through in order, by one reader; pages stand beside each other. */
describe.each(pages.filter((page) => blocksOf(page).length > 0))('%s', { concurrent: true }, (page) => {
  let opening: Promise<Reader> | undefined
  let before: string | undefined
  let broken: number | undefined
  afterAll(async () => (await opening)?.[Symbol.asyncDispose]())

  for (const block of blocksOf(page)) {
    test(`line ${block.line}, ${block.language}, does what the page says`, {
      concurrent: false,
      timeout: 60_000,
    }, async ({ skip }) => {
      if (!canRun) skip('bash and curl are not installed')
      if (broken !== undefined) skip(`line ${broken} went wrong before`)
      opening ??= openReader()
      const { skipped, wrong, stdout } = await check(await opening, block, before)
      before = stdout
      if (wrong !== undefined) broken = block.line
      if (wrong !== undefined) throw new Error(`${page}:${block.line}\n${block.text}\n\n${wrong}`)
      if (skipped !== undefined) skip(skipped)
    })
  }
})
