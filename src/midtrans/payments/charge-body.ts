import { type Static, Type } from 'typebox'
import { Amount, Flag, isSet, OrderId, Price, ReturnUrl, Text } from '../core-api/fields.ts'
import { requireGopay } from '../core-api/payment-type.ts'
import { GatewayError, invalid } from '../errors.ts'
import { parseWireTime } from '../wire-time.ts'
import type { CustomExpiry } from './expiry.ts'
import type { GopayCharge } from './methods/gopay.ts'
import type { CustomFields } from './transaction.ts'

const unitMs = { second: 1_000, minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const

const CustomExpiryBody = Type.Object({
  order_time: Type.Optional(Type.String({ maxLength: 50 })),
  expiry_duration: Type.Integer({ minimum: 1, maximum: 1_000_000_000 }),
  unit: Type.Optional(Type.Enum(['second', 'minute', 'hour', 'day'])),
})

/** Body of POST /v2/charge. What it does not name is accepted, and not looked at. */
export const ChargeBody = Type.Object({
  payment_type: Type.String(),
  transaction_details: Type.Object({ order_id: OrderId, gross_amount: Amount }),
  gopay: Type.Optional(
    Type.Object({
      account_id: Type.Optional(Text),
      payment_option_token: Type.Optional(Type.String({ maxLength: 1_000 })),
      callback_url: Type.Optional(ReturnUrl),
      pre_auth: Type.Optional(Flag),
      recurring: Type.Optional(Flag),
    }),
  ),
  item_details: Type.Optional(Type.Array(Type.Object({ price: Price, quantity: Amount }), { maxItems: 10_000 })),
  custom_expiry: Type.Optional(CustomExpiryBody),
  custom_field1: Type.Optional(Text),
  custom_field2: Type.Optional(Text),
  custom_field3: Type.Optional(Text),
  metadata: Type.Optional(Type.Object({})),
})

type ChargeBody = Static<typeof ChargeBody>

/** The charge that a body asks for. Throws where it asks for what Midtrans or this emulator does not have. */
export function gopayCharge(body: ChargeBody): Omit<GopayCharge, 'notificationUrls'> {
  requireGopay(body.payment_type)
  const { transaction_details, gopay } = body
  const amount = Number(transaction_details.gross_amount)
  if (body.item_details && sumOf(body.item_details) !== amount) {
    throw invalid('transaction_details.gross_amount is not equal to the sum of item_details')
  }
  return {
    orderId: String(transaction_details.order_id),
    amount,
    ...accountAndToken(gopay),
    preAuth: isSet(gopay?.pre_auth),
    recurring: isSet(gopay?.recurring),
    callbackUrl: gopay?.callback_url,
    customExpiry: body.custom_expiry && customExpiry(body.custom_expiry),
    customFields: customFields(body),
    metadata: body.metadata,
  }
}

function accountAndToken(gopay: ChargeBody['gopay']): Pick<GopayCharge, 'accountId' | 'paymentOptionToken'> {
  const { account_id: accountId, payment_option_token: paymentOptionToken } = gopay ?? {}
  if (!accountId && !paymentOptionToken) {
    throw new GatewayError('not-emulated', { feature: 'gopay without account_id; there is GoPay Tokenization' })
  }
  // The capital G stands in Midtrans's own sample (facts.md, section 3).
  if (!accountId) throw invalid('Gopay.account_id is required')
  // UNCERTAIN: documented as required for tokenization; the text follows that of account_id.
  if (!paymentOptionToken) throw invalid('Gopay.payment_option_token is required')
  return { accountId, paymentOptionToken }
}

/** Undefined where there are none, as for most charges. */
function customFields({ custom_field1, custom_field2, custom_field3 }: ChargeBody): CustomFields | undefined {
  if (custom_field1 === undefined && custom_field2 === undefined && custom_field3 === undefined) return undefined
  return {
    ...(custom_field1 !== undefined && { field1: custom_field1 }),
    ...(custom_field2 !== undefined && { field2: custom_field2 }),
    ...(custom_field3 !== undefined && { field3: custom_field3 }),
  }
}

function customExpiry({ order_time, expiry_duration, unit }: Static<typeof CustomExpiryBody>): CustomExpiry {
  const durationMs = expiry_duration * unitMs[unit ?? 'minute']
  if (order_time === undefined) return { durationMs }
  const orderedAt = parseWireTime(order_time)
  // UNCERTAIN: the text of this refusal was not seen.
  if (orderedAt === undefined) throw invalid('custom_expiry.order_time must be in the format yyyy-MM-dd HH:mm:ss Z')
  return { orderedAt, durationMs }
}

const sumOf = (items: NonNullable<ChargeBody['item_details']>): number =>
  items.reduce((sum, { price, quantity }) => sum + Number(price) * Number(quantity), 0)
