import { type Static, type TProperties, Type } from 'typebox'
import { SettingsBody } from '../admin/settings.ts'
import { PayerBody } from '../payers.ts'
import { RuleList } from '../rules.ts'

/** Built-in references, besides the names of steps. */
export const builtIns = ['merchant', 'run', 'server_key', 'url'] as const

const Name = Type.String({
  pattern: '^[a-z][a-z0-9_-]{0,49}$',
  examples: ['charge'],
  description: 'Under which later steps find the answer: ${charge.transaction_id}.',
})

/** A step: what is done, and what all steps may have. */
const step = <Properties extends TProperties>(description: string, properties: Properties) =>
  Type.Object(
    { ...properties, name: Type.Optional(Name), note: Type.Optional(Type.String({ maxLength: 2_000 })) },
    { additionalProperties: false, description },
  )

const Expected = Type.Optional(
  Type.Unsafe<unknown>({
    description:
      'What the answer has to hold: other fields do not matter, `*` stands for any characters, null: absent.',
  }),
)
const Text = (...examples: string[]) => Type.String({ minLength: 1, maxLength: 2_000, examples })
const Typed = Type.Optional(Type.String({ maxLength: 255 }))
const Question = Type.Optional(Type.Enum(['phone', 'consent', 'name', 'otp', 'pin', 'new_pin']))
const Leaving = Type.Optional(Type.Enum(['choose', 'phone', 'consent', 'name', 'otp', 'pin', 'new_pin']))
const True = Type.Literal(true)
const Fields = Type.Record(Type.String(), Type.Unknown(), { maxProperties: 100 })
const Answer = Type.Union([Type.Integer({ minimum: 200, maximum: 599 }), Type.Enum(['down'])])

/** Verb -> a step that does so. The keys of a step tell its verb; `expect` is one where no other stands beside it. */
export const stepSchemas = {
  call: step('The merchant, or the tester under /__admin, sends a request.', {
    call: Type.String({
      pattern: '^(GET|POST|PUT|PATCH|DELETE) (/|\\$\\{)\\S*$',
      maxLength: 2_000,
      examples: ['POST /v2/charge'],
    }),
    body: Type.Optional(Type.Unsafe<unknown>({ description: 'Sent as JSON; a text is sent as it is.' })),
    headers: Type.Optional(
      Type.Record(Type.String(), Type.Union([Type.String({ maxLength: 2_000 }), Type.Null()]), { maxProperties: 50 }),
    ),
    http: Type.Optional(
      Type.Union([Type.Integer({ minimum: 200, maximum: 599 }), Type.Enum(['no-answer'])], {
        description: 'The HTTP status of the answer; without it any from 200 to 299.',
      }),
    ),
    expect: Expected,
  }),
  walk: step('The payer opens a link, or the Snap page, and fills in the pages.', {
    walk: Text('${link.actions[activation-link-url].url}', '${snap.redirect_url}'),
    otp: Typed,
    pin: Typed,
    phone: Typed,
    payer_name: Typed,
    decline_at: Question,
    leave_at: Leaving,
    choose: Type.Optional(
      Type.Enum(['pay', 'link', 'qr'], {
        description: 'On the Snap page; pay, the default, links a wallet before where none is linked.',
      }),
    ),
    option: Type.Optional({ ...Text('PAY_LATER'), description: 'What is paid with on the Snap page.' }),
    expect: Expected,
  }),
  advance: step('Time goes by, and all happens that is due.', { advance: Text('15m'), expect: Expected }),
  next: step('Time goes on to what happens next.', { next: True, expect: Expected }),
  set: step('Time goes on to a point.', { set: Text('2026-12-01T09:00:00+07:00'), expect: Expected }),
  freeze: step('Time stands still, as it does at the beginning.', { freeze: True, expect: Expected }),
  resume: step('Time goes by itself.', { resume: True, expect: Expected }),
  simulate: Type.Object(
    {
      simulate: Type.String({ pattern: '^[a-z-]{1,50}$', examples: ['confirm'] }),
      name: Type.Optional(Name),
      note: Type.Optional(Type.String({ maxLength: 2_000 })),
      expect: Expected,
    },
    {
      additionalProperties: true,
      description: 'Something happens outside of the API of the merchant: see GET /__admin/simulate.',
    },
  ),
  rules: step('Other rules from now on.', { rules: RuleList }),
  settings: step('Some settings change.', { settings: SettingsBody }),
  payer: step('Somebody gets a wallet, or another one.', { payer: PayerBody }),
  merchant: step('How the notification handler answers from now on; the last answer of a list stays.', {
    merchant: Type.Object(
      { answers: Type.Union([Answer, Type.Array(Answer, { minItems: 1, maxItems: 100 })]) },
      { additionalProperties: false },
    ),
  }),
  received: step('All that the notification handler was told since the last such step, in order.', {
    received: Type.Array(Fields, { maxItems: 100 }),
  }),
  expect: step('The body of POST /__admin/expect.', { expect: Fields }),
} as const

export type Verb = keyof typeof stepSchemas
/** A step of a verb. */
export type StepOf<Each extends Verb> = Static<(typeof stepSchemas)[Each]>
export type Step = { [Each in Verb]: StepOf<Each> }[Verb]

// Object.keys knows no keys; these are those of the table.
export const verbs = Object.keys(stepSchemas) as readonly Verb[]

export const mostSteps = 200

const head = {
  $schema: Type.Optional(Type.String({ maxLength: 2_000, description: 'For editors.' })),
  title: Type.String({ minLength: 1, maxLength: 200 }),
  story: Type.Optional(Type.String({ maxLength: 5_000 })),
  payers: Type.Optional(Type.Array(PayerBody, { maxItems: 100, description: 'Who has which wallet.' })),
  settings: Type.Optional(SettingsBody),
  rules: Type.Optional(RuleList),
}
const options = { additionalProperties: false } as const

/** All but what the steps are: each of them is checked by the schema of its verb, which tells more than a union can. */
export const ScenarioOutline = Type.Object(
  { ...head, steps: Type.Optional(Type.Array(Type.Record(Type.String(), Type.Unknown()), { maxItems: mostSteps })) },
  options,
)

/** A scenario, for editors: fixtures/scenario.schema.json. */
export const ScenarioSchema = Type.Object(
  {
    ...head,
    steps: Type.Optional(Type.Array(Type.Union(verbs.map((verb) => stepSchemas[verb])), { maxItems: mostSteps })),
  },
  { ...options, $schema: 'https://json-schema.org/draft/2020-12/schema', title: 'A scenario of midtrans-emulator' },
)

/** A scenario as it is written. */
export type ScenarioBody = Omit<Static<typeof ScenarioOutline>, 'steps'> & { readonly steps?: readonly Step[] }
