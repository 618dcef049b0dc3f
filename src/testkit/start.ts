import { configOfFlags } from '../config/index.ts'
import { openEmulator } from '../emulator.ts'
import { type TestEmulator, testEmulator } from './emulator.ts'

export interface StartOptions {
  /** Flags of the command, without their dashes: { 'payment-notification-url': inbox.url }. */
  readonly [flag: string]: string | number | undefined
}

/**
 * Starts an emulator on a free port, in this process: `await using emulator = await startEmulator()`. Environment and
 * files that lie around are ignored; the option `config` names a file of settings. Rejects where an option cannot be used.
 */
export async function startEmulator(options: StartOptions = {}): Promise<TestEmulator> {
  const flags = Object.entries({ port: 0, 'log-level': 'error', ...options }).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}=${value}`],
  )
  const config = await configOfFlags(flags)
  const { url, close, sandboxes } = await openEmulator(config)
  const emulator = testEmulator(url, config.admin?.token, close)
  // For tests of the emulator itself, which look inside.
  return Object.assign(emulator, { sandboxes })
}
