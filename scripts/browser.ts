/**
 * npm run browser: finds a Chromium for the browser tests and the screenshots, or installs one. Nothing is downloaded by
 * `npm ci`: most machines have a browser already.
 */
import { execFile, execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { chromium, type LaunchOptions } from 'playwright-core'

type Environment = Readonly<Record<string, string | undefined>>

/** The path of a Chromium, or "none": no browser is wanted, and what needs one is skipped. */
export const browserVariable = 'MIDTRANS_EMULATOR_BROWSER'
/** Known from other tools. */
const commonVariable = 'CHROME_PATH'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge']

const usualPlaces: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: [
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  ],
}

/** There is no browser. Its message says what was tried, and what to do. */
export class BrowserMissing extends Error {
  override readonly name = 'BrowserMissing'
}

/** True where somebody has said that they want no browser. */
export const isBrowserRefused = (env: Environment = process.env): boolean => env[browserVariable] === 'none'

/** The path of the first Chromium that runs; undefined where there is none. */
export function findBrowser(env: Environment = process.env): string | undefined {
  const wanted = env[browserVariable]
  if (wanted) {
    if (runs(wanted)) return wanted
    throw new BrowserMissing(
      `${browserVariable}: found "${wanted}", expected a Chromium that can be started, or "none"`,
    )
  }
  const folders = (env.PATH ?? '').split(delimiter)
  return [
    env[commonVariable] ?? '',
    ...names.flatMap((name) => folders.map((folder) => join(folder, name))),
    ...(usualPlaces[process.platform] ?? []),
    chromium.executablePath(),
  ].find(runs)
}

/** A file of this name may be a mere pointer to something that was never installed, so it is asked for its version. */
function runs(path: string): boolean {
  if (!existsSync(path)) return false
  // Windows: browsers there answer with a window.
  if (process.platform === 'win32') return true
  try {
    execFileSync(path, ['--version'], { stdio: 'ignore', timeout: 20_000 })
    return true
  } catch {
    return false
  }
}

/** One way to get a browser. */
interface Way {
  readonly title: string
  readonly commands: readonly (readonly [program: string, ...args: string[]])[]
}

function waysToInstall(): readonly Way[] {
  const isRoot = process.getuid?.() === 0
  const playwright = join(createRequire(import.meta.url).resolve('playwright-core/package.json'), '../cli.js')
  const withDependencies = process.platform === 'linux' && isRoot ? ['--with-deps'] : []
  return [
    ...(isRoot && hasChromiumPackage()
      ? [
          {
            title: "Debian's package chromium",
            commands: [
              ['apt-get', 'update', '-qq'],
              ['apt-get', 'install', '-qq', '--yes', '--no-install-recommends', 'chromium'],
            ] as const,
          },
        ]
      : []),
    {
      title: 'the Chromium of Playwright',
      commands: [
        [process.execPath, playwright, 'install', ...withDependencies, '--no-shell', '--no-progress', 'chromium'],
      ],
    },
  ]
}

/** Ubuntu's package of this name is empty: it points to a snap, which containers cannot run. */
function hasChromiumPackage(): boolean {
  const system = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : ''
  return existsSync('/usr/bin/apt-get') && !/^ID=ubuntu$/m.test(system)
}

/** The path of a Chromium, installed where there is none. Rejects with a BrowserMissing. */
export async function findOrInstallBrowser(say: (line: string) => void = console.log): Promise<string> {
  const found = findBrowser()
  if (found !== undefined) return found
  const tried: string[] = []
  for (const { title, commands } of waysToInstall()) {
    say(`No browser found. Installing ${title}; this takes a minute or two.`)
    const failure = await firstFailure(commands)
    const installed = findBrowser()
    if (installed !== undefined) return installed
    tried.push(`- Installing ${title} did not work: ${failure ?? 'it can still not be started'}`)
  }
  throw new BrowserMissing(
    [
      `No Chromium was found: not by ${browserVariable} or ${commonVariable}, not as ${names.join(', ')} on the PATH,`,
      'not in the usual places, not in the cache of Playwright.',
      ...tried,
      'What to do: install Chromium, Chrome or Edge in your usual way, or name one by its path:',
      `  ${browserVariable}=/path/to/chromium npm test`,
      'To run everything but what needs a browser:',
      `  ${browserVariable}=none npm test`,
    ].join('\n'),
  )
}

async function firstFailure(commands: Way['commands']): Promise<string | undefined> {
  for (const [program, ...args] of commands) {
    try {
      await promisify(execFile)(program, args, { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } })
    } catch (error) {
      return lastLines(error)
    }
  }
  return undefined
}

/** What a command said at its end, which is where the reason stands. */
function lastLines(error: unknown): string {
  const { stderr, message }: { stderr?: unknown; message?: unknown } = error instanceof Error ? error : {}
  const said = `${stderr || message}`.trim().split('\n')
  return said.slice(-3).join(' ')
}

/**
 * How the browser at this path is started: by itself, and out of reach of any other machine. `shownAs` is a name and
 * port under which it finds what listens on `port`: pictures tell of a port that is always the same.
 */
export function launchOptions(executablePath: string, alias?: { shownAs: string; port: number }): LaunchOptions {
  const own = alias ? `MAP ${alias.shownAs} 127.0.0.1:${alias.port}` : 'EXCLUDE localhost'
  const hostRules = `${own}, EXCLUDE 127.0.0.1, MAP * ~NOTFOUND`
  return { executablePath, args: ['--disable-gpu', '--disable-quic', `--host-resolver-rules=${hostRules}`] }
}

if (import.meta.main) {
  try {
    console.log(`Browser: ${isBrowserRefused() ? `none is wanted (${browserVariable})` : await findOrInstallBrowser()}`)
  } catch (error) {
    if (!(error instanceof BrowserMissing)) throw error
    console.error(error.message)
    process.exitCode = 1
  }
}
