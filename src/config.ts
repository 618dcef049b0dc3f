import { parseArgs } from 'node:util'
import type { KeyPolicy } from './keys.ts'
import { defaultQuirks, optionsOf, type QuirkName, type Quirks, quirkNames } from './midtrans/quirks.ts'
import {
  defaultSettings,
  isFinishUrl,
  isHost,
  isHostPattern,
  isMerchantId,
  isMerchantName,
  isNotificationUrl,
  isOrigin,
  isSeed,
  type Settings,
} from './midtrans/settings.ts'

export interface Config {
  readonly host: string
  readonly port: number
  readonly data: string | undefined
  readonly keys: KeyPolicy
  readonly serverKeys: readonly string[]
  readonly scenario: string | undefined
  /** Folder of one's own scenarios. */
  readonly scenarios: string | undefined
  readonly payers: string | undefined
  /** Files of sandboxes: to begin with, and to leave behind. */
  readonly importFrom: string | undefined
  readonly exportTo: string | undefined
  readonly logLevel: string
  /** Whether the port speaks HTTPS as well, and is a proxy to Midtrans's names. */
  readonly tls: boolean
  /** Who may drive the emulator; undefined: nobody. */
  readonly admin: { readonly hosts: readonly string[]; readonly token: string } | undefined
  readonly settings: Omit<Settings, 'merchantId'> & { readonly merchantId: string | undefined }
}

/** True below `npm start` and `npx`. */
export const isStartedByNpm = (): boolean => process.env.npm_lifecycle_event !== undefined

/** How a host to listen on stands in an address. Nobody can connect to "all addresses": `everywhere` stands for them. */
export function urlHost(host: string, everywhere: string): string {
  if (host === '0.0.0.0' || host === '::') return everywhere
  return host.includes(':') ? `[${host}]` : host
}

/** A setting that cannot be used. Its message is one line for the person who gave it. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

interface Setting<T> {
  readonly help: string
  readonly standard: T
  /** The value of a text, or undefined where the text is none. */
  readonly read: (text: string) => T | undefined
  readonly expected: string
}

const text = (help: string, standard = ''): Setting<string> => ({
  help,
  standard,
  read: (value) => value,
  expected: 'a text',
})

const optional = (help: string): Setting<string | undefined> => ({
  help,
  standard: undefined,
  read: (value) => value,
  expected: 'a text',
})

const list = (help: string): Setting<readonly string[]> => ({
  help,
  standard: [],
  read: (value) => value.split(',').flatMap((part) => part.trim() || []),
  expected: 'a list with commas',
})

function hostList(help: string, isGood = isHost): Setting<readonly string[]> {
  const plain = list(help)
  return {
    ...plain,
    read: (value) => {
      const hosts = plain.read(value)
      return hosts?.every(isGood) ? hosts.map((host) => host.toLowerCase()) : undefined
    },
    expected: 'hosts such as shop.example, with commas',
  }
}

const httpUrl = (help: string): Setting<string> => ({
  help,
  standard: '',
  read: (value) => (isNotificationUrl(value) ? value : undefined),
  expected: 'an address that begins with http:// or https://',
})

const oneOf = <T extends string>(help: string, standard: T, values: readonly T[]): Setting<T> => ({
  help,
  standard,
  read: (value) => values.find((each) => each === value),
  expected: values.join(', '),
})

const quirkForm = (name: QuirkName): string => `${name}=${optionsOf(name).join('|')}`

/** "expire_text=has-expired, status_text=found": all others keep their defaults. */
const quirks: Setting<Quirks> = {
  help: 'what holds where sources about Midtrans disagree; GET /__admin/quirks lists all',
  standard: defaultQuirks,
  read: (value) => {
    const pairs = value.split(',').map((pair) => pair.split('=').map((part) => part.trim()))
    const isGood = ([name, option = '', ...rest]: string[]) =>
      rest.length === 0 && quirkNames.some((each) => each === name && optionsOf(each).includes(option))
    return pairs.every(isGood) ? { ...defaultQuirks, ...Object.fromEntries(pairs) } : undefined
  },
  expected: `name=option with commas between; ${quirkNames.map(quirkForm).join('; ')}`,
}

const port: Setting<number> = {
  help: 'port to listen on; 0 takes a free one',
  standard: 8765,
  read: (value) => (/^\d{1,5}$/.test(value) && Number(value) <= 65_535 ? Number(value) : undefined),
  expected: 'a number from 0 to 65535',
}

