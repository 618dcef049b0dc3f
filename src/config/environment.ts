import { settings } from './settings.ts'

/** Variables, by their names. */
export type Environment = Readonly<Record<string, string | undefined>>

/** Those of this process: nothing else reads them. */
export const ownEnvironment = (): Environment => process.env

/** What a command that is started from here finds in its environment. */
export const environmentOfChild = (more: Readonly<Record<string, string>>): NodeJS.ProcessEnv => ({
  ...process.env,
  ...more,
})

/** True below `npm start` and `npx`. */
export const isStartedByNpm = (env = ownEnvironment()): boolean => env.npm_lifecycle_event !== undefined

/** Where those that talk to a running emulator find it, and as whom. An empty variable counts as not given. */
export const readClientSettings = (env = ownEnvironment()) => ({
  isUrlGiven: Boolean(env.MIDTRANS_EMULATOR_URL),
  url: env.MIDTRANS_EMULATOR_URL || `http://localhost:${settings.port.standard}`,
  sandbox: env.MIDTRANS_EMULATOR_SANDBOX || undefined,
  adminToken: env.MIDTRANS_EMULATOR_ADMIN_TOKEN || undefined,
})
