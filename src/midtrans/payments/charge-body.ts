import { type Static, Type } from 'typebox'
import { requireGopay } from '../core-api/payment-type.ts'
import { Amount, Flag, FreeText, isSet, OrderId, Price, ReturnUrl, Text } from '../merchant-api/fields.ts'
import type { Sound } from '../merchant-api/validation.ts'
import type { CustomExpiry } from './expiry.ts'
import type { GopayCharge } from './methods/gopay.ts'
import type { Terms } from './methods/gopay-terms.ts'
import type { CustomFields } from './transaction.ts'

const unitMs = { second: 1_000, minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const

/** docs.midtrans.com, item-details-object. */
const Item = Type.Object({
  id: Type.Optional(FreeText),
  name: FreeText,
  price: Price,
  quantity: Amount,
})

const PostalCode = Type.Unsafe<string | number>({ ...FreeText, pattern: '^[A-Za-z0-9 -]*$' })

/** docs.midtrans.com, customer-details-object: all of it is optional. */
const Address = Type.Object({
  first_name: Type.Optional(FreeText),
  last_name: Type.Optional(FreeText),
  phone: Type.Optional(FreeText),
  address: Type.Optional(FreeText),
  city: Type.Optional(FreeText),
  postal_code: Type.Optional(PostalCode),
  country_code: Type.Optional(Type.Enum(['IDN'])),
})

const CustomerDetails = Type.Object({
  first_name: Type.Optional(FreeText),
  last_name: Type.Optional(FreeText),
  email: Type.Optional(FreeText),
  phone: Type.Optional(FreeText),
  billing_address: Type.Optional(Address),
  shipping_address: Type.Optional(Address),
})

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
  item_details: Type.Optional(Type.Array(Item, { maxItems: 10_000 })),
  customer_details: Type.Optional(CustomerDetails),
  custom_expiry: Type.Optional(CustomExpiryBody),
  custom_field1: Type.Optional(FreeText),
  custom_field2: Type.Optional(FreeText),
  custom_field3: Type.Optional(FreeText),
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

/** Undefined where there are none, as for most charges. */
function customFields({ custom_field1, custom_field2, custom_field3 }: ChargeBody): CustomFields | undefined {
  if (custom_field1 === undefined && custom_field2 === undefined && custom_field3 === undefined) return undefined
  return {
    ...(custom_field1 !== undefined && { field1: String(custom_field1) }),
    ...(custom_field2 !== undefined && { field2: String(custom_field2) }),
    ...(custom_field3 !== undefined && { field3: String(custom_field3) }),
  }
}

function customExpiry({ order_time, expiry_duration, unit }: Sound<Static<typeof CustomExpiryBody>>) {
  if (expiry_duration === undefined) return undefined
  return {
    orderTime: order_time,
    durationMs: Number(expiry_duration) * unitMs[unit ?? 'minute'],
  } satisfies CustomExpiry
}

/** Undefined where an item cannot be read. */
function sumOf(items: Sound<NonNullable<ChargeBody['item_details']>>): number | undefined {
  // Not `map`, which leaves out those that are gone from the list.
  const amounts = Array.from(items, (item) => Number(item?.price ?? Number.NaN) * Number(item?.quantity ?? Number.NaN))
  const sum = amounts.reduce((total, amount) => total + amount, 0)
  return Number.isNaN(sum) ? undefined : sum
}
