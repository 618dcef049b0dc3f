import { hash } from 'node:crypto'
import { isOfSubscription, type SignedFields, signatureOf } from './signature.ts'

export interface SignatureCheck {
  readonly isValid: boolean
  /** What was found, and what to do; empty where the signature is valid. */
  readonly why: readonly string[]
  /** Midtrans never signs such a body. */
  readonly isUnsigned?: true
}

/** The fields that each kind of notification is signed over, in their order (facts.md, sections 2 and 4). */
const transactionFields = ['order_id', 'status_code', 'gross_amount'] as const
const accountFields = ['account_id', 'account_status', 'status_code'] as const

type Texts = Readonly<Record<string, string>>

/** A way to get a signature wrong: what is signed then, and how to say so. */
interface Mistake {
  readonly why: string
  readonly signed: (body: Texts, serverKey: string) => string
}

const sha512 = (...parts: readonly (string | undefined)[]) => hash('sha512', parts.join(''))
const withoutDecimals = (amount = '') => amount.replace(/\.0+$/, '')

const mistakes: readonly Mistake[] = [
  {
    why: 'It is made over gross_amount without its decimals. Take the text as it stands in the body: "100000.00".',
    signed: (body, key) => sha512(body.order_id, body.status_code, withoutDecimals(body.gross_amount), key),
  },
  {
    why: 'It is made over gross_amount with decimals that the body does not have. Take the text as it stands in the body.',
    signed: (body, key) => sha512(body.order_id, body.status_code, `${body.gross_amount}.00`, key),
  },
  {
    why: 'It is made over transaction_status instead of status_code.',
    signed: (body, key) => sha512(body.order_id, body.transaction_status, body.gross_amount, key),
  },
  {
    why: 'It is made over transaction_id instead of order_id.',
    signed: (body, key) => sha512(body.transaction_id, body.status_code, body.gross_amount, key),
  },
  {
    why: 'It is made over gross_amount and status_code in the wrong order: order_id, status_code, gross_amount, key.',
    signed: (body, key) => sha512(body.order_id, body.gross_amount, body.status_code, key),
  },
  {
    why: 'It is made without the server key.',
    signed: (body) => sha512(body.order_id, body.status_code, body.gross_amount),
  },
  {
    why: 'It is made with the account fields in the wrong order: account_id, account_status, status_code, key.',
    signed: (body, key) => sha512(body.account_id, body.status_code, body.account_status, key),
  },
  {
    why: 'It is the SHA-256, not the SHA-512.',
    signed: (body, key) =>
      hash(
        'sha256',
        fieldsOf(body)
          .map((field) => body[field])
          .join('') + key,
      ),
  },
]

/** Keys that are easily taken for the right one. */
const keyMistakes: readonly (readonly [why: string, key: (right: string) => string])[] = [
  ['It is made with the key without its "SB-".', (key) => key.replace(/^SB-/, '')],
  ['It is made with "SB-" before the key.', (key) => `SB-${key}`],
  ['It is made with the ":" of HTTP Basic behind the key.', (key) => `${key}:`],
  ['It is made with a blank or line break behind the key.', (key) => `${key}\n`],
  ['It is made with the client key.', (key) => key.replace('-server-', '-client-')],
]

/** Whether a notification is signed with this key and, if not, why. `others` names other keys that may have been used. */
export function checkSignature(
  body: unknown,
  serverKey: string,
  others: ReadonlyMap<string, string> = new Map(),
): SignatureCheck {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    return wrong('Found no JSON object, expected the body of a notification.')
  }
  const texts = textsOf(body)
  const { signature_key: found } = texts
  if (found === undefined) {
    if (isOfSubscription(body)) return { isValid: false, why: [neverSigned], isUnsigned: true }
    return wrong('Found no signature_key.')
  }
  const missing = fieldsOf(texts).filter((field) => texts[field] === undefined)
  const notText = fieldsOf(texts).filter((field) => typeof (body as Record<string, unknown>)[field] === 'number')
  const right = signatureOf(texts as SignedFields, serverKey)
  if (missing.length > 0) return wrong(`Found no ${missing.join(' and no ')}: the signature is made over it.`)
  if (found === right && notText.length === 0) return { isValid: true, why: [] }
  if (notText.length > 0) return wrong(`Found ${notText.join(', ')} as a number: Midtrans sends texts.`)
  if (found.toLowerCase() === right) return wrong('It is right but for its upper case: Midtrans writes lower case.')
  const reasons = [
    ...mistakes.flatMap(({ why, signed }) => (signed(texts, serverKey) === found ? why : [])),
    ...keyMistakes.flatMap(([why, key]) => (isMadeWith(texts, key(serverKey)) ? why : [])),
    ...[...others].flatMap(([name, key]) => (isMadeWith(texts, key) ? `It is made with the key of ${name}.` : [])),
  ]
  if (reasons.length > 0) return { isValid: false, why: reasons }
  return /^[0-9a-f]{128}$/i.test(found)
    ? wrong(`It is made with another key, or over other values of ${fieldsOf(texts).join(', ')}.`)
    : wrong('Found something that is no SHA-512: expected 128 hexadecimal digits.')
}

/** Why nothing could check the signature of such a body; undefined: it can be signed. */
export function objectionToSigning(body: object): string | undefined {
  if (isOfSubscription(body)) return neverSigned
  const fields = fieldsOf(textsOf(body))
  const values = body as Readonly<Record<string, unknown>>
  const missing = fields.filter((field) => typeof values[field] !== 'string')
  return missing.length === 0
    ? undefined
    : `Found no text ${missing.join(' and no text ')}: the signature is made over it.`
}

const neverSigned =
  'Midtrans does not sign what it tells of subscriptions: ask GET /v1/subscriptions/{id} whether it is true.'

const wrong = (why: string): SignatureCheck => ({ isValid: false, why: [why] })

const isMadeWith = (texts: Texts, key: string) => signatureOf(texts as SignedFields, key) === texts.signature_key

const fieldsOf = (texts: Texts): readonly string[] =>
  texts.account_status === undefined ? transactionFields : accountFields

const textsOf = (body: object): Texts =>
  Object.fromEntries(
    Object.entries(body).flatMap(([name, value]) =>
      typeof value === 'string' || typeof value === 'number' ? [[name, String(value)]] : [],
    ),
  )
