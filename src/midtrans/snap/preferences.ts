import { type Static, Type } from 'typebox'
import { invalidAll } from '../errors.ts'
import { answerWith } from '../merchant-api/answer.ts'
import type { MerchantApi } from '../merchant-api/request.ts'
import type { EndpointAbout } from '../merchant-api/routes.ts'
import { isFinishUrl, isMerchantName } from '../settings.ts'
import type { World } from '../world.ts'
import { changePreferences, preferencesOf } from './preference-operations.ts'

const Color = Type.String({ pattern: '^#[0-9A-Fa-f]{3,8}$' })
const Radius = Type.Integer({ minimum: 0, maximum: 100 })

/** docs.midtrans.com, snap-checkout-preference-api. */
const PreferencesBody = Type.Partial(
  Type.Object({
    display_name: Type.String({ maxLength: 100, description: 'What customers read: the setting merchant_name.' }),
    finish_payment_return_url: Type.String({ maxLength: 2_000, description: 'The setting finish_redirect_url.' }),
    error_payment_return_url: Type.String({ maxLength: 2_000, description: 'The setting error_redirect_url.' }),
    locale: Type.Enum(['id', 'en'], { description: 'The setting locale.' }),
    other_va_processor: Type.Enum(['permata_va', 'bni_va', 'bri_va', 'cimb_va'], { description: 'Kept, and told.' }),
    allow_retry: Type.Boolean({ description: 'Whether the page lets customers try again after a failure.' }),
    hide_order_id: Type.Boolean({ description: 'Whether the page shows the order_id.' }),
    brand: Type.Partial(
      Type.Object({
        typography: Type.String({ maxLength: 50 }),
        header_color: Color,
        button_color: Color,
        input_border_radius: Radius,
        button_border_radius: Radius,
        hide_header: Type.Boolean(),
      }),
      { description: 'Kept, and told; the page does not change its looks.' },
    ),
    payment_channels: Type.Array(Type.Object({ name: Type.String({ maxLength: 50 }), enabled: Type.Boolean() }), {
      maxItems: 100,
      description: 'What the page offers; there is gopay.',
    }),
  }),
)
type PreferencesBody = Static<typeof PreferencesBody>

const about: EndpointAbout = { chapter: 'snap', summary: 'How the Snap page is set up' }
const changeAbout: EndpointAbout = {
  chapter: 'snap',
  summary: 'Sets up the Snap page',
  examples: {
    'name and way back': { display_name: 'Demo Store', finish_payment_return_url: 'https://example.com/paid' },
  },
}

/** GET and PATCH /snap/v3/merchant-preferences (facts.md, section 7). */
export function preferences(api: MerchantApi): void {
  const url = '/snap/v3/merchant-preferences'
  api.get(url, { config: { about } }, (request, reply) => answerWith(request, reply, preferencesAnswer, () => 200))

  api.patch(url, { schema: { body: PreferencesBody }, config: { about: changeAbout } }, (request, reply) =>
    answerWith(
      request,
      reply,
      (world) => {
        const { body } = request
        const faults = [...faultsOf(body)]
        if (faults.length > 0) throw invalidAll(faults)
        changePreferences(world, changeOf(body))
        // UNCERTAIN: what a change answers was not seen.
        return preferencesAnswer(world)
      },
      () => 200,
    ),
  )
}

function* faultsOf(body: PreferencesBody) {
  // UNCERTAIN: the texts of these refusals were not seen, but for that of a payment type.
  if (!isMerchantName(body.display_name ?? '')) yield 'display_name is invalid'
  if (!isFinishUrl(body.finish_payment_return_url ?? '')) yield 'finish_payment_return_url is invalid'
  if (!isFinishUrl(body.error_payment_return_url ?? '')) yield 'error_payment_return_url is invalid'
  for (const { name } of body.payment_channels ?? []) {
    if (name !== 'gopay') yield `Payment type ${name} is invalid for this merchant`
  }
}

const changeOf = (body: PreferencesBody) => ({
  settings: {
    ...(body.display_name !== undefined && { merchantName: body.display_name }),
    ...(body.finish_payment_return_url !== undefined && { finishRedirectUrl: body.finish_payment_return_url }),
    ...(body.error_payment_return_url !== undefined && { errorRedirectUrl: body.error_payment_return_url }),
    ...(body.locale !== undefined && { locale: body.locale === 'id' ? ('id-ID' as const) : ('en-EN' as const) }),
  },
  preferences: {
    ...(body.other_va_processor !== undefined && { otherVaProcessor: body.other_va_processor }),
    ...(body.allow_retry !== undefined && { allowRetry: body.allow_retry }),
    ...(body.hide_order_id !== undefined && { hideOrderId: body.hide_order_id }),
    ...(body.brand !== undefined && { brand: body.brand }),
    ...(body.payment_channels?.[0] && { gopayEnabled: body.payment_channels.at(-1)?.enabled === true }),
  },
})

/** Keys in the documented order. */
function preferencesAnswer(world: World) {
  const { merchantId, merchantName, finishRedirectUrl, errorRedirectUrl, locale } = world.settings
  const { otherVaProcessor, allowRetry, hideOrderId, brand, gopayEnabled } = preferencesOf(world)
  return {
    merchant_id: merchantId,
    display_name: merchantName || merchantId,
    finish_payment_return_url: finishRedirectUrl,
    error_payment_return_url: errorRedirectUrl,
    locale: locale === 'id-ID' ? 'id' : 'en',
    other_va_processor: otherVaProcessor,
    allow_retry: allowRetry,
    hide_order_id: hideOrderId,
    brand,
    payment_channels: [{ name: 'gopay', enabled: gopayEnabled }],
  }
}
