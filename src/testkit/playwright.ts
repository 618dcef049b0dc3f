import type { Inbox } from '../client/inbox.ts'
import type { TestEmulator, TestSandbox } from './emulator.ts'
import { type BrowserPage, type PayerPages, payerPages } from './payer-pages.ts'
import type { StartOptions } from './start.ts'
import { storyOf } from './story.ts'

export { type BrowserPage, type PageLocator, type PayerPages, payerPages, type Step } from './payer-pages.ts'

/** What a test is given by its name. */
export interface EmulatorFixtures {
  /** A merchant's handler, for this test alone. */
  inbox: Inbox
  /** A sandbox for this test alone, that tells the inbox. What happened in it is printed, and attached, where the test fails. */
  sandbox: TestSandbox
  /** The payer's pages, in the test's own page. */
  payer: PayerPages
}

/** What all tests of a worker share. */
export interface EmulatorWorkerFixtures {
  /** Started here, or the one at MIDTRANS_EMULATOR_URL. */
  emulator: TestEmulator
}

type Use<Value> = (value: Value) => Promise<void>

/** As much of Playwright's TestInfo as a fixture needs. */
interface TestInfo {
  readonly title: string
  readonly status?: string | undefined
  readonly expectedStatus: string
  attach(name: string, attached: { readonly body: string; readonly contentType: string }): Promise<void>
}

interface Fixtures {
  readonly emulator: [
    fixture: (args: object, use: Use<TestEmulator>) => Promise<void>,
    options: { readonly scope: 'worker' },
  ]
  readonly inbox: (args: object, use: Use<Inbox>) => Promise<void>
  readonly sandbox: (
    args: { readonly emulator: TestEmulator; readonly inbox: Inbox },
    use: Use<TestSandbox>,
    info: TestInfo,
  ) => Promise<void>
  readonly payer: (args: { readonly page: BrowserPage }, use: Use<PayerPages>) => Promise<void>
}

/**
 * Fixtures for Playwright's `test.extend`, of an emulator that is started with these options:
 * `base.extend<EmulatorFixtures, EmulatorWorkerFixtures>(emulatorFixtures())`.
 */
export const emulatorFixtures = (options: StartOptions = {}): Fixtures => ({
  emulator: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from it what a fixture needs.
    async ({}, use) => {
      // Whoever has an emulator, and wants the pages alone, does not load another one.
      const { emulatorOfWorker } = await import('./worker.ts')
      await using emulator = await emulatorOfWorker(options)
      await use(emulator)
    },
    { scope: 'worker' },
  ],
  // biome-ignore lint/correctness/noEmptyPattern: the same.
  inbox: async ({}, use) => {
    const { openInbox } = await import('../client/inbox.ts')
    await using inbox = await openInbox()
    await use(inbox)
  },
  sandbox: async ({ emulator, inbox }, use, info) => {
    const sandbox = await emulator.openSandbox({ notify: inbox.url })
    await use(sandbox)
    // Of a test that failed it stays, to be looked at. What cannot be forgotten ends with its emulator.
    if (info.status === info.expectedStatus) return await sandbox.close().catch(() => {})
    const story = await storyOf(sandbox)
    console.error(`${info.title}: ${story}`)
    await info.attach('what happened in the sandbox', { body: story, contentType: 'text/plain' })
  },
  payer: async ({ page }, use) => use(payerPages(page)),
})
