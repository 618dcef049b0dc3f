import { type Fault, type Latency, parseFault } from '../engine/scenarios/fault.ts'
import type { Effect, Match, Matcher, Rule } from '../engine/scenarios/rule.ts'
import { parseDisturbance } from './disturbance.ts'
import { type Outcome, parseOutcome } from './outcome.ts'

/** What a rule does, when, and how often, as a sentence: "Each charge of order_id poor-* is denied (202, ...)." */
export function sentenceOf(rule: Rule): string {
  const { operation, ...match } = rule.match
  const isNotification = operation === 'notification'
  const subject = operation === undefined ? 'request' : isNotification ? 'notification' : `${String(operation)} request`
  const conditions = conditionsOf(match)
  const when = conditions === '' ? '' : ` with ${conditions}`
  return `${occasion(rule)} ${subject}${when} ${effectWords(rule, isNotification)}${limitsOf(rule)}.`
}

function occasion({ match: { nth } }: Rule): string {
  if (typeof nth === 'number') return `The ${ordinal(nth)}`
  if (typeof nth === 'object') return `Of all that match, the ${rangeWords(nth, ordinal)}: each such`
  return 'Each'
}

const conditionsOf = ({ nth: _, ...match }: Match): string =>
  Object.entries(match)
    .map(([name, matcher]) => `${name} ${typeof matcher === 'object' ? rangeWords(matcher) : matcher}`)
    .join(' and ')

function rangeWords({ min, max }: Exclude<Matcher, string | number>, words: (n: number) => string = String): string {
  if (min === undefined) return max === undefined ? 'whatever it is' : `up to ${words(max)}`
  return max === undefined ? `from ${words(min)} on` : `from ${words(min)} to ${words(max)}`
}

/** What a rule does to what it is meant for: "is denied". */
export function effectWords({ outcome, fault }: Effect, isNotification: boolean): string {
  if (fault !== undefined) return faultWords(parseFault(fault))
  if (isNotification) return disturbanceWords(outcome)
  const parsed = parseOutcome(outcome)
  return parsed ? outcomeWords(parsed) : `has the outcome ${outcome}`
}

function outcomeWords(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'settle':
      return 'goes well'
    case 'ask-pin':
      return 'asks the payer for the PIN'
    case 'deny': {
      const { channelResponse } = outcome
      return `is denied${channelResponse ? ` with channel code ${channelResponse.code} (${channelResponse.message})` : ''}`
    }
    case 'gopay':
      return `fails at GoPay with its code ${outcome.code}`
    case 'refuse':
      return `is refused with status_code ${outcome.statusCode}`
  }
}

function disturbanceWords(text: string): string {
  const disturbance = parseDisturbance(text)
  switch (disturbance?.name) {
    case 'duplicate':
      return 'is sent twice'
    case 'drop':
      return 'is never sent'
    case 'delay':
      return `leaves ${disturbance.ms} ms later`
    case 'shuffle':
      return `leaves up to ${disturbance.ms} ms later, at random`
    case 'cut':
      return 'loses the end of its body'
    case 'wrong-signature':
      return 'is signed with another key'
    case 'stale':
      return 'is followed by an older one'
    case undefined:
      return `is ${text}`
  }
}

function faultWords(fault: Fault | undefined): string {
  switch (fault?.kind) {
    case undefined:
      return 'breaks'
    case 'latency':
      return `waits ${latencyWords(fault.latency)} ${fault.moment} it is worked on`
    case 'status':
      return `is answered with HTTP ${fault.status} ${momentWords(fault)}`
    case 'reset':
      return `has its connection reset ${momentWords(fault)}`
    case 'empty':
      return `gets no answer ${momentWords(fault)}`
    case 'garbage':
      return `is answered with garbage ${momentWords(fault)}`
    case 'cut':
      return `gets a part of its answer ${momentWords(fault)}`
    case 'trickle':
      return `gets its answer piece by piece within ${fault.ms} ms ${momentWords(fault)}`
  }
}

const momentWords = ({ moment }: Fault): string =>
  moment === 'before' ? 'before anything has happened' : 'after all has happened'

function latencyWords(latency: Latency): string {
  switch (latency.form) {
    case 'fixed':
      return `${latency.ms} ms`
    case 'uniform':
      return `${latency.fromMs} to ${latency.toMs} ms`
    case 'lognormal':
      return `around ${latency.medianMs} ms`
  }
}

function limitsOf({ times, probability, seed, isOff }: Rule): string {
  const limits = [
    times === undefined ? '' : times === 1 ? 'once' : `${times} times at the most`,
    probability === undefined ? '' : `in ${Math.round(probability * 1_000) / 10} % of all cases`,
    seed === undefined ? '' : `by the seed ${seed}`,
    isOff ? 'but it is switched off' : '',
  ].filter((limit) => limit !== '')
  return limits.length === 0 ? '' : `, ${limits.join(', ')}`
}

function ordinal(n: number): string {
  const ending = n % 100 > 10 && n % 100 < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th')
  return `${n}${ending}`
}
