import { test as base } from 'vitest'
import { type Inbox, openInbox } from '../client/inbox.ts'
import type { TestEmulator, TestSandbox } from './emulator.ts'
import type { StartOptions } from './start.ts'
import { storyOf } from './story.ts'
import { emulatorOfWorker } from './worker.ts'

/** What a test is given by its name. */
export interface Fixtures {
  /** One for each worker: started here, or the one at MIDTRANS_EMULATOR_URL. */
  readonly emulator: TestEmulator
  /** A merchant's handler, for this test alone. */
  readonly inbox: Inbox
  /** A sandbox for this test alone, that tells the inbox. What happened in it is printed where the test fails. */
  readonly sandbox: TestSandbox
}

const wantedBy = new WeakMap<TestEmulator, StartOptions>()

/** vitest's `test`, with fixtures of an emulator that is started with these options. */
export const emulatorTest = (options: StartOptions = {}) =>
  base.extend<Fixtures>({
    emulator: [
      // biome-ignore lint/correctness/noEmptyPattern: vitest reads from it what a fixture needs.
      async ({}, use) => {
        await using emulator = await emulatorOfWorker(options)
        wantedBy.set(emulator, options)
        await use(emulator)
      },
      { scope: 'worker' },
    ],
    // biome-ignore lint/correctness/noEmptyPattern: the same.
    inbox: async ({}, use) => {
      await using inbox = await openInbox()
      await use(inbox)
    },
    sandbox: async ({ emulator, inbox, onTestFailed, onTestFinished }, use) => {
      if ((wantedBy.get(emulator) ?? options) !== options) {
        throw new Error(
          'found an emulator with other settings: vitest 3 has one for all tests of a worker; use one emulatorTest() for each file, or vitest 4',
        )
      }
      const sandbox = await emulator.openSandbox({ notify: inbox.url })
      onTestFailed(async ({ task }) => console.error(`${task.name}: ${await storyOf(sandbox)}`))
      // Of a test that failed it stays, to be looked at. What cannot be forgotten ends with its emulator.
      onTestFinished(({ task }) => (task.result?.state === 'pass' ? sandbox.close().catch(() => {}) : undefined))
      await use(sandbox)
    },
  })

/** The same, with the usual settings. */
export const test = emulatorTest()
