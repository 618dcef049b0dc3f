import { test as base } from 'vitest'
import { type Inbox, openInbox } from '../client/inbox.ts'
import { readClientSettings } from '../config/index.ts'
import { attachEmulator, type TestEmulator, type TestSandbox } from './emulator.ts'
import { type StartOptions, startEmulator } from './start.ts'

/** What a test is given by its name. */
export interface Fixtures {
  /** One for each worker: started here, or the one at MIDTRANS_EMULATOR_URL. */
  readonly emulator: TestEmulator
  /** A merchant's handler, for this test alone. */
  readonly inbox: Inbox
  /** A sandbox for this test alone, that tells the inbox. What happened in it is printed where the test fails. */
  readonly sandbox: TestSandbox
}

/** vitest's `test`, with fixtures of an emulator that is started with these options. */
export const emulatorTest = (options: StartOptions = {}) =>
  base.extend<Fixtures>({
    emulator: [
      // biome-ignore lint/correctness/noEmptyPattern: vitest reads from it what a fixture needs.
      async ({}, use) => {
        const { isUrlGiven, url, adminToken } = readClientSettings()
        await using emulator = isUrlGiven
          ? await attachEmulator(url, adminToken === undefined ? {} : { adminToken })
          : await startEmulator(options)
        await use(emulator)
      },
      { scope: 'worker' },
    ],
    // biome-ignore lint/correctness/noEmptyPattern: the same.
    inbox: async ({}, use) => {
      await using inbox = await openInbox()
      await use(inbox)
    },
    sandbox: async ({ emulator, inbox, onTestFailed }, use) => {
      const sandbox = await emulator.openSandbox({ notify: inbox.url })
      onTestFailed(async () => console.error(await sandbox.story()))
      await use(sandbox)
    },
  })

/** The same, with the usual settings. */
export const test = emulatorTest()
