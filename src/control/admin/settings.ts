import { type Static, Type } from 'typebox'
import { isClientKey } from '../../midtrans/client-key.ts'
import { isForAllSandboxes, optionsOf, type Quirks, quirkNames } from '../../midtrans/quirks.ts'
import {
  isFinishUrl,
  isHost,
  isHostPattern,
  isMerchantId,
  isMerchantName,
  isNotificationUrl,
  isOrigin,
  isSeed,
  type Settings,
  type SettingsChange,
} from '../../midtrans/settings.ts'
import type { Sandbox } from '../../sandbox.ts'
import type { AdminApi } from './admin-api.ts'
import { Problem } from './problem.ts'

const Url = Type.String({ maxLength: 2_000 })
const Hosts = Type.Array(Type.String({ maxLength: 255 }), { maxItems: 100 })

/** One of its options for each quirk that is named. */
const QuirkOptions = Type.Unsafe<Quirks>(
  Type.Object(Object.fromEntries(quirkNames.map((name) => [name, Type.Enum([...optionsOf(name)])]))),
)

/** Some settings, as they are written in JSON and YAML. */
export const SettingsBody = Type.Partial(
  Type.Object({
    merchant_id: Type.String({ maxLength: 1_000, description: 'Up to 50 letters, digits, - and _.' }),
    merchant_name: Type.String({ maxLength: 1_000, description: 'What payers read; up to 100 characters.' }),
    client_key: Type.String({
      maxLength: 1_000,
      description: 'What your pages show Snap; "": made of the server key.',
    }),
    payment_notification_url: { ...Url, description: 'Where payments are told of; "": nowhere.' },
    recurring_notification_url: Url,
    pay_account_notification_url: { ...Url, description: 'Where links are told of.' },
    finish_redirect_url: { ...Url, description: 'Where payers go when a request names no URL.' },
    error_redirect_url: { ...Url, description: 'Where they go from the Snap page after a failure.' },
    flow: Type.Enum(['web', 'app'], { description: 'How payers confirm: on pages, or in the app after a QR code.' }),
    payers: Type.Enum(['by-hand', 'headless'], { description: 'headless: all walk their pages by themselves.' }),
    callback_hosts: { ...Hosts, description: 'Where payers may be sent; none: anywhere.' },
    locale: Type.Enum(['id-ID', 'en-EN'], { description: 'Of pages, where a request does not say.' }),
    test_panel: Type.Enum(['on', 'off'], { description: 'On the pages of payers.' }),
    frame_ancestors: { ...Hosts, description: 'Origins that may show the pages of payers in a frame.' },
    public_url: { ...Url, description: 'What links in answers begin with; "": where the request went.' },
    notification_hosts: { ...Hosts, description: 'The only ones that are told; none: all.' },
    denied_notification_hosts: { ...Hosts, description: 'Those that are never told.' },
    retry_shift: Type.Enum(['off', 'random'], { description: 'random: retries come a little off their time.' }),
    emulator_headers: Type.Enum(['on', 'off'], { description: 'X-Emulator-... in answers to merchants.' }),
    seed: Type.String({ maxLength: 1_000, description: 'What chance and ids are made from; "": ids by chance.' }),
    quirks: Type.Partial(QuirkOptions, { additionalProperties: false, description: 'GET /__admin/quirks has them.' }),
  }),
  { additionalProperties: false },
)

const names = {
  merchant_id: 'merchantId',
  merchant_name: 'merchantName',
  client_key: 'clientKey',
  payment_notification_url: 'paymentNotificationUrl',
  recurring_notification_url: 'recurringNotificationUrl',
  pay_account_notification_url: 'payAccountNotificationUrl',
  finish_redirect_url: 'finishRedirectUrl',
  error_redirect_url: 'errorRedirectUrl',
  flow: 'flow',
  payers: 'payers',
  callback_hosts: 'callbackHosts',
  locale: 'locale',
  test_panel: 'testPanel',
  frame_ancestors: 'frameAncestors',
  public_url: 'publicUrl',
  notification_hosts: 'notificationHosts',
  denied_notification_hosts: 'deniedNotificationHosts',
  retry_shift: 'retryShift',
  emulator_headers: 'emulatorHeaders',
  seed: 'seed',
  quirks: 'quirks',
} as const satisfies Record<string, keyof Settings>