/** Every setting is the flag --name and the variable MIDTRANS_EMULATOR_NAME; flag before variable before default. */
const settings = {
  port,
  host: text('address to listen on', '127.0.0.1'),
  tls: oneOf("whether the port speaks HTTPS as well, and is a proxy to Midtrans's names", 'off', ['on', 'off']),
  data: {
    ...optional('folder to keep everything in; without it all is gone at the end'),
    read: (value: string) => value || undefined,
    expected: 'a folder',
  },
  keys: oneOf<KeyPolicy>('which server keys open a sandbox', 'midtrans', ['midtrans', 'any', 'listed']),
  'server-keys': list('server keys whose sandboxes are open from the start'),
  import: optional('file of sandboxes, as GET /__admin/export answers it, to begin with'),
  'export-on-exit': optional('file that all sandboxes are written to at the end, server keys in full'),
  scenario: optional('scenario that every new sandbox begins with: a name in GET /__admin/scenarios, or a file'),
  scenarios: optional('folder of scenarios of your own; every new sandbox begins with its default.yaml'),
  payers: optional('file with payers that every sandbox knows, besides those of fixtures/payers.json'),
  'payer-mode': oneOf('whether payers wait for a browser, or walk the pages by themselves', defaultSettings.payers, [
    'by-hand',
    'headless',
  ]),
  admin: oneOf('whether there is an admin API', 'on', ['on', 'off']),
  'admin-hosts': hostList('names, besides local ones, under which the admin API answers'),
  'admin-token': text('what requests of the admin API have to show; without it nothing'),
  'log-level': oneOf('what is logged', 'warn', ['silent', 'error', 'warn', 'info', 'debug']),
  'merchant-id': {
    ...optional('merchant_id in answers; without it each sandbox has its own'),
    read: (value: string) => (isMerchantId(value) ? value : undefined),
    expected: 'letters, digits, - and _',
  },
  'merchant-name': {
    ...text('what payers read on the pages instead of the merchant_id'),
    read: (value: string) => (isMerchantName(value) ? value : undefined),
    expected: 'one line of up to 100 characters',
  },
  'payment-notification-url': httpUrl('where notifications of payments go'),
  'recurring-notification-url': httpUrl('where notifications of subscriptions go'),
  'pay-account-notification-url': httpUrl('where notifications of linked accounts go'),
  'finish-redirect-url': {
    ...text('where the payer goes when the merchant named no URL'),
    read: (value: string) => (isFinishUrl(value) ? value : undefined),
    expected: 'a web address, or a deep link such as myapp://done',
  },
  flow: oneOf('how payers confirm', defaultSettings.flow, ['web', 'app']),
  'callback-hosts': hostList('hosts that callback_url and redirect_url may name; none: all'),
  locale: oneOf('language of the payer pages', defaultSettings.locale, ['id-ID', 'en-EN']),
  'test-panel': oneOf("whether the payer's pages offer test data and endings", defaultSettings.testPanel, [
    'on',
    'off',
  ]),
  'frame-ancestors': {
    ...list("origins whose pages may show the payer's pages in a frame; none: nobody's"),
    read: (value: string) => {
      const origins = list('').read(value)
      return origins?.every(isOrigin) ? origins : undefined
    },
    expected: 'origins such as https://shop.example or http://localhost:3000, with commas',
  },
  'public-url': {
    ...text("where payers' browsers reach the emulator; links begin with it instead of what the merchant asked"),
    read: (value: string) => (isOrigin(value) ? value : undefined),
    expected: 'an origin such as http://localhost:8765',
  },
  'notification-hosts': hostList(
    'hosts that notifications may go to, `*` for any characters; none: all',
    isHostPattern,
  ),
  'denied-notification-hosts': hostList('hosts that notifications may not go to', isHostPattern),
  'retry-shift': oneOf('whether retries come at their minute, or shifted as by Midtrans', defaultSettings.retryShift, [
    'off',
    'random',
  ]),
  'emulator-headers': oneOf('whether answers tell what the emulator did', defaultSettings.emulatorHeaders, [
    'on',
    'off',
  ]),
  seed: {
    ...text('what ids and random numbers are made from; without it ids are random', defaultSettings.seed),
    read: (value: string) => (isSeed(value) ? value : undefined),
    expected: 'up to 100 letters, digits, -, _ and .',
  },
  quirks,
} as const

type Name = keyof typeof settings
type Values = { [K in Name]: (typeof settings)[K]['standard'] }

const variableOf = (name: string) => `MIDTRANS_EMULATOR_${name.toUpperCase().replaceAll('-', '_')}`

/**
 * Reads flags and environment; `standards` hold where neither says anything. Throws a ConfigError that says what was
 * found and what was expected.
 */
