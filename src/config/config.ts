import type { KeyPolicy } from '../keys.ts'
import type { Settings } from '../midtrans/settings.ts'
import type { Values } from './settings.ts'

/** What an emulator is started with. */
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

export const configOf = (values: Values): Config => ({
  host: values.host,
  port: values.port,
  data: values.data,
  keys: values.keys,
  serverKeys: values['server-keys'],
  scenario: values.scenario,
  scenarios: values.scenarios,
  payers: values.payers,
  importFrom: values.import,
  exportTo: values['export-on-exit'],
  logLevel: values['log-level'],
  tls: values.tls === 'on',
  admin: values.admin === 'off' ? undefined : { hosts: values['admin-hosts'], token: values['admin-token'] },
  settings: {
    merchantId: values['merchant-id'],
    merchantName: values['merchant-name'],
    clientKey: values['client-key'],
    paymentNotificationUrl: values['payment-notification-url'],
    recurringNotificationUrl: values['recurring-notification-url'],
    payAccountNotificationUrl: values['pay-account-notification-url'],
    finishRedirectUrl: values['finish-redirect-url'],
    errorRedirectUrl: values['error-redirect-url'],
    flow: values.flow,
    payers: values['payer-mode'],
    callbackHosts: values['callback-hosts'],
    locale: values.locale,
    testPanel: values['test-panel'],
    frameAncestors: values['frame-ancestors'],
    publicUrl: values['public-url'],
    notificationHosts: values['notification-hosts'],
    deniedNotificationHosts: values['denied-notification-hosts'],
    retryShift: values['retry-shift'],
    emulatorHeaders: values['emulator-headers'],
    seed: values.seed,
    quirks: values.quirks,
  },
})