/** GET and PATCH /__admin/settings: what a merchant sets up in Midtrans's dashboard. */
export function settings(api: AdminApi): void {
  api.get(
    '/__admin/settings',
    { summary: 'What the merchant has set up; addresses stand there in full, with their passwords' },
    wireSettings,
  )

  api.patch(
    '/__admin/settings',
    { summary: 'Changes some settings', body: SettingsBody, example: settingsExample },
    (sandbox, { body, sandboxes }) => {
      const change = settingsChange(body, sandbox.settings)
      const id = body.merchant_id
      if (id !== undefined && sandboxes.ofMerchantId(id).some((other) => other !== sandbox)) {
        throw new Problem(
          409,
          'merchant_id is taken',
          `Another sandbox has the merchant_id ${id}`,
          'Choose another one.',
        )
      }
      const clientKey = change.clientKey
      if (clientKey && sandboxes.usual.some((other) => other !== sandbox && other.settings.clientKey === clientKey)) {
        const hint = 'Choose another one, or "" for one of its own.'
        throw new Problem(409, 'client_key is taken', `Another sandbox has the client_key ${clientKey}`, hint)
      }
      sandbox.changeSettings(change)
      return wireSettings(sandbox)
    },
  )
}

const settingsExample = {
  payment_notification_url: 'http://localhost:8765/practice/notifications/200',
  finish_redirect_url: 'https://example.com/done',
}

const isReturn = [isFinishUrl, 'a web address or a deep link such as myapp://done, or ""'] as const
const isUrl = [isNotificationUrl, 'an http or https address, or ""'] as const
const isHosts = [
  (hosts: readonly string[]) => hosts.every(isHostPattern),
  'hosts such as shop.example or *.example',
] as const

/** What a schema cannot say. */
const checks: { readonly [Name in keyof Change]?: readonly [isGood: (value: never) => boolean, expected: string] } = {
  payment_notification_url: isUrl,
  recurring_notification_url: isUrl,
  pay_account_notification_url: isUrl,
  finish_redirect_url: isReturn,
  error_redirect_url: isReturn,
  callback_hosts: [(hosts: readonly string[]) => hosts.every(isHost), 'hosts such as shop.example'],
  notification_hosts: isHosts,
  denied_notification_hosts: isHosts,
  merchant_id: [isMerchantId, 'up to 50 letters, digits, - and _'],
  client_key: [isClientKey, 'up to 100 letters, digits, - and _, and no server key'],
  merchant_name: [isMerchantName, 'one line of up to 100 characters'],
  public_url: [(url: string) => url === '' || isOrigin(url), 'an origin such as http://localhost:8765, or ""'],
  frame_ancestors: [
    (origins: readonly string[]) => origins.every(isOrigin),
    'origins such as https://shop.example or http://localhost:3000',
  ],
  seed: [isSeed, 'up to 100 letters, digits, -, _ and .'],
}

type Change = Static<typeof SettingsBody>

/** The change that is written so. Throws a Problem where it cannot be made to these settings. */
export function settingsChange(change: Change, { quirks }: Pick<Settings, 'quirks'>): SettingsChange {
  refuseForAllSandboxes(change.quirks, quirks)
  checkSettings(change)
  return Object.fromEntries(Object.entries(change).map(([name, value]) => [names[name as keyof typeof names], value]))
}

/** Throws a Problem where a value is none that its setting can have. */
export function checkSettings(change: Change): void {
  for (const [name, value] of Object.entries(change)) {
    const [isGood, expected] = checks[name as keyof Change] ?? []
    // The schema has checked that the value is of the type that its check takes.
    if (isGood && !isGood(value as never)) {
      throw new Problem(400, 'Bad setting', `${name}: found ${JSON.stringify(value)}, expected ${expected}`)
    }
  }
}

/** What answers a request that opens no sandbox cannot be the setting of one. */
function refuseForAllSandboxes(chosen: Partial<Quirks> = {}, quirks: Quirks): void {
  for (const name of quirkNames) {
    if (!isForAllSandboxes(name) || (chosen[name] ?? quirks[name]) === quirks[name]) continue
    const hint = `Start with --quirks ${name}=${chosen[name]}.`
    throw new Problem(409, 'Not the setting of a sandbox', `${name} holds for requests that open no sandbox`, hint)
  }
}

export const wireSettings = ({ settings }: Sandbox) =>
  Object.fromEntries(Object.entries(names).map(([name, key]) => [name, settings[key]]))
