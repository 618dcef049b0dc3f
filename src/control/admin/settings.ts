import { Type } from 'typebox'
import { optionalHttpUrl, type Settings } from '../../midtrans/settings.ts'
import type { Sandbox } from '../../sandbox.ts'
import type { AdminApi } from './admin-api.ts'
import { Problem } from './problem.ts'

const HttpUrl = Type.String({ maxLength: 2_000, pattern: optionalHttpUrl })

const Body = Type.Partial(
  Type.Object({
    merchant_id: Type.String({ minLength: 1, maxLength: 50, pattern: '^[\\w-]+$' }),
    payment_notification_url: HttpUrl,
    recurring_notification_url: HttpUrl,
    pay_account_notification_url: HttpUrl,
    finish_redirect_url: Type.String({ maxLength: 2_000 }),
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

const wireSettings = ({ settings }: Sandbox) =>
  Object.fromEntries(Object.entries(names).map(([name, key]) => [name, settings[key]]))
