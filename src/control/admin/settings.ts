import { type Static, Type } from 'typebox'
import { isForAllSandboxes, optionsOf, type Quirks, quirkNames } from '../../midtrans/quirks.ts'
import { isFinishUrl, isHost, isMerchantId, isNotificationUrl, type Settings } from '../../midtrans/settings.ts'
import type { Sandbox } from '../../sandbox.ts'
import type { AdminApi } from './admin-api.ts'
import { Problem } from './problem.ts'

const Url = Type.String({ maxLength: 2_000 })

/** One of its options for each quirk that is named. */
const QuirkOptions = Type.Unsafe<Quirks>(
  Type.Object(Object.fromEntries(quirkNames.map((name) => [name, Type.Enum([...optionsOf(name)])]))),
)

const Body = Type.Partial(
  Type.Object({
    merchant_id: Type.String({ maxLength: 1_000 }),
    payment_notification_url: Url,
    recurring_notification_url: Url,
    pay_account_notification_url: Url,
    finish_redirect_url: Url,
    flow: Type.Enum(['web', 'app']),
    callback_hosts: Type.Array(Type.String({ maxLength: 255 }), { maxItems: 100 }),
    locale: Type.Enum(['id-ID', 'en-EN']),
    quirks: Type.Partial(QuirkOptions, { additionalProperties: false }),
  }),
  { additionalProperties: false },
)

const names = {
  merchant_id: 'merchantId',
  payment_notification_url: 'paymentNotificationUrl',
  recurring_notification_url: 'recurringNotificationUrl',
  pay_account_notification_url: 'payAccountNotificationUrl',
  finish_redirect_url: 'finishRedirectUrl',
  flow: 'flow',
  callback_hosts: 'callbackHosts',
  locale: 'locale',
  quirks: 'quirks',
} as const satisfies Record<string, keyof Settings>

/** GET and PATCH /__admin/settings: what a merchant sets up in Midtrans's dashboard. */
export function settings(api: AdminApi): void {
  api.get('/__admin/settings', (sandbox) => wireSettings(sandbox))

  api.patch('/__admin/settings', Body, (sandbox, body, sandboxes) => {
    check(body, sandbox.settings)
    const id = body.merchant_id
    if (id !== undefined && sandboxes.ofMerchantId(id).some((other) => other !== sandbox)) {
      throw new Problem(409, 'merchant_id is taken', `Another sandbox has the merchant_id ${id}`, 'Choose another one.')
    }
    sandbox.changeSettings(
      Object.fromEntries(Object.entries(body).map(([name, value]) => [names[name as keyof typeof names], value])),
    )
    return wireSettings(sandbox)
  })
}

/** What a schema cannot say. */
function check(body: Static<typeof Body>, { quirks }: Settings): void {
  const {
    finish_redirect_url,
    callback_hosts,
    merchant_id,
    flow: _flow,
    locale: _locale,
    quirks: chosen,
    ...urls
  } = body
  refuseForAllSandboxes(chosen, quirks)
  for (const [name, url] of Object.entries(urls)) {
    if (!isNotificationUrl(url)) refuse(name, url, 'an http or https address, or ""')
  }
  if (!isFinishUrl(finish_redirect_url ?? '')) {
    refuse('finish_redirect_url', finish_redirect_url, 'a web address or a deep link such as myapp://done, or ""')
  }
  const notHost = callback_hosts?.find((host) => !isHost(host))
  if (notHost !== undefined) refuse('callback_hosts', notHost, 'a host such as shop.example')
  if (merchant_id !== undefined && !isMerchantId(merchant_id)) {
    refuse('merchant_id', merchant_id, 'up to 50 letters, digits, - and _')
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

function refuse(name: string, found: unknown, expected: string): never {
  throw new Problem(400, 'Bad setting', `${name}: found "${found}", expected ${expected}`)
}

const wireSettings = ({ settings }: Sandbox) =>
  Object.fromEntries(Object.entries(names).map(([name, key]) => [name, settings[key]]))
