import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, expect, inject, onTestFinished } from 'vitest'
import { watchForProblems } from './problems.ts'
import { widths } from './widths.ts'

export interface PageOptions {
  /** Everything works without it. */
  readonly javaScript?: boolean
  /** What the browser says its reader speaks. The language of a payer's page is up to the merchant. */
  readonly locale?: 'id-ID' | 'en-GB'
  readonly width?: keyof typeof widths
  readonly dark?: boolean
}

/** A tab with nothing of any other tab: `await using tab = await openPage()`. */
export interface Tab {
  readonly page: Page
  /** All that no page may do, so far. A test fails at its end where there is any; who wants some takes them out. */
  readonly problems: string[]
  [Symbol.asyncDispose](): Promise<void>
}

/** Modules live as long as their worker, so it connects once. The browser goes with the run. */
let browser: Promise<Browser> | undefined

/** Opens a tab. Whatever goes wrong in it (errors in the console, requests without answer, a broken CSP) fails the test. */
export async function openPage(options: PageOptions = {}): Promise<Tab> {
  const tab = await open(options)
  onTestFinished(() => expectNoProblems(tab))
  return tab
}

/** One tab for all tests of a file, which then take half the time: a new one has everything to learn anew. */
export function tabOfFile(options: PageOptions = {}): () => Promise<Tab> {
  let tab: Promise<Tab> | undefined
  afterEach(async () => tab && expectNoProblems(await tab))
  afterAll(async () => (await tab)?.[Symbol.asyncDispose]())
  return () => {
    tab ??= open(options)
    return tab
  }
}

const expectNoProblems = ({ problems }: Tab) => expect(problems.splice(0), 'what no page may do').toEqual([])

async function open({
  javaScript = true,
  locale = 'id-ID',
  width = 'desktop',
  dark = false,
}: PageOptions): Promise<Tab> {
  browser ??= chromium.connect(inject('browser'))
  const context = await (await browser).newContext({
    ...widths[width],
    locale,
    javaScriptEnabled: javaScript,
    colorScheme: dark ? 'dark' : 'light',
    // What is on its way from one look to another can neither be judged nor clicked for sure.
    reducedMotion: 'reduce',
  })
  context.setDefaultTimeout(10_000)
  const page = await context.newPage()
  return { page, problems: watchForProblems(context), [Symbol.asyncDispose]: () => context.close() }
}
