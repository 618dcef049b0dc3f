import { type Static, Type } from 'typebox'
import { PhoneText } from '../payers.ts'

/** Who ends a link: by the API, in the app, or by a new phone number. */
export const endings = ['payer', 'merchant', 'new-number'] as const

/** Those of Midtrans's and of the emulator's own; what else a request has is the emulator's to say. */
const headerName = '^([Xx]-[\\w-]+|[Ii]dempotency-[Kk]ey|[Aa]ccept-[Ll]anguage|[Uu]ser-[Aa]gent)$'
const headerValue = '^[\\t\\x20-\\x7e]*$'

const Extras = {
  /** Of account.disabled: who ends the link; the payer, where nobody is named. */
  by: Type.Optional(Type.Enum([...endings])),
  /** Of deny: GoPay's code; 4060: rejected by its fraud detection. */
  code: Type.Optional(Type.String({ pattern: '^[0-9]{1,5}$' })),
  /** Of subscription.charge: one that is there already; without it one is made. */
  subscription_id: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
  /** Of partial_refund, in rupiah; without it half of what is left. */
  refund_amount: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000_000_000 })),
}

export type ExtraName = keyof typeof Extras

export const extraNames = Object.keys(Extras) as readonly ExtraName[]

/** The body of POST /__admin/trigger. */
export const TriggerBody = Type.Object(
  {
    event: Type.String({ maxLength: 100 }),
    /** Of a payment that is there already; where none is called so, one is begun. */
    order_id: Type.Optional(Type.String({ minLength: 1, maxLength: 50 })),
    /** Of the payment or the subscription that is begun, in rupiah. */
    amount: Type.Optional(Type.Integer({ minimum: 1, maximum: 99_999_999_999 })),
    account_id: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
    phone: Type.Optional(PhoneText),
    ...Extras,
    /** Fields of the event's notification, before it is signed and sent; null takes one away. */
    overrides: Type.Optional(Type.Record(Type.String({ maxLength: 100 }), Type.Unknown(), { maxProperties: 100 })),
    /** Sent along with the charge, the link or the subscription that begins it. */
    headers: Type.Optional(
      Type.Record(
        Type.String({ maxLength: 100, pattern: headerName }),
        Type.String({ maxLength: 2_000, pattern: headerValue }),
        {
          maxProperties: 50,
          additionalProperties: false,
        },
      ),
    ),
  },
  { additionalProperties: false },
)
export type TriggerBody = Static<typeof TriggerBody>
