import { type Static, Type } from 'typebox'
import { faultForms, parseFault } from '../engine/scenarios/fault.ts'
import type { Facts, Rule } from '../engine/scenarios/rule.ts'
import type { NewRule, RuleBook } from '../engine/scenarios/rule-book.ts'
import { disturbanceForms, parseDisturbance } from '../midtrans/disturbance.ts'
import { merchantOperations } from '../midtrans/merchant-api/operation.ts'
import { type Decidable, isPossible, outcomeForms, parseOutcome, possibleOutcomes } from '../midtrans/outcome.ts'
import { sentenceOf } from '../midtrans/rule-words.ts'
import { isSeed } from '../midtrans/settings.ts'
import { Problem } from './admin/problem.ts'

const range = (whole: ReturnType<typeof Type.Integer>) =>
  Type.Union([
    whole,
    Type.Object({ min: Type.Optional(whole), max: Type.Optional(whole) }, { additionalProperties: false }),
  ])

const operations = [...merchantOperations, 'notification'] as const

/** Facts are texts, in which `*` stands for any characters, and amounts. */
const Match = Type.Object(
  {
    operation: Type.Optional(Type.Enum([...operations])),
    phone: Type.Optional(Type.String({ maxLength: 50 })),
    order_id: Type.Optional(Type.String({ maxLength: 100 })),
    account_id: Type.Optional(Type.String({ maxLength: 100 })),
    amount: Type.Optional({ ...range(Type.Integer()), description: 'A number, or a range with min and max.' }),
    sandbox: Type.Optional(Type.String({ maxLength: 100, description: 'merchant_id.' })),
    event: Type.Optional(Type.String({ maxLength: 100, description: 'Of notifications: transaction.settlement.' })),
    method: Type.Optional(Type.String({ maxLength: 10, description: 'For faults only.' })),
    path: Type.Optional(Type.String({ maxLength: 500, description: 'For faults only.' })),
    nth: Type.Optional({
      ...range(Type.Integer({ minimum: 1 })),
      description: 'How many times all else has matched, this one included.',
    }),
  },
  { additionalProperties: false, description: 'Which requests are meant: `*` in texts stands for any characters.' },
)

export const RuleBody = Type.Object(
  {
    match: Match,
    outcome: Type.Optional(Type.String({ maxLength: 50, description: 'What is decided: "deny:201", "412".' })),
    fault: Type.Optional(Type.String({ maxLength: 50, description: 'What breaks instead: "after:reset".' })),
    times: Type.Optional(
      Type.Union([Type.Enum(['once', 'always']), Type.Integer({ minimum: 1, maximum: 1_000_000 })], {
        description: 'How often it may be used; always, where nothing is said.',
      }),
    ),
    probability: Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: 1 })),
    seed: Type.Optional(Type.String({ maxLength: 100, description: 'The same seed, the same chance.' })),
    enabled: Type.Optional(Type.Boolean({ description: 'false: asked nothing until it is switched on.' })),
  },
  { additionalProperties: false },
)

type RuleBody = Static<typeof RuleBody>

/** Rules as they are written in JSON and YAML; the first one that matches counts. */
export const RuleList = Type.Array(RuleBody, { maxItems: 1_000 })

const decidables = Object.keys(possibleOutcomes) as readonly Decidable[]

const badRule = (fault: string) => new Problem(400, 'Bad rule', fault)

/** What a rule asks of what it is meant for. */
export type Fact = keyof RuleBody['match']
/** What a rule can rule: the outcome of an operation, the way of a notification. */
export type Ruled = Decidable | 'notification'

const ofPayments: readonly Fact[] = ['phone', 'order_id', 'amount', 'account_id']

/** What is known where the outcome of an operation is decided. */
export const knownFacts: Readonly<Record<Ruled, readonly Fact[]>> = {
  link: ['phone'],
  unbind: ['phone', 'account_id'],
  charge: ofPayments,
  capture: ofPayments,
  cancel: ofPayments,
  refund: ofPayments,
  notification: ['event', 'order_id', 'amount', 'account_id'],
}

/** What is known of a request that a fault may break. */
export const factsOfFaults: readonly Fact[] = [...ofPayments, 'method', 'path']

