import { type Admin, admin } from '../client/admin.ts'
import { readConfig } from '../config.ts'
import { type Emulator, openEmulator } from '../emulator.ts'

export interface StartOptions {
  /** Flags of the command, without their dashes: { 'payment-notification-url': inbox.url }. */
  readonly [flag: string]: string | number | undefined
}

export interface TestEmulator extends Emulator {
  /** The admin API of the sandbox of a server key. */
  admin(serverKey: string): Admin
}

/** Starts an emulator on a free port: `await using emulator = await startEmulator()`. The environment is ignored. */
export async function startEmulator(options: StartOptions = {}): Promise<TestEmulator> {
  const flags = Object.entries({ port: 0, 'log-level': 'error', ...options }).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}`, String(value)],
  )
  const emulator = await openEmulator(readConfig(flags, {}))
  const token = options['admin-token']?.toString()
  return { ...emulator, admin: (serverKey) => admin(emulator.url, serverKey, token) }
}
