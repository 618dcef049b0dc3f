import { readConfig } from '../config.ts'
import { openEmulator } from '../emulator.ts'
import { type TestEmulator, testEmulator } from './emulator.ts'

export interface StartOptions {
  /** Flags of the command, without their dashes: { 'payment-notification-url': inbox.url }. */
  readonly [flag: string]: string | number | undefined
}

/**
 * Starts an emulator on a free port, in this process: `await using emulator = await startEmulator()`. The environment is
 * ignored. Rejects where an option cannot be used.
 */
export async function startEmulator(options: StartOptions = {}): Promise<TestEmulator> {
  const flags = Object.entries({ port: 0, 'log-level': 'error', ...options }).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}`, String(value)],
  )
  const { url, close, sandboxes } = await openEmulator(readConfig(flags, {}))
  const emulator = testEmulator(url, options['admin-token']?.toString(), close)
  // For tests of the emulator itself, which look inside.
  return Object.assign(emulator, { sandboxes })
}