/** Known everywhere. */
const alwaysKnown: readonly Fact[] = ['operation', 'sandbox', 'nth']

/** The rule that is written so. Throws a Problem where it could never act. */
export function ruleOf(
  { match, outcome, fault, times, probability, seed, enabled }: RuleBody,
  source: string,
): NewRule {
  if (seed !== undefined && !isSeed(seed)) throw badRule(`seed: found "${seed}", expected letters, digits, -, _ and .`)
  if ((outcome === undefined) === (fault === undefined)) throw badRule('Expected either an outcome or a fault')
  if (fault === undefined) checkOutcome(match, outcome ?? '')
  else checkFault(match, fault)
  const phone = match.phone?.replace(/[^\d*]/g, '')
  const uses = times === 'once' ? 1 : times === 'always' ? undefined : times
  return {
    source,
    // The schema has left only matchers in it.
    match: { ...match, ...(phone !== undefined && { phone }) } as NewRule['match'],
    ...(fault === undefined ? { outcome: outcome ?? '' } : { fault }),
    ...(uses !== undefined && { times: uses }),
    ...(probability !== undefined && { probability }),
    ...(seed !== undefined && { seed }),
    ...(enabled === false && { isOff: true as const }),
  }
}

function checkOutcome(match: RuleBody['match'], outcome: string): void {
  const { operation } = match
  const all = [...decidables, 'notification'] as const
  const ruled = all.filter((each) => operation === undefined || each === operation)
  if (ruled.length === 0) throw badRule(`outcome: found one for ${operation}, which has faults only`)
  if (!ruled.some((each) => canEnd(each, outcome))) {
    const expected = ruled.map((each) => `for a ${each} ${formsFor(each)}`).join('. Or ')
    throw badRule(`outcome: found "${outcome}", expected ${expected}`)
  }
  const known = new Set(ruled.flatMap((each) => knownFacts[each]))
  checkFacts(match, known, operation === undefined ? 'an outcome' : `a ${operation}`)
}

function checkFault(match: RuleBody['match'], fault: string): void {
  if (match.operation === 'notification') {
    throw badRule(`fault: a notification has none; it has the outcomes ${disturbanceForms}`)
  }
  if (!parseFault(fault)) throw badRule(`fault: found "${fault}", expected ${faultForms}`)
  checkFacts(match, new Set(factsOfFaults), 'a fault')
}

function checkFacts(match: RuleBody['match'], known: ReadonlySet<string>, what: string): void {
  const unknown = Object.keys(match).find((fact) => !known.has(fact) && !alwaysKnown.some((each) => each === fact))
  if (unknown) throw badRule(`match: found ${unknown} for ${what}, which has none`)
}

/** A rule for people: what it says, how often it was used, and what came nearest to it. */
export function wireRule(rule: Rule, book: RuleBook) {
  const { id, source, match, outcome, fault, times, probability, seed, isOff, met, used } = rule
  const counts = match.nth !== undefined || probability !== undefined
  const miss = book.nearMissOf(rule)
  return {
    id,
    source,
    says: sentenceOf(rule),
    match,
    outcome,
    fault,
    times: times ?? 'always',
    probability,
    seed,
    enabled: !isOff,
    ...(counts && { met }),
    used,
    ...(miss && { nearest_miss: { request: wireFacts(miss.facts), differs: miss.differs } }),
  }
}

const wireFacts = ({ nth: _, ...facts }: Facts) => facts

function canEnd(operation: Ruled, text: string): boolean {
  if (operation === 'notification') return parseDisturbance(text) !== undefined
  const outcome = parseOutcome(text)
  return outcome !== undefined && isPossible(outcome, operation)
}

const formsFor = (operation: Ruled) => (operation === 'notification' ? disturbanceForms : outcomeForms(operation))
/** A file of fixtures/scenarios. */
export const ScenarioFile = Type.Object(
  { title: Type.String(), story: Type.Optional(Type.String()), rules: RuleList },
  { additionalProperties: false },
)
export const ScenarioName = Type.Object(
  { name: Type.Union([Type.String({ pattern: '^[a-z0-9-]{1,100}$' }), Type.Null()]) },
  { additionalProperties: false },
)
