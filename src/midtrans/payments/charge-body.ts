import { type Static, Type } from 'typebox'
import { requireGopay } from '../core-api/payment-type.ts'
import { Amount, Flag, isSet, OrderId, ReturnUrl, Text } from '../merchant-api/fields.ts'
import type { Sound } from '../merchant-api/validation.ts'
import type { CustomExpiry } from './expiry.ts'
import type { GopayCharge } from './methods/gopay.ts'
import type { Terms } from './methods/gopay-terms.ts'
import { CustomerDetails, customFields, customFieldTypes, Items, sumOf, unitMs } from './order.ts'

const CustomExpiryBody = Type.Object({
  order_time: Type.Optional(Type.String({ maxLength: 50 })),
  expiry_duration: Amount,
  unit: Type.Optional(Type.Enum(['second', 'minute', 'hour', 'day'])),
})

/** Body of POST /v2/charge (facts.md, section 3). What it does not name is accepted, and not looked at. */
export const ChargeBody = Type.Object({
  payment_type: Type.String({ description: 'gopay; anything else is refused.' }),
  transaction_details: Type.Object({
    order_id: { ...OrderId, description: 'Your own; no other payment may have it.' },
    gross_amount: {
      ...Amount,
      description: 'In rupiah. In the sandbox the payer is asked for the PIN from 100,000 on.',
    },
  }),
  gopay: Type.Optional(
    Type.Object({
      account_id: Type.Optional({ ...Text, description: 'A linked wallet; missing: whoever opens the link pays.' }),
      payment_option_token: Type.Optional(
        Type.String({ maxLength: 1_000, description: 'From GET /v2/pay/account/{account_id}, asked for each time.' }),
      ),
      enable_callback: Type.Optional({ ...Flag, description: 'Plain GoPay: sends the payer to callback_url.' }),
      callback_url: Type.Optional({ ...ReturnUrl, description: 'Where the payer is sent in the end.' }),
      pre_auth: Type.Optional({ ...Flag, description: 'Reserves only: POST /v2/capture takes it.' }),
      recurring: Type.Optional(Flag),
      promotion_ids: Type.Optional(Type.Array(Text, { maxItems: 100, description: 'Only the first one is applied.' })),
    }),
  ),
  item_details: Type.Optional(Items),
  customer_details: Type.Optional(CustomerDetails),
  custom_expiry: Type.Optional(CustomExpiryBody),
  ...customFieldTypes,
  metadata: Type.Optional(Type.Object({})),
  payment_provider_metadata: Type.Optional(Type.Object({})),
})

type ChargeBody = Static<typeof ChargeBody>

/** The charge that a body asks for. Throws where it asks for another payment type. */
export function gopayCharge(body: ChargeBody): Omit<GopayCharge, 'notificationUrls'> {
  requireGopay(body.payment_type)
  const { order_id, gross_amount } = body.transaction_details
  return {
    ...termsOf(body),
    orderId: String(order_id),
    amount: Number(gross_amount),
    customFields: customFields(body),
    metadata: body.metadata,
  }
}

/** The terms that can be read from a body, or from what is sound of one. */
export function termsOf({ transaction_details, gopay, item_details, custom_expiry }: Sound<ChargeBody>): Terms {
  const { order_id, gross_amount } = transaction_details ?? {}
  // Plain GoPay sends nobody back unless told to (facts.md, section 3).
  const sendsBack = Boolean(gopay?.account_id) || isSet(gopay?.enable_callback)
  return {
    orderId: order_id === undefined ? undefined : String(order_id),
    amount: gross_amount === undefined ? undefined : Number(gross_amount),
    itemsAmount: item_details && sumOf(item_details),
    accountId: gopay?.account_id,
    paymentOptionToken: gopay?.payment_option_token,
    // Only the first one is applied (facts.md, A.9).
    promotionId: gopay?.promotion_ids?.[0],
    preAuth: isSet(gopay?.pre_auth),
    recurring: isSet(gopay?.recurring),
    sendsBack,
    callbackUrl: sendsBack ? gopay?.callback_url : undefined,
    customExpiry: custom_expiry && customExpiry(custom_expiry),
  }
}

function customExpiry({ order_time, expiry_duration, unit }: Sound<Static<typeof CustomExpiryBody>>) {
  if (expiry_duration === undefined) return undefined
  return {
    orderTime: order_time,
    durationMs: Number(expiry_duration) * unitMs[unit ?? 'minute'],
  } satisfies CustomExpiry
}
