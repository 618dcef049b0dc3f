import { Problem } from '../admin/problem.ts'
import { describe, targetOf } from '../target.ts'
import type { TriggerEvent, Ways } from './events.ts'
import { accountOf, type Stage, subscriptionOf, transactionOf } from './stage.ts'

/** It is there, but from where it stands no way leads to the event. */
export function notInThisState(stage: Stage, ways: Ways): Problem {
  const { wish, orderId, subscriptionId } = stage
  const needed = Object.keys(ways).filter((status) => status !== 'none')
  const needs = needed.length === 0 ? 'a new order_id' : `one that is ${needed.join(' or ')}`
  const hint = subscriptionId
    ? 'Leave subscription_id out, and a new one is made.'
    : orderId === undefined
      ? 'Name another phone.'
      : 'Leave order_id out, and a new payment is begun.'
  return new Problem(409, 'Not in this state', `${wish.event} needs ${needs}; found: ${standing(stage)}`, hint)
}

/** The calls were made, and something else came of them: a rule, a payer or a limit of Midtrans's was in the way. */
export function cameInstead(stage: Stage, event: TriggerEvent): Problem {
  const { wish, last } = stage
  const needsNoPin = transactionOf(stage)?.status === 'settlement' && !event.ways.settlement
  const rule = ruleOf(stage)
  const hint = rule
    ? `A rule has decided so: ${rule}.`
    : needsNoPin
      ? 'Payments below 100,000 ask for no PIN: choose an amount from there on.'
      : 'GET /__admin/timeline tells what happened. Rules and payers decide as for any other call.'
  const answered = last === undefined ? '' : `, ${last.asked} was answered ${inShort(last.answer?.body)}`
  return new Problem(409, 'Something else came', `${wish.event}: ${standing(stage)}${answered}`, hint, {
    order_id: transactionOf(stage)?.orderId,
    account_id: accountOf(stage)?.id,
    subscription_id: subscriptionOf(stage)?.id,
    answer: last?.answer?.body,
  })
}

/** What the rule says that decided about the last call. */
function ruleOf({ last, sandbox }: Stage): string | undefined {
  const calls = sandbox.journal.requests.all
  return last && calls.findLast(({ method, url }) => `${method} ${url}` === last.asked)?.marks.rule
}

function standing(stage: Stage): string {
  const id = subscriptionOf(stage)?.id ?? transactionOf(stage)?.id ?? accountOf(stage)?.id
  return id === undefined
    ? 'nothing has begun'
    : stage.sandbox.perform((world) => describe(world, targetOf(world, id)), undefined)
}

function inShort(answer: unknown): string {
  const { status_code, status_message, validation_messages }: Readonly<Record<string, unknown>> = Object(answer)
  const words = [status_code, status_message, Array.isArray(validation_messages) && validation_messages.join('; ')]
  const said = words.filter((word) => typeof word === 'string').join(' ')
  return said === '' ? 'with nothing that can be read' : said.slice(0, 500)
}
