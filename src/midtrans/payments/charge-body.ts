import { type Static, Type } from 'typebox'
import { amountPattern } from '../core-api/validation.ts'
import { GatewayError, invalid } from '../errors.ts'
import { parseWireTime } from '../wire-time.ts'
import type { GopayCharge } from './methods/gopay.ts'

/** A whole number of rupiah, as a number or, from the Java client, as text. The maximum is that of subscriptions. */
export const Amount = Type.Unsafe<number | string>({
  type: ['integer', 'string'],
  minimum: 1,
  // UNCERTAIN: the largest amount of a charge is not documented.
  maximum: 99_999_999_999,
  maxLength: 14,
  pattern: amountPattern,
})

/** `true` or, as the seed's text has it, "true". */
const Flag = Type.Unsafe<boolean | string>({ type: ['boolean', 'string'], enum: [true, false, 'true', 'false'] })

const Text = Type.String({ maxLength: 255 })
const unitMs = { second: 1_000, minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const

/** Body of POST /v2/charge. What it does not name is accepted, and not looked at. */
export const ChargeBody = Type.Object({
  payment_type: Type.String(),
  transaction_details: Type.Object({ order_id: Type.Unsafe<string | number>(orderId()), gross_amount: Amount }),
  gopay: Type.Optional(
    Type.Object({
      account_id: Type.Optional(Text),
      payment_option_token: Type.Optional(Type.String({ maxLength: 1_000 })),
      callback_url: Type.Optional(Type.String({ maxLength: 2_000 })),
      pre_auth: Type.Optional(Flag),
      recurring: Type.Optional(Flag),
    }),
  ),
  custom_expiry: Type.Optional(
    Type.Object({
      order_time: Type.Optional(Type.String({ maxLength: 50 })),
      expiry_duration: Type.Integer({ minimum: 1 }),
      unit: Type.Optional(Type.Enum(['second', 'minute', 'hour', 'day'])),
    }),
  ),
  custom_field1: Type.Optional(Text),
  custom_field2: Type.Optional(Text),
  custom_field3: Type.Optional(Text),
  metadata: Type.Optional(Type.Object({})),
})

/** Payment types that Midtrans offers and this emulator does not have. */
const otherPaymentTypes = new Set(
  'credit_card bank_transfer echannel permata qris shopeepay cstore akulaku kredivo bca_klikpay bca_klikbca bri_epay cimb_clicks danamon_online uob_ezpay dana'.split(
    ' ',
  ),
)

/** The charge that a body asks for. Throws where it asks for what Midtrans or this emulator does not have. */
export function gopayCharge(body: Static<typeof ChargeBody>): Omit<GopayCharge, 'notificationUrls'> {
  const { payment_type, transaction_details, gopay, custom_expiry } = body
  if (payment_type !== 'gopay') {
    if (!otherPaymentTypes.has(payment_type)) throw new GatewayError('no-access-to-payment-type')
    throw new GatewayError('not-emulated', { feature: `payment_type ${payment_type}; there is gopay` })
  }
  if (!gopay?.account_id && !gopay?.payment_option_token) {
    throw new GatewayError('not-emulated', { feature: 'gopay without account_id; there is GoPay Tokenization' })
  }
  // The capital G stands in Midtrans's own sample (facts.md, section 3).
  if (!gopay.account_id) throw invalid('Gopay.account_id is required')
  // UNCERTAIN: documented as required for tokenization; the text follows that of account_id.
  if (!gopay.payment_option_token) throw invalid('Gopay.payment_option_token is required')
  return {
    orderId: String(transaction_details.order_id),
    amount: Number(transaction_details.gross_amount),
    accountId: gopay.account_id,
    paymentOptionToken: gopay.payment_option_token,
    preAuth: isSet(gopay.pre_auth),
    recurring: isSet(gopay.recurring),
    callbackUrl: gopay.callback_url,
    customExpiry: custom_expiry && {
      orderedAt: orderTime(custom_expiry.order_time),
      durationMs: custom_expiry.expiry_duration * unitMs[custom_expiry.unit ?? 'minute'],
    },
    customFields: [body.custom_field1, body.custom_field2, body.custom_field3],
    metadata: body.metadata,
  }
}

function orderTime(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const at = parseWireTime(text)
  // UNCERTAIN: the text of this refusal was not seen.
  if (at === undefined) throw invalid('custom_expiry.order_time must be in the format yyyy-MM-dd HH:mm:ss Z')
  return at
}

const isSet = (flag: boolean | string | undefined) => flag === true || flag === 'true'

/** Up to 50 characters; an integer was accepted, and answered as text (facts.md, section 3). */
function orderId() {
  return { type: ['string', 'integer'], minLength: 1, maxLength: 50 }
}
