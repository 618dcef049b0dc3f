import { type Static, Type } from 'typebox'
import { newUuid } from '../engine/ids.ts'
import { entryOf, givePayer as give, type PayerWish } from '../midtrans/payers/give-operations.ts'
import { type PayerBook, type PayerEntry, paymentOptionNames } from '../midtrans/payers/payer.ts'
import { withPayers } from '../midtrans/payers/payer-book.ts'
import { dialedPhone } from '../midtrans/payers/phone.ts'
import type { Promotion } from '../midtrans/payers/promotion.ts'
import type { Sandbox } from '../sandbox.ts'
import { Problem } from './admin/problem.ts'
import { readChecked } from './checked-file.ts'

const closed = { additionalProperties: false }

/** With a plus as it stands, otherwise as people dial it. */
export const PhoneText = Type.String({ pattern: '^\\+?[0-9]{5,20}$', examples: ['628123456789'] })
export const PersonaName = Type.String({ maxLength: 50 })
const Money = Type.Integer({ minimum: 0, maximum: 1_000_000_000_000 })
const Day = Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\d$' })
const ShortText = Type.String({ maxLength: 255 })

const OptionBody = Type.Object(
  {
    name: Type.Enum([...paymentOptionNames]),
    balance: Type.Optional(Money),
    active: Type.Optional(Type.Boolean()),
  },
  closed,
)

const PromotionBody = Type.Object(
  {
    percentage: Type.Integer({ minimum: 1, maximum: 100 }),
    code: Type.Optional(ShortText),
    title: Type.Optional(ShortText),
    minimum_amount: Type.Optional(Money),
    valid_from: Type.Optional(Day),
    valid_till: Type.Optional(Day),
    limit_per_user: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000 })),
  },
  closed,
)

/** What a payer shall be. What is not named stays as it is, or as the persona has it where that is named. */
export const PayerBody = Type.Object(
  {
    phone: { ...PhoneText, description: 'With country code, with or without plus.' },
    persona: Type.Optional({ ...PersonaName, description: 'A name from GET /__admin/personas.' }),
    name: Type.Optional(Type.String({ minLength: 1, maxLength: 255 })),
    pin: Type.Optional(Type.String({ pattern: '^[0-9]{6}$' })),
    balance: Type.Optional({ ...Money, description: 'Of the wallet, in rupiah.' }),
    options: Type.Optional(
      Type.Array(OptionBody, { maxItems: paymentOptionNames.length, description: 'What the payer can pay with.' }),
    ),
    promotions: Type.Optional(Type.Array(PromotionBody, { maxItems: 20 })),
  },
  closed,
)
export type PayerBody = Static<typeof PayerBody>

/** A file of payers. */
const PayerList = Type.Array(PayerBody, { maxItems: 1_000 })

/** Makes a number be such a payer, in the midst of whatever happens; answers with the full number. */
export const givePayer = (sandbox: Sandbox, body: PayerBody): string =>
  sandbox.perform((world) => give(world, wishOf(body, world.payerBook)).id, undefined)

/** The book with the payers of a YAML or JSON file. Rejects with what is wrong, and where. */
export async function readPayers(file: string, book: PayerBook): Promise<PayerBook> {
  const list = await readChecked(PayerList, { file, shown: `payers ${file}`, hint: 'Expected the path of a file.' })
  const entries = list.map((body, place): PayerEntry => {
    try {
      return entryOf(wishOf(body, book), book)
    } catch (error) {
      throw new Problem(
        400,
        'Bad payers',
        `payers ${file}: /${place} ${error instanceof Error ? error.message : error}`,
      )
    }
  })
  return withPayers(book, entries)
}

function wishOf({ promotions, phone, persona, ...body }: PayerBody, book: PayerBook): PayerWish {
  const names = body.options?.map(({ name }) => name) ?? []
  const twice = names.find((name, place) => names.indexOf(name) !== place)
  if (twice) throw new Problem(400, 'Bad payer', `options: found ${twice} twice, expected each name once`)
  return {
    ...body,
    phone: dialedPhone(phone, book),
    ...(persona !== undefined && { persona: personaIn(book, persona) }),
    ...(promotions && { promotions: promotions.map(promotionOf) }),
  }
}

/** The name, where there is such a persona. */
export function personaIn({ personas }: PayerBook, name: string): string {
  if (personas.has(name)) return name
  const hint = 'GET /__admin/personas tells what each of them does.'
  const expected = [...personas.keys()].join(', ')
  throw new Problem(400, 'No such persona', `persona: found "${name}", expected one of ${expected}`, hint)
}

function promotionOf(body: Static<typeof PromotionBody>): Promotion {
  const { percentage, code = 'PROMO', title = `Cashback ${percentage}%`, minimum_amount = 0, limit_per_user = 1 } = body
  const { valid_from = '2024-01-01', valid_till = '2099-12-31' } = body
  return {
    id: `CASHBACK|${newUuid()}|${newUuid()}||${valid_from}|${valid_till}`,
    code,
    title,
    shortDescription: title,
    description: title,
    tncUrl: 'https://example.com/promo',
    percentage,
    minimumAmount: minimum_amount,
    validFrom: valid_from,
    validTill: valid_till,
    limitPerUser: limit_per_user,
  }
}
