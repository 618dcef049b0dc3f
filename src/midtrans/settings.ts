import { defaultQuirks, ofAllSandboxes, type Quirks } from './quirks.ts'
import { isReturnUrl } from './return-url.ts'

export type Flow = 'web' | 'app'
export type Locale = 'id-ID' | 'en-EN'

/** What a merchant sets up in Midtrans's dashboard or agrees with GoPay. */
export interface Settings {
  readonly merchantId: string
  /** What payers read on the pages; empty: "Merchant" and the merchant_id. */
  readonly merchantName: string
  /** What pages of the merchant show Snap; empty: it is made of the server key. */
  readonly clientKey: string
  readonly paymentNotificationUrl: string
  readonly recurringNotificationUrl: string
  readonly payAccountNotificationUrl: string
  /** Where the payer goes when the merchant named no URL. */
  readonly finishRedirectUrl: string
  /** Where the payer goes from the Snap page when a payment has failed and the merchant named no URL. */
  readonly errorRedirectUrl: string
  /** How payers confirm: on GoPay's web pages, or in the app (facts.md, A.3). */
  readonly flow: Flow
  /** Whether payers wait for somebody with a browser, or walk the pages by themselves, as their personas do. */
  readonly payers: 'by-hand' | 'headless'
  /** Hosts that callback_url and redirect_url may name; empty: all. */
  readonly callbackHosts: readonly string[]
  /** Language of the payer's pages where the request does not name one. */
  readonly locale: Locale
  /** Whether the payer's pages offer test data and endings. */
  readonly testPanel: 'on' | 'off'
  /** Origins whose pages may show the payer's pages in a frame; empty: nobody's. */
  readonly frameAncestors: readonly string[]
  /** Where payers' browsers reach the emulator, an origin: links begin with it. Empty: with what the merchant asked. */
  readonly publicUrl: string
  /** Hosts that notifications may go to, with or without a port, or with `*`; empty: all but the denied ones. */
  readonly notificationHosts: readonly string[]
  readonly deniedNotificationHosts: readonly string[]
  /** Whether retries come at their minute, or are shifted as Midtrans shifts them. */
  readonly retryShift: 'off' | 'random'
  /** Whether answers tell, in headers, what the emulator did. */
  readonly emulatorHeaders: 'on' | 'off'
  /** The same seed makes the same ids and random numbers; empty: none was chosen, and ids are random. */
  readonly seed: string
  /** What holds where sources about Midtrans disagree. */
  readonly quirks: Quirks
}

/** Some settings; of the quirks, only those that are named. */
export type SettingsChange = Partial<Omit<Settings, 'quirks'>> & { readonly quirks?: Partial<Quirks> }

export const withChange = (settings: Settings, { quirks, ...change }: SettingsChange): Settings => ({
  ...settings,
  ...change,
  quirks: { ...settings.quirks, ...quirks, ...ofAllSandboxes(settings.quirks) },
})

/** What random numbers are made of: where nobody chose a seed, the same for all. */
export const numberSeed = ({ seed }: Settings): string => seed || '1'

export const defaultSettings: Omit<Settings, 'merchantId'> = {
  merchantName: '',
  clientKey: '',
  paymentNotificationUrl: '',
  recurringNotificationUrl: '',
  payAccountNotificationUrl: '',
  finishRedirectUrl: '',
  errorRedirectUrl: '',
  flow: 'web',
  payers: 'by-hand',
  callbackHosts: [],
  locale: 'id-ID',
  testPanel: 'on',
  frameAncestors: [],
  publicUrl: '',
  notificationHosts: [],
  deniedNotificationHosts: [],
  retryShift: 'off',
  emulatorHeaders: 'on',
  seed: '',
  quirks: defaultQuirks,
}

/** A host as it stands in an address, with or without a port. */
export const isHost = (text: string): boolean => /^[\w.-]+(?::\d{1,5})?$/.test(text)

/** The same, or several of them: "*.shop.example". */
export const isHostPattern = (text: string): boolean => /^(?:[\w.*-]+|\[[\da-f:.*]+\])(?::\d{1,5})?$/i.test(text)

export const isSeed = (text: string): boolean => /^[\w.-]{0,100}$/.test(text)

export const isMerchantId = (text: string): boolean => /^[\w-]{1,50}$/.test(text)

/** One line. */
export const isMerchantName = (text: string): boolean => /^\P{Cc}{0,100}$/u.test(text)

/** As in a Content-Security-Policy, which nothing else may get into: "https://shop.example", "http://localhost:3000". */
export const isOrigin = (text: string): boolean =>
  /^https?:\/\/(?:[\w.-]{1,253}|\[[\da-f:.]+\])(?::\d{1,5})?$/i.test(text)

/** Where notifications can go: an http(s) address, or nowhere. */
export const isNotificationUrl = (text: string): boolean =>
  text === '' || (/^https?:\/\/\S+$/i.test(text) && URL.canParse(text))

/** Where payers can be sent to when the request names no URL, or nowhere. */
export const isFinishUrl = (text: string): boolean => text === '' || isReturnUrl(text)
