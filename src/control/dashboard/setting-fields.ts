import { SettingsBody } from '../admin/settings.ts'

type Name = Exclude<keyof typeof SettingsBody.properties, 'quirks'>

interface Field {
  readonly name: Name
  readonly label: string
  readonly about: string
}

interface Group {
  readonly id: string
  readonly title: string
  readonly fields: readonly Field[]
}

const field = (name: Name, label: string, about = ''): Field => ({ name, label, about })

/** Every setting but the quirks, as people look for it. */
export const groups: readonly Group[] = [
  {
    id: 'notifications',
    title: 'Notifications',
    fields: [
      field('payment_notification_url', 'Payments are told to', 'http or https; empty: nobody is told.'),
      field('pay_account_notification_url', 'Accounts are told to', 'The link of a wallet begins or ends.'),
      field('recurring_notification_url', 'Subscriptions are told to'),
      field('retry_shift', 'Retries', 'off: at their minute. random: shifted, as Midtrans shifts them.'),
      field('notification_hosts', 'Hosts they may go to', 'With commas, * for any characters; empty: all.'),
      field('denied_notification_hosts', 'Hosts they may never go to', 'With commas, * for any characters.'),
    ],
  },
  {
    id: 'payers',
    title: 'Payers and their pages',
    fields: [
      field('payers', 'Payers', 'headless: they walk the pages by themselves. by-hand: they wait for a browser.'),
      field('flow', 'They confirm', "On GoPay's web pages, or in the app on a phone."),
      field('locale', 'Language', 'Where a request names none.'),
      field('merchant_name', 'They pay to', 'The name on their pages; empty: Merchant and the merchant_id.'),
      field('test_panel', 'Test panel on their pages', 'Test data and every ending, for whoever tests by hand.'),
      field('frame_ancestors', 'Origins that may frame their pages', "With commas; empty: nobody's."),
      field('finish_redirect_url', 'Where they go in the end', 'Where a request names no URL; empty: they stay here.'),
      field('error_redirect_url', 'And after a failure', 'From the Snap page, where a request names no URL.'),
      field('public_url', 'Links begin with', 'Where browsers reach the emulator; empty: what the merchant asked.'),
      field('callback_hosts', 'Hosts of callback_url and redirect_url', 'With commas; empty: all.'),
    ],
  },
  {
    id: 'sandbox',
    title: 'The sandbox',
    fields: [
      field('merchant_id', 'merchant_id', 'Stands in answers, notifications, and the address of this page.'),
      field('client_key', 'Client key', 'What pages of your shop show Snap; empty: made of the server key.'),
      field('seed', 'Seed', 'The same seed and requests make the same ids; empty: ids are random.'),
      field('emulator_headers', 'Headers that tell what the emulator did'),
    ],
  },
]

/** As much of a JSON schema as a form has to know. */
interface Schema {
  readonly type?: unknown
  readonly enum?: readonly unknown[]
  readonly maxLength?: unknown
}

/** A field as its schema wants it: a select, a list, or a text. */
export function inputOf({ name, label, about }: Field, value: unknown) {
  const schema: Schema = SettingsBody.properties[name]
  const isList = schema.type === 'array'
  return {
    name,
    label,
    about,
    kind: schema.enum ? 'text' : isList ? 'hosts' : 'blank',
    options: schema.enum?.map(String),
    value: textOf(value),
    maxLength: isList ? 20_000 : schema.maxLength,
  }
}

const textOf = (value: unknown): string => (Array.isArray(value) ? value.join(', ') : String(value ?? ''))
