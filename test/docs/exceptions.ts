import type { Block } from './blocks.ts'

interface Exception {
  readonly page: RegExp
  /** The whole block, or how it begins. */
  readonly text: string | RegExp
  readonly why: string
}

/** Blocks that are not run here. Nothing else is left out. */
const exceptions: readonly Exception[] = [
  { page: /^README\.md$/, text: 'npm ci && npm start', why: 'test/npm-start.test.ts runs it' },
  { page: /^README\.md$/, text: 'npm ci && npm test', why: 'it is what runs this test' },
  { page: /^docs\/testing-pages\.md$/, text: /^await using tab = /, why: 'a piece of what test/browser runs' },
  {
    page: /^docs\/testkit\.md$/,
    text: /^import .* from '@playwright\/test'/,
    why: 'test/browser/playwright-fixtures.test.ts runs it',
  },
  { page: /^docs\/snap\.md$/, text: /^\/\/ shop\.mjs/, why: 'test/browser/snap-demo.test.ts runs it' },
  { page: /^docs\/testkit\.md$/, text: /^import .* from '@jest\/globals'/, why: 'test/package.test.ts runs it' },
]

export const exceptionOf = ({ page, text }: Block): string | undefined =>
  exceptions.find(({ page: pages, text: known }) => {
    return pages.test(page) && (known instanceof RegExp ? known.test(text) : known === text)
  })?.why
