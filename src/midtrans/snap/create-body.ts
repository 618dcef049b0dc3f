import { type Static, Type } from 'typebox'
import {
  Amount,
  Flag,
  FreeText,
  isSet,
  OrderId,
  PhoneDigits,
  Price,
  ReturnUrl,
  SnapAmount,
  Text,
} from '../merchant-api/fields.ts'
import { CustomerDetails, customFields, customFieldTypes, sumOf, unitMs } from '../payments/order.ts'
import { parseWireTime } from '../wire-time.ts'
import type { Lifetime, NewSession } from './operations.ts'

const ShortText = Type.Unsafe<string | number>({ ...FreeText, maxLength: 50 })

/** docs.midtrans.com, json-objects: shorter than the Core API's. */
const Item = Type.Object({
  id: Type.Optional(FreeText),
  name: ShortText,
  price: Price,
  quantity: Amount,
  brand: Type.Optional(ShortText),
  category: Type.Optional(ShortText),
  merchant_name: Type.Optional(ShortText),
})

type Unit = keyof typeof unitMs
const units = ['second', 'minute', 'hour', 'day'] as const satisfies readonly Unit[]

/** With and without the s of the plural (docs.midtrans.com, expire-a-snap-session). */
const unitNames = units.flatMap((unit) => [unit, `${unit}s`] as const)

const Expiry = Type.Object({
  start_time: Type.Optional(Type.String({ maxLength: 50, description: 'yyyy-MM-dd HH:mm:ss Z; missing: now.' })),
  duration: Amount,
  unit: Type.Enum([...unitNames]),
})

const PageExpiry = Type.Object({ duration: Amount, unit: Type.Enum([...unitNames]) })

/** Body of POST /snap/v1/transactions (facts.md, section 7). What it does not name is accepted, and not looked at. */
export const SnapBody = Type.Object({
  transaction_details: Type.Object({
    order_id: { ...OrderId, description: 'Your own; it may be used again until it is paid.' },
    gross_amount: { ...SnapAmount, description: 'In rupiah.' },
  }),
  user_id: Type.Optional({ ...FreeText, description: 'Your own name for the customer, whom a wallet is linked to.' }),
  gopay: Type.Optional(
    Type.Object({
      tokenization: Type.Optional({ ...Flag, description: 'Offers to link the wallet, and to pay from it.' }),
      enforce_tokenization: Type.Optional({ ...Flag, description: 'Offers nothing else: no QR code.' }),
      phone_number: Type.Optional({ ...PhoneDigits, description: 'The only number that can be linked.' }),
      country_code: Type.Optional(PhoneDigits),
      enable_callback: Type.Optional({ ...Flag, description: 'Sends who paid by QR code or app to callback_url.' }),
      callback_url: Type.Optional(ReturnUrl),
    }),
  ),
  enabled_payments: Type.Optional(
    Type.Array(Text, { maxItems: 100, description: 'What is offered; of these there is gopay.' }),
  ),
  item_details: Type.Optional(Type.Array(Item, { maxItems: 10_000 })),
  customer_details: Type.Optional(CustomerDetails),
  expiry: Type.Optional({ ...Expiry, description: 'Until when a payment that was begun can be paid.' }),
  page_expiry: Type.Optional({
    ...PageExpiry,
    description: 'Until when the page can be used; missing: expiry, or 24 hours.',
  }),
  callbacks: Type.Optional(
    Type.Object({
      finish: Type.Optional({ ...ReturnUrl, description: 'Where the customer goes in the end.' }),
      error: Type.Optional({ ...ReturnUrl, description: 'Where the customer goes after a failure.' }),
    }),
  ),
  recurring: Type.Optional(Type.Object({}, { description: 'Of cards: accepted, and not looked at.' })),
  ...customFieldTypes,
  metadata: Type.Optional(Type.Object({})),
})

type SnapBody = Static<typeof SnapBody>

/** The session that a body asks for, or what keeps it from being one. */
export function newSession(body: SnapBody): Omit<NewSession, 'notificationUrls'> | { readonly faults: string[] } {
  const { transaction_details, user_id, gopay = {}, enabled_payments, item_details, callbacks } = body
  const amount = Number(transaction_details.gross_amount)
  const expiry = body.expiry && lifetime(body.expiry)
  const faults = [
    ...(item_details && sumOf(item_details) !== amount
      ? ['transaction_details.gross_amount is not equal to the sum of item_details']
      : []),
    // UNCERTAIN: the text of this refusal was not seen.
    ...(body.expiry && !expiry ? ['expiry.start_time must be in the format yyyy-MM-dd HH:mm:ss Z'] : []),
  ]
  if (faults.length > 0) return { faults }
  const fields = customFields(body)
  return {
    orderId: String(transaction_details.order_id),
    amount,
    ...(item_details && { items: item_details.map(itemOf) }),
    ...(user_id !== undefined && user_id !== '' && { userId: String(user_id) }),
    gopay: {
      tokenization: isSet(gopay.tokenization),
      enforced: isSet(gopay.enforce_tokenization),
      ...(gopay.phone_number !== undefined && { phone: String(gopay.phone_number) }),
      ...(isSet(gopay.enable_callback) && gopay.callback_url && { callbackUrl: gopay.callback_url }),
    },
    countryCode: gopay.country_code === undefined ? undefined : String(gopay.country_code),
    // UNCERTAIN: an empty list is taken for none.
    ...(enabled_payments?.length && { enabledPayments: enabled_payments }),
    callbacks: {
      ...(callbacks?.finish && { finish: callbacks.finish }),
      ...(callbacks?.error && { error: callbacks.error }),
    },
    pageExpiry: body.page_expiry && lifetime(body.page_expiry),
    expiry,
    ...(fields && { customFields: fields }),
    ...(body.metadata && { metadata: body.metadata }),
  }
}

const itemOf = ({ name, price, quantity }: Static<typeof Item>) => ({
  name: String(name),
  price: Number(price),
  quantity: Number(quantity),
})

/** Undefined where its start is no time. */
function lifetime({ start_time, duration, unit }: Static<typeof Expiry>): Lifetime | undefined {
  const startAt = start_time === undefined ? undefined : parseWireTime(start_time)
  if (start_time !== undefined && startAt === undefined) return undefined
  const single = units.find((each) => unit.startsWith(each)) ?? 'minute'
  return { startAt, durationMs: Number(duration) * unitMs[single] }
}
