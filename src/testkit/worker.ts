import { readClientSettings } from '../config/index.ts'
import { attachEmulator } from './attach.ts'
import type { TestEmulator } from './emulator.ts'
import { type StartOptions, startEmulator } from './start.ts'

/**
 * The emulator for a worker of a test runner: the one at MIDTRANS_EMULATOR_URL. Where that is not set, or tests want
 * settings that nobody can give to one that runs already, one is started here.
 */
export async function emulatorOfWorker(options: StartOptions): Promise<TestEmulator> {
  const { isUrlGiven, url, adminToken } = readClientSettings()
  const isPlain = Object.keys(options).length === 0
  // Sooner than a runner loses patience with the test, which would not say why.
  return isUrlGiven && isPlain ? attachEmulator(url, { adminToken, within: 3_000 }) : startEmulator(options)
}
