import type { Ending, Exchange } from '../../engine/exchange.ts'
import { plainFields } from '../../engine/outbox/facts.ts'
import type { Facts } from '../../engine/scenarios/rule.ts'
import { type Subjects, stateOf } from '../request-facts.ts'
import type { Entry } from './entry.ts'

/** A call of the merchant and, once there is one, its end. */
export function entriesOfExchange(exchange: Exchange, subjects: Subjects): Entry[] {
  const { id, seq, at, realAt, operation, marks, answer = '', ending } = exchange
  const call: Entry = {
    seq,
    at,
    realAt,
    from: 'merchant',
    to: 'emulator',
    kind: 'call',
    title: callTitle(exchange, subjects),
    details: { request_id: id, operation, ...subjects, rule: marks.rule, fault: marks.fault },
  }
  if (!ending) return [call]
  const told = toldIn(answer)
  return [
    call,
    {
      seq: ending.seq,
      at: ending.at,
      realAt: realAt + ending.tookMs,
      from: 'emulator',
      to: 'merchant',
      kind: 'answer',
      title: answerTitle(ending, marks.fault, told),
      details: { request_id: id, state: stateOf(exchange), status: ending.status, took_ms: ending.tookMs, ...told },
    },
  ]
}

/** What was asked for, with its order where the address does not say so. */
export function callTitle({ method, url }: Exchange, { order_id: order }: Subjects): string {
  const isInPath = order === undefined || url.includes(encodeURIComponent(order.toWellFormed()))
  return `${method} ${url}${isInPath ? '' : ` ${order}`}`
}

/** What matters in an answer. */
export function toldIn(answer: string): Facts {
  const { status_code, status_message, transaction_status, account_status, gross_amount } = plainFields(answer)
  const message = status_message ?? firstMessage(answer)
  return { status_code, status_message: message, transaction_status, account_status, gross_amount }
}

/** Of refusals that have nothing but a list of them. The answer may have been cut. */
function firstMessage(answer: string): string | undefined {
  const [, message] = /"error_messages":\[("(?:[^"\\]|\\.)*")/.exec(answer) ?? []
  return message === undefined ? undefined : JSON.parse(message)
}

export function answerTitle(
  ending: Ending,
  fault: string | undefined,
  { status_code, status_message, ...told }: Facts,
) {
  const status = told.transaction_status ?? told.account_status ?? status_message
  const words = [status_code, status, ending.status !== undefined && `(HTTP ${ending.status})`].filter(Boolean)
  if (ending.hasLeft) return words.join(' ')
  return ['the connection broke off', fault && `by ${fault}`, ...words].filter(Boolean).join(' ')
}