export function readConfig(
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
  standards: Readonly<Partial<Record<Name, string>>> = {},
): Config {
  const flags = readFlags(args)
  const read = <K extends Name>(name: K): Values[K] => {
    const [source, found = standards[name]] = given(name, flags, env)
    const setting: Setting<Values[K]> = settings[name] as unknown as Setting<Values[K]>
    if (found === undefined) return setting.standard
    const value = setting.read(found)
    if (value === undefined) throw new ConfigError(`${source}: found "${found}", expected ${setting.expected}`)
    return value
  }
  if (read('keys') === 'listed' && read('server-keys').length === 0) {
    throw new ConfigError('--keys listed: found no --server-keys, expected at least one: nobody could get in')
  }
  return {
    host: read('host'),
    port: read('port'),
    data: read('data'),
    keys: read('keys'),
    serverKeys: read('server-keys'),
    scenario: read('scenario'),
    scenarios: read('scenarios'),
    payers: read('payers'),
    importFrom: read('import'),
    exportTo: read('export-on-exit'),
    logLevel: read('log-level'),
    tls: read('tls') === 'on',
    admin: read('admin') === 'off' ? undefined : { hosts: read('admin-hosts'), token: read('admin-token') },
    settings: {
      merchantId: read('merchant-id'),
      merchantName: read('merchant-name'),
      paymentNotificationUrl: read('payment-notification-url'),
      recurringNotificationUrl: read('recurring-notification-url'),
      payAccountNotificationUrl: read('pay-account-notification-url'),
      finishRedirectUrl: read('finish-redirect-url'),
      flow: read('flow'),
      payers: read('payer-mode'),
      callbackHosts: read('callback-hosts'),
      locale: read('locale'),
      testPanel: read('test-panel'),
      frameAncestors: read('frame-ancestors'),
      publicUrl: read('public-url'),
      notificationHosts: read('notification-hosts'),
      deniedNotificationHosts: read('denied-notification-hosts'),
      retryShift: read('retry-shift'),
      emulatorHeaders: read('emulator-headers'),
      seed: read('seed'),
      quirks: read('quirks'),
    },
  }
}

/** What a command that is started from here finds in its environment. */
export const environmentOfChild = (more: Readonly<Record<string, string>>): NodeJS.ProcessEnv => ({
  ...process.env,
  ...more,
})

/** Where those that talk to a running emulator find it, and as whom. An empty variable counts as not given. */
export function readClientSettings(env: NodeJS.ProcessEnv = process.env) {
  return {
    isUrlGiven: Boolean(env.MIDTRANS_EMULATOR_URL),
    url: env.MIDTRANS_EMULATOR_URL || `http://localhost:${settings.port.standard}`,
    sandbox: env.MIDTRANS_EMULATOR_SANDBOX || undefined,
    adminToken: env.MIDTRANS_EMULATOR_ADMIN_TOKEN || undefined,
  }
}

/** As flags, without their dashes. */
export const settingNames: readonly string[] = Object.keys(settings)

/** One line a setting, for --help. */
export const settingsHelp = (): string =>
  Object.entries(settings)
    .map(([name, { help, standard }]) => {
      const text = Array.isArray(standard) || typeof standard !== 'object' ? String(standard ?? '') : ''
      return `  --${name.padEnd(29)} ${help}${text === '' ? '' : ` (${text})`}`
    })
    .join('\n')

function readFlags(args: readonly string[]): Readonly<Record<string, string | undefined>> {
  // A switch that stands alone is on: parseArgs would take what comes next for its value.
  const isSwitch = (arg: string) => arg === '--tls'
  const full = args.map((arg, index) => {
    const next = args[index + 1]
    return isSwitch(arg) && (next === undefined || next.startsWith('-')) ? `${arg}=on` : arg
  })
  const options = Object.fromEntries(Object.keys(settings).map((name) => [name, { type: 'string' as const }]))
  try {
    return parseArgs({ args: full, options, strict: true, allowPositionals: false }).values
  } catch (error) {
    throw new ConfigError(`${error instanceof Error ? error.message.split('. ')[0] : error}; --help lists all flags`)
  }
}

/** Where a setting was given, and as what. An empty variable counts as not given. */
function given(name: Name, flags: Readonly<Record<string, string | undefined>>, env: NodeJS.ProcessEnv) {
  const flag = flags[name]
  if (flag !== undefined) return [`--${name}`, flag] as const
  const variable = variableOf(name)
  if (env[variable]) return [variable, env[variable]] as const
  return name === 'port' ? (['PORT', env.PORT || undefined] as const) : ([variable, undefined] as const)
}
