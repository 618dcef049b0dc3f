import { randomUUID } from 'node:crypto'
import { type Admin, admin } from '../client/admin.ts'
import { send } from '../client/http.ts'
import { pause } from '../engine/time/pause.ts'

/** An emulator, in this process or elsewhere, that tests use. */
export interface TestEmulator {
  /** The base URL of the Core API: "http://127.0.0.1:8765". */
  readonly url: string
  /** A sandbox that nobody else knows: a server key of its own, and these settings. Rejects where one cannot be. */
  openSandbox(settings?: SandboxSettings): Promise<TestSandbox>
  /** The admin API of the sandbox of a server key. */
  admin(serverKey: string): Admin
  /** Ends an emulator that was started here; one that was there before stays. */
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/** What a sandbox begins with. */
export interface SandboxSettings {
  /** Where all notifications go: of payments, subscriptions and linked accounts. */
  readonly notify?: string
  /** Settings as PATCH /__admin/settings knows them: { flow: 'app' }. */
  readonly [setting: string]: unknown
}

/** One merchant's world, and all that can be done with it. */
export interface TestSandbox extends Admin {
  /** What the shop under test is to use. */
  readonly serverKey: string
  /** The base URL of the Core API. */
  readonly url: string
  /** What happened in it, in order, as text: the latest 100 calls, changes, notifications. */
  story(): Promise<string>
}

/** What an emulator can do for tests, wherever it runs. */
export function testEmulator(url: string, adminToken: string | undefined, close: () => Promise<void>): TestEmulator {
  const adminOf = (serverKey: string) => admin(url, serverKey, adminToken)
  return {
    url,
    admin: adminOf,
    async openSandbox({ notify, ...settings } = {}) {
      const serverKey = `SB-Mid-server-${randomUUID()}`
      const own = adminOf(serverKey)
      await own.patch('settings', { ...(notify !== undefined && notifying(notify)), ...settings })
      return { ...own, serverKey, url, story: async () => String(await own.get('timeline?format=text&last=100')) }
    },
    close,
    [Symbol.asyncDispose]: close,
  }
}

const notifying = (url: string) => ({
  payment_notification_url: url,
  recurring_notification_url: url,
  pay_account_notification_url: url,
})

export interface AttachOptions {
  /** Where the emulator was started with one. */
  readonly adminToken?: string
  /** How long to wait until it is ready, in milliseconds of real time; 10,000 where nothing is said. */
  readonly within?: number
}

const betweenLooksMs = 100

/** An emulator that runs elsewhere: a container, a colleague's. Rejects where it is not ready in time. */
export async function attachEmulator(
  url: string,
  { adminToken, within = 10_000 }: AttachOptions = {},
): Promise<TestEmulator> {
  const origin = URL.parse(url)?.origin
  if (origin === undefined) throw new Error(`found "${url}", expected an address such as http://localhost:8765`)
  const signal = AbortSignal.timeout(within)
  for (let why = 'nothing answers'; ; ) {
    try {
      const { status } = await send({ url: origin, signal }, 'GET', '/readyz')
      if (status === 200) return testEmulator(origin, adminToken, async () => {})
      why = `HTTP ${status}`
    } catch (error) {
      if (!signal.aborted) why = reasonOf(error)
    }
    if (signal.aborted) throw new Error(`no emulator is ready at ${origin} after ${within} ms: ${why}`)
    await pause(betweenLooksMs)
  }
}

/** "ECONNREFUSED"; fetch hides it in the cause. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error
  return cause instanceof Error ? ((cause as NodeJS.ErrnoException).code ?? cause.message) : String(cause)
}

/** Runs a test; where it fails, what happened in the sandbox stands below the message of its error. */
export async function withStory<Result>(
  sandbox: Pick<TestSandbox, 'story'>,
  test: () => Result | Promise<Result>,
): Promise<Result> {
  try {
    return await test()
  } catch (error) {
    const story = await sandbox.story().catch((failure) => `(its story cannot be told: ${failure})`)
    if (!(error instanceof Error)) throw error
    error.message += `\n\n${story}`
    // Runners show the stack, which has kept the message as it was.
    error.stack = `${error.name}: ${error.message}\n${error.stack
      ?.split('\n    at ')
      .slice(1)
      .map((line) => `    at ${line}`)
      .join('\n')}`
    throw error
  }
}
