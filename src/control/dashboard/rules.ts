import { usualFaults } from '../../engine/scenarios/fault.ts'
import { type Effect, isLive, type Rule } from '../../engine/scenarios/rule.ts'
import type { RuleBook } from '../../engine/scenarios/rule-book.ts'
import { usualDisturbances } from '../../midtrans/disturbance.ts'
import { merchantOperations } from '../../midtrans/merchant-api/operation.ts'
import { outcomesOf } from '../../midtrans/outcome.ts'
import { effectWords } from '../../midtrans/rule-words.ts'
import { type Fact, factsOfFaults, knownFacts, type Ruled, wireRule } from '../rules.ts'
import { adminButton } from './button.ts'
import { listed } from './list.ts'
import type { View, Visit } from './visit.ts'

const addRule = (label: string, testId: string, body: object) => adminButton(label, testId, 'rules', { body })

/** What is asked for most, at one click. */
const ready = [
  addRule('The next charge is denied for want of money', 'add-poor', {
    match: { operation: 'charge' },
    outcome: 'deny:201',
    times: 'once',
  }),
  addRule('The next charge asks for the PIN', 'add-pin', {
    match: { operation: 'charge' },
    outcome: 'ask-pin',
    times: 'once',
  }),
  addRule('The next charge goes through, but its answer is lost', 'add-lost-answer', {
    match: { operation: 'charge' },
    fault: 'after:reset',
    times: 'once',
  }),
  addRule('Everything answers 503', 'add-503', { match: {}, fault: 'before:503' }),
  addRule('Each answer takes 2 s', 'add-slow', { match: {}, fault: 'before:latency:2s' }),
  addRule('Notifications arrive twice', 'add-twice', { match: { operation: 'notification' }, outcome: 'duplicate' }),
  addRule('Notifications are lost', 'add-lost', { match: { operation: 'notification' }, outcome: 'drop' }),
]

// Object.keys knows no keys; these are those of the table.
const ruled = Object.keys(knownFacts) as readonly Ruled[]

/** What shall happen to which request. */
export function rules(visit: Visit): View {
  const { sandbox, base, query } = visit
  const book = sandbox.rules
  const { rows, list } = listed(visit, {
    all: book.all,
    textOf: (rule) => JSON.stringify([wireRule(rule, book).says, rule.source]),
  })
  const added = ruled.find((each) => each === query.add)
  return {
    title: 'Rules',
    list,
    rows: rows.map((rule) => ruleRow(rule, book)),
    ready,
    kinds: [...ruled, 'fault'].map((kind) => ({
      label: kind === 'fault' ? 'a fault of any request' : `a ${kind}`,
      href: `${base}/rules?add=${kind}#add`,
      testId: `kind-${kind}`,
      isHere: kind === (added ?? (query.add === 'fault' ? 'fault' : undefined)),
    })),
    form: added ? outcomeForm(added) : query.add === 'fault' ? faultForm : undefined,
    expectUsed: adminButton('Fail if one was never used', 'expect-used', 'rules/expect-used'),
    deleteAll: adminButton('Delete all set by hand', 'delete-all', 'rules', {
      method: 'PUT',
      body: [],
      tone: 'danger',
      why: book.all.some(({ source }) => source === 'api') ? undefined : 'these came with a scenario',
    }),
  }
}

function ruleRow(rule: Rule, book: RuleBook) {
  const { id, says, source, enabled, used, times, nearest_miss } = wireRule(rule, book)
  return {
    id,
    says,
    source,
    used: `${used} ${used === 1 ? 'time' : 'times'}${times === 'always' ? '' : ` of ${times}`}`,
    status: !enabled ? 'off' : isLive(rule) ? 'on' : 'used up',
    nearest: used === 0 ? nearest_miss?.differs : undefined,
    buttons: [
      adminButton(enabled ? 'Switch off' : 'Switch on', 'switch', `rules/${id}`, {
        method: 'PATCH',
        body: { enabled: !enabled },
      }),
      adminButton('Delete', 'delete', `rules/${id}`, { method: 'DELETE', tone: 'danger' }),
    ],
  }
}

/** A form asks for nothing that the rule could not have. */
const outcomeForm = (operation: Ruled) => ({
  effect: { name: 'text.outcome', label: 'What happens', options: outcomeOptions(operation) },
  operations: [],
  facts: factFields(knownFacts[operation]),
  button: adminButton('Add the rule', 'add', 'rules', { body: { match: { operation } }, tone: 'primary' }),
})

const faultForm = {
  effect: {
    name: 'text.fault',
    label: 'What happens',
    options: optionsOf(usualFaults, (fault) => ({ fault }), 'request'),
  },
  operations: merchantOperations,
  facts: factFields(factsOfFaults),
  button: adminButton('Add the rule', 'add', 'rules', { body: { match: {} }, tone: 'primary' }),
}

const outcomeOptions = (operation: Ruled) =>
  operation === 'notification'
    ? optionsOf(usualDisturbances, (outcome) => ({ outcome }), 'notification')
    : optionsOf(outcomesOf(operation), (outcome) => ({ outcome }), 'request')

function optionsOf(texts: readonly string[], effect: (text: string) => Effect, subject: 'request' | 'notification') {
  const words = (text: string) => effectWords(effect(text), subject === 'notification')
  return texts.map((value) => ({ value, label: `${words(value)} (${value})` }))
}

/** The fields of a form for facts: a text, in which * stands for any characters, or an amount from and to. */
function factFields(facts: readonly Fact[]) {
  return facts.flatMap((fact) =>
    fact === 'amount'
      ? [
          { name: 'number.match.amount.min', label: 'Amount from', isNumber: true },
          { name: 'number.match.amount.max', label: 'Amount to', isNumber: true },
        ]
      : [{ name: `text.match.${fact}`, label: fact, isNumber: false }],
  )
}
