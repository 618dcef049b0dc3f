import { type Admin, admin } from '../client/admin.ts'
import { configOfFlags } from '../config/index.ts'
import { type Emulator, openEmulator } from '../emulator.ts'

export interface StartOptions {
  /** Flags of the command, without their dashes: { 'payment-notification-url': inbox.url }. */
  readonly [flag: string]: string | number | undefined
}

export interface TestEmulator extends Emulator {
  /** The admin API of the sandbox of a server key. */
  admin(serverKey: string): Admin
}

/**
 * Starts an emulator on a free port: `await using emulator = await startEmulator()`. Environment and files that lie around are
 * ignored; the option `config` names a file of settings.
 */
export async function startEmulator(options: StartOptions = {}): Promise<TestEmulator> {
  const flags = Object.entries({ port: 0, 'log-level': 'error', ...options }).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}=${value}`],
  )
  const config = await configOfFlags(flags)
  const emulator = await openEmulator(config)
  const token = config.admin?.token
  return { ...emulator, admin: (serverKey) => admin(emulator.url, serverKey, token) }
}
