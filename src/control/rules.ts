import { type Static, Type } from 'typebox'
import type { Rule } from '../engine/scenarios/rule.ts'
import type { NewRule } from '../engine/scenarios/rule-book.ts'
import { disturbanceForms, parseDisturbance } from '../midtrans/disturbance.ts'
import { type Decidable, outcomeForms, parseOutcome, possibleOutcomes } from '../midtrans/outcome.ts'
import { Problem } from './admin/problem.ts'

const Amount = Type.Union([
  Type.Integer(),
  Type.Object(
    { min: Type.Optional(Type.Integer()), max: Type.Optional(Type.Integer()) },
    { additionalProperties: false },
  ),
])

const RuleBody = Type.Object(
  {
    match: Type.Object(
      {
        operation: Type.Optional(Type.Enum(['link', 'unbind', 'charge', 'refund', 'notification'])),
        phone: Type.Optional(Type.String({ maxLength: 50 })),
        order_id: Type.Optional(Type.String({ maxLength: 100 })),
        amount: Type.Optional(Amount),
        event: Type.Optional(Type.String({ maxLength: 100 })),
      },
      { additionalProperties: false },
    ),
    outcome: Type.String({ maxLength: 50 }),
    times: Type.Optional(Type.Union([Type.Enum(['once', 'always']), Type.Integer({ minimum: 1, maximum: 1_000_000 })])),
  },
  { additionalProperties: false },
)

/** Rules as they are written in JSON and YAML; the first one that matches counts. */
export const RuleList = Type.Array(RuleBody, { maxItems: 1_000 })

const decidables = Object.keys(possibleOutcomes) as readonly Decidable[]

const badRule = (fault: string) => new Problem(400, 'Bad rule', fault)

/** Facts that an operation does not have. */
const missingFacts = {
  link: ['order_id', 'amount', 'event'],
  unbind: ['order_id', 'amount', 'event'],
  charge: ['event'],
  refund: ['event'],
  notification: ['phone'],
} as const

/** The rule that is written so. Throws a Problem where it could never act. */
export function ruleOf({ match, outcome, times }: Static<typeof RuleBody>, source: string): NewRule {
  const { operation } = match
  const operations = operation ? [operation] : ([...decidables, 'notification'] as const)
  if (!operations.some((each) => isPossible(each, outcome))) {
    const expected = operations.map((each) => `for a ${each} ${formsFor(each)}`).join('. Or ')
    throw badRule(`outcome: found "${outcome}", expected ${expected}`)
  }
  const missing = operation && missingFacts[operation].find((fact) => match[fact] !== undefined)
  if (missing) throw badRule(`match: found ${missing} for a ${operation}, which has none`)
  const phone = match.phone?.replace(/[^\d*]/g, '')
  const uses = times === 'once' ? 1 : times === 'always' ? undefined : times
  return {
    source,
    match: { ...match, ...(phone !== undefined && { phone }) } as NewRule['match'],
    outcome,
    ...(uses !== undefined && { times: uses }),
  }
}

export const wireRule = ({ source, match, outcome, times, used }: Rule) => ({
  source,
  match,
  outcome,
  times: times ?? 'always',
  used,
})

type Ruled = Decidable | 'notification'

function isPossible(operation: Ruled, outcome: string): boolean {
  if (operation === 'notification') return parseDisturbance(outcome) !== undefined
  return possibleOutcomes[operation].some((kind) => kind === parseOutcome(outcome)?.kind)
}

const formsFor = (operation: Ruled) => (operation === 'notification' ? disturbanceForms : outcomeForms(operation))
