import { randomUUID } from 'node:crypto'
import { type Admin, admin } from '../client/admin.ts'

/** An emulator, in this process or elsewhere, that tests use. */
export interface TestEmulator {
  /** The base URL of the Core API: "http://127.0.0.1:8765". */
  readonly url: string
  /** What its admin API wants to be shown, where it does. */
  readonly adminToken?: string | undefined
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
  /** What its pages show snap.js. */
  readonly clientKey: string
  /** The base URL of the Core API. */
  readonly url: string
  /** What happened in it, in order, as text: the latest 100 calls, changes, notifications. */
  story(): Promise<string>
  /** Forgets the sandbox, where the emulator goes on after the test. Rejects where several have its merchant_id. */
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/** What an emulator can do for tests, wherever it runs. */
export function testEmulator(url: string, adminToken: string | undefined, close: () => Promise<void>): TestEmulator {
  const adminOf = (serverKey: string) => admin(url, serverKey, adminToken)
  return {
    url,
    adminToken,
    admin: adminOf,
    async openSandbox({ notify, ...settings } = {}) {
      const serverKey = `SB-Mid-server-${randomUUID()}`
      const own = adminOf(serverKey)
      const changed = await own.patch('settings', { ...(notify !== undefined && notifying(notify)), ...settings })
      // What PATCH /__admin/settings answers.
      const { client_key: clientKey } = changed as { client_key: string }
      const close = async () => {
        // GET /__admin/settings answers so.
        const { merchant_id } = (await own.get('settings')) as { merchant_id: string }
        await own.delete(`sandboxes/${encodeURIComponent(merchant_id)}`)
      }
      const story = async () => String(await own.get('timeline?format=text&last=100'))
      return { ...own, serverKey, clientKey, url, story, close, [Symbol.asyncDispose]: close }
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
