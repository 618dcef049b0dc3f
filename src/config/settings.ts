import type { KeyPolicy } from '../keys.ts'
import { isClientKey } from '../midtrans/client-key.ts'
import { defaultQuirks, optionsOf, quirkNames } from '../midtrans/quirks.ts'
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
} from '../midtrans/settings.ts'
import { isPath } from '../text/path-or-name.ts'
import { choices, number, oneOf, onOff } from './choices.ts'
import { list, optional, path, secret, text } from './kinds.ts'
import type { Setting } from './setting.ts'

function hosts(help: string, isGood = isHost): Setting<readonly string[]> {
  const { read, ...kind } = list(help, { isGood, expected: 'a host such as shop.example' })
  const lower = (all: readonly string[]) => all.map((host) => host.toLowerCase())
  return {
    ...kind,
    read: (found) => {
      const reading = read(found)
      return reading.faults ? reading : { value: lower(reading.value) }
    },
  }
}

const httpUrl = (help: string): Setting<string> =>
  text(help, { isGood: isNotificationUrl, expected: 'an address that begins with http:// or https://' })

/**
 * Every setting is the flag --merchant-id, the variable MIDTRANS_EMULATOR_MERCHANT_ID, and the key merchant_id of a file:
 * the first of them holds.
 */
export const settings = {
  port: number('port to listen on; 0 takes a free one', 8765, 65_535),
  host: { ...text('address to listen on'), standard: '127.0.0.1' },
  tls: onOff("whether the port speaks HTTPS as well, and is a proxy to Midtrans's names", 'off'),
  data: path('folder to keep everything in; without it all is gone at the end', 'a folder'),
  keys: oneOf<KeyPolicy>('which server keys open a sandbox', 'midtrans', ['midtrans', 'any', 'listed']),
  'server-keys': secret(list('server keys whose sandboxes are open from the start')),
  import: path('file of sandboxes, as GET /__admin/export answers it, to begin with', 'a file'),
  'export-on-exit': path('file that all sandboxes are written to at the end, server keys in full', 'a file'),
  scenario: path(
    'scenario that every new sandbox begins with: a name in GET /__admin/scenarios, or a file',
    'a name or a file',
    isPath,
  ),
  scenarios: path('folder of scenarios of your own; every new sandbox begins with its default.yaml', 'a folder'),
  payers: path('file with payers that every sandbox knows, besides those of fixtures/payers.json', 'a file'),
  'payer-mode': oneOf('whether payers wait for a browser, or walk the pages by themselves', defaultSettings.payers, [
    'by-hand',
    'headless',
  ]),
  admin: onOff('whether there is an admin API', 'on'),
  'admin-hosts': hosts('names, besides local ones, under which the admin API answers'),
  'admin-token': secret(text('what requests of the admin API have to show; without it nothing')),
  'log-level': oneOf('what is logged', 'warn', ['silent', 'error', 'warn', 'info', 'debug']),
  'merchant-id': optional('merchant_id in answers; without it each sandbox has its own', {
    isGood: isMerchantId,
    expected: 'letters, digits, - and _',
  }),
  'merchant-name': text('what payers read on the pages instead of the merchant_id', {
    isGood: isMerchantName,
    expected: 'one line of up to 100 characters',
  }),
  'client-key': text('what pages of the merchant show Snap, of every sandbox; without it each has its own', {
    isGood: isClientKey,
    expected: 'up to 100 letters, digits, - and _, and no server key',
  }),
  'payment-notification-url': httpUrl('where notifications of payments go'),
  'recurring-notification-url': httpUrl('where notifications of subscriptions go'),
  'pay-account-notification-url': httpUrl('where notifications of linked accounts go'),
  'finish-redirect-url': text('where the payer goes when the merchant named no URL', {
    isGood: isFinishUrl,
    expected: 'a web address, or a deep link such as myapp://done',
  }),
  'error-redirect-url': text('where the payer goes from the Snap page after a failure', {
    isGood: isFinishUrl,
    expected: 'a web address, or a deep link such as myapp://failed',
  }),
  flow: oneOf('how payers confirm', defaultSettings.flow, ['web', 'app']),
  'callback-hosts': hosts('hosts that callback_url and redirect_url may name; none: all'),
  locale: oneOf('language of the payer pages', defaultSettings.locale, ['id-ID', 'en-EN']),
  'test-panel': onOff("whether the payer's pages offer test data and endings", defaultSettings.testPanel),
  'frame-ancestors': list("origins whose pages may show the payer's pages in a frame; none: nobody's", {
    isGood: isOrigin,
    expected: 'an origin such as https://shop.example or http://localhost:3000',
  }),
  'public-url': text(
    "where payers' browsers reach the emulator; links begin with it instead of what the merchant asked",
    { isGood: (given) => given === '' || isOrigin(given), expected: 'an origin such as http://localhost:8765' },
  ),
  'notification-hosts': hosts('hosts that notifications may go to, `*` for any characters; none: all', isHostPattern),
  'denied-notification-hosts': hosts('hosts that notifications may not go to', isHostPattern),
  'retry-shift': oneOf('whether retries come at their minute, or shifted as by Midtrans', defaultSettings.retryShift, [
    'off',
    'random',
  ]),
  'emulator-headers': onOff('whether answers tell what the emulator did', defaultSettings.emulatorHeaders),
  seed: text('what ids and random numbers are made from; without it ids are random', {
    isGood: isSeed,
    expected: 'up to 100 letters, digits, -, _ and .',
  }),
  quirks: choices(
    'what holds where sources about Midtrans disagree; GET /__admin/quirks lists all',
    defaultQuirks,
    Object.fromEntries(quirkNames.map((name) => [name, optionsOf(name)])),
  ),
} as const

export type Name = keyof typeof settings
export type Values = { readonly [K in Name]: (typeof settings)[K]['standard'] }

export const names = Object.keys(settings) as readonly Name[]

export const isName = (text: string): text is Name => Object.hasOwn(settings, text)

/** As it stands in a file. */
export const keyOf = (name: Name): string => name.replaceAll('-', '_')
