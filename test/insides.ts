import type { Sandboxes } from '../src/sandboxes.ts'
import type { TestEmulator } from '../src/testkit/index.ts'

/** What the test kit keeps to itself: for tests that look, or reach, inside. */
export function sandboxesOf(emulator: TestEmulator): Sandboxes {
  // `startEmulator` gives it along.
  const { sandboxes } = emulator as TestEmulator & { readonly sandboxes: Sandboxes }
  return sandboxes
}
