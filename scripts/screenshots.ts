/**
 * npm run screenshots [-- PART ...]: pictures of all pages, or of those whose file names have one of these parts (`*`
 * stands for any characters: "payer-pin*dark"), in docs/screenshots/. The same data at the same time, so that what
 * differs between two runs is the design.
 */
import { mkdirSync, statSync } from 'node:fs'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { openInbox, startEmulator } from '../src/testkit/index.ts'
import { payerPages } from '../test/browser/payer-pages.ts'
import { watchForProblems } from '../test/browser/problems.ts'
import { widths } from '../test/browser/widths.ts'
import { findOrInstallBrowser, launchOptions } from './browser.ts'
import { type Demo, liveThroughADay, morning } from './demo-data.ts'

/** Pages of a sandbox in which a day has happened: one line is one more page. */
const demoPages: Readonly<Record<string, (demo: Demo) => string>> = {
  home: () => '/dashboard',
  overview: ({ merchantId }) => `/dashboard/${merchantId}`,
  shop: ({ merchantId }) => `/dashboard/${merchantId}/shop`,
  transactions: ({ merchantId }) => `/dashboard/${merchantId}/transactions`,
  transaction: ({ merchantId, orders }) => `/dashboard/${merchantId}/transactions/${orders['biji-kopi-0002']}`,
  accounts: ({ merchantId }) => `/dashboard/${merchantId}/accounts`,
  notifications: ({ merchantId }) => `/dashboard/${merchantId}/notifications`,
  requests: ({ merchantId }) => `/dashboard/${merchantId}/requests`,
  rules: ({ merchantId }) => `/dashboard/${merchantId}/rules?add=charge`,
  scenarios: ({ merchantId }) => `/dashboard/${merchantId}/scenarios`,
  scenario: ({ merchantId }) => `/dashboard/${merchantId}/scenarios/flaky-network`,
  payers: ({ merchantId }) => `/dashboard/${merchantId}/payers`,
  payer: ({ merchantId }) => `/dashboard/${merchantId}/payers/628215023424`,
  ledger: ({ merchantId }) => `/dashboard/${merchantId}/ledger`,
  account: ({ merchantId, accounts }) => `/dashboard/${merchantId}/accounts/${accounts.enabled}`,
  subscriptions: ({ merchantId }) => `/dashboard/${merchantId}/subscriptions`,
  subscription: ({ merchantId, subscriptionId }) => `/dashboard/${merchantId}/subscriptions/${subscriptionId}`,
  'snap-sessions': ({ merchantId }) => `/dashboard/${merchantId}/snap`,
  'snap-session': ({ merchantId, snapToken }) => `/dashboard/${merchantId}/snap/${snapToken}`,
  clock: ({ merchantId }) => `/dashboard/${merchantId}/clock`,
  settings: ({ merchantId }) => `/dashboard/${merchantId}/settings`,
  state: ({ merchantId }) => `/dashboard/${merchantId}/state`,
  connect: ({ merchantId }) => `/dashboard/${merchantId}/connect`,
}

const folder = 'docs/screenshots'
/** What stands in addresses, in place of a port that is another one each time. */
const shownAs = 'localhost:8765'
const schemes = ['light', 'dark'] as const

/** A page, how it is reached, and in which kinds of window. */
interface Shot {
  readonly name: string
  readonly width: keyof typeof widths
  readonly context: BrowserContextOptions
  readonly open: (page: Page) => Promise<unknown>
}

const literally = (text: string) => text.replaceAll(/[^\w-]/g, '\\$&')
const wanted = process.argv.slice(2).map((part) => new RegExp(part.split('*').map(literally).join('.*')))
const isWanted = (file: string) => wanted.length === 0 || wanted.some((part) => part.test(file))
const fileOf = ({ name, width }: Shot, scheme: string) => `${name}.${width}${scheme === 'dark' ? '-dark' : ''}.png`

const emulator = await startEmulator({ seed: 'screenshots' })
const shop = await openInbox()
const port = Number(new URL(emulator.url).port)
const browser = await chromium.launch(launchOptions(await findOrInstallBrowser(), { shownAs, port }))
try {
  mkdirSync(folder, { recursive: true })
  const demo = await liveThroughADay(emulator, 'SB-Mid-server-demo', shop)
  // The sandbox of the demo is the only one as long as its pages are shown.
  const shots = [...demoShots(demo), ...payerShots()]
  for (const shot of shots) await take(browser, shot)
} finally {
  await browser.close()
  await emulator.close()
  await shop.close()
}

function payerShots(): readonly Shot[] {
  const context = { extraHTTPHeaders: { 'x-forwarded-host': shownAs } }
  const kinds = [
    { suffix: '', width: 'phone', locale: 'id-ID' },
    { suffix: '', width: 'desktop', locale: 'id-ID' },
    { suffix: '-en', width: 'phone', locale: 'en-EN' },
  ] as const
  return Object.entries(payerPages).flatMap(([page, reach]) =>
    kinds.map(({ suffix, width, locale }) => ({
      name: `payer-${page}${suffix}`,
      width,
      context,
      open: async (tab) => {
        const serverKey = `SB-Mid-server-${page}${suffix}-${width}`
        const admin = emulator.admin(serverKey)
        await admin.freeze()
        await admin.post('clock/set', { to: morning })
        await reach({ page: tab, url: emulator.url, serverKey, admin, locale })
      },
    })),
  )
}

function demoShots(demo: Demo): readonly Shot[] {
  return Object.entries(demoPages).flatMap(([name, path]) =>
    (['phone', 'desktop'] as const).map((width) => ({
      name: `dashboard-${name}`,
      width,
      context: {},
      open: async (page) => {
        const response = await page.goto(`http://${shownAs}${path(demo)}`)
        if (!response?.ok()) throw new Error(`HTTP ${response?.status()}: ${path(demo)}`)
      },
    })),
  )
}

/** Both schemes of one page. A page that cannot be reached spoils its own pictures alone. */
async function take(from: Browser, shot: Shot): Promise<void> {
  const files = schemes.map((scheme) => ({ scheme, file: fileOf(shot, scheme) })).filter(({ file }) => isWanted(file))
  if (files.length === 0) return
  const context = await from.newContext({ ...widths[shot.width], reducedMotion: 'reduce', ...shot.context })
  const problems = watchForProblems(context)
  const page = await context.newPage()
  page.setDefaultTimeout(10_000)
  try {
    await shot.open(page)
    for (const { scheme, file } of files) {
      const path = `${folder}/${file}`
      await page.emulateMedia({ colorScheme: scheme })
      await page.screenshot({ path, fullPage: true, animations: 'disabled' })
      console.log(`${path} (${(statSync(path).size / 1_024).toFixed(0)} KB)`)
    }
  } catch (error) {
    problems.push(error instanceof Error ? error.message : String(error))
  }
  await context.close()
  for (const problem of problems) console.error(`${shot.name}, ${shot.width}: ${problem}`)
  if (problems.length > 0) process.exitCode = 1
}
