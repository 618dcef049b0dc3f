import { type Static, Type } from 'typebox'
import type { Rule } from '../engine/scenarios/rule.ts'
import type { NewRule } from '../engine/scenarios/rule-book.ts'
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
        operation: Type.Optional(Type.Enum(['link', 'unbind', 'charge', 'refund'])),
        phone: Type.Optional(Type.String({ maxLength: 50 })),
        order_id: Type.Optional(Type.String({ maxLength: 100 })),
        amount: Type.Optional(Amount),
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

/** A file of fixtures/scenarios. */
export const ScenarioFile = Type.Object(
  { title: Type.String(), story: Type.Optional(Type.String()), rules: RuleList },
  { additionalProperties: false },
)

export const ScenarioName = Type.Object(
  { name: Type.Union([Type.String({ pattern: '^[a-z0-9-]{1,100}$' }), Type.Null()]) },
  { additionalProperties: false },
)

const decidables = Object.keys(possibleOutcomes) as readonly Decidable[]

const badRule = (fault: string) => new Problem(400, 'Bad rule', fault)

/** The rule that is written so. Throws a Problem where it could never act. */
export function ruleOf({ match, outcome, times }: Static<typeof RuleBody>, source: string): NewRule {
  const parsed = parseOutcome(outcome)
  const operations: readonly Decidable[] = match.operation ? [match.operation] : decidables
  const isPossible = (operation: Decidable) => possibleOutcomes[operation].some((kind) => kind === parsed?.kind)
  if (!operations.some(isPossible)) {
    const expected = operations.map((operation) => `for a ${operation} ${outcomeForms(operation)}`).join('. Or ')
    throw badRule(`outcome: found "${outcome}", expected ${expected}`)
  }
  const isAboutAccount = match.operation === 'link' || match.operation === 'unbind'
  if (isAboutAccount && (match.order_id !== undefined || match.amount !== undefined)) {
    throw badRule(`match: found order_id or amount for a ${match.operation}, which has neither`)
  }
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
