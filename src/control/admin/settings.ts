import { type Static, Type } from 'typebox'
import { isFinishUrl, isNotificationUrl, type Settings } from '../../midtrans/settings.ts'
import type { Sandbox } from '../../sandbox.ts'
import type { AdminApi } from './admin-api.ts'
import { Problem } from './problem.ts'

const Url = Type.String({ maxLength: 2_000 })

const Body = Type.Partial(
  Type.Object({
    merchant_id: Type.String({ minLength: 1, maxLength: 50, pattern: '^[\\w-]+$' }),
    payment_notification_url: Url,
    recurring_notification_url: Url,
    pay_account_notification_url: Url,
    finish_redirect_url: Url,
    flow: Type.Enum(['web', 'app']),
    callback_hosts: Type.Array(Type.String({ minLength: 1, maxLength: 255 }), { maxItems: 100 }),
    locale: Type.Enum(['id-ID', 'en-EN']),
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
} as const satisfies Record<string, keyof Settings>

/** GET and PATCH /__admin/settings: what a merchant sets up in Midtrans's dashboard. */
export function settings(api: AdminApi): void {
  api.get('/__admin/settings', (sandbox) => wireSettings(sandbox))

  api.patch('/__admin/settings', Body, (sandbox, body, sandboxes) => {
    checkUrls(body)
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
function checkUrls({ finish_redirect_url: finish = '', ...body }: Static<typeof Body>): void {
  for (const [name, value] of Object.entries(body)) {
    if (!name.endsWith('_url') || isNotificationUrl(String(value))) continue
    throw new Problem(400, 'Bad setting', `${name}: found "${value}", expected an http or https address, or ""`)
  }
  if (isFinishUrl(finish)) return
  throw new Problem(400, 'Bad setting', `finish_redirect_url: found "${finish}", expected a web address or a deep link`)
}

const wireSettings = ({ settings }: Sandbox) =>
  Object.fromEntries(Object.entries(names).map(([name, key]) => [name, settings[key]]))
