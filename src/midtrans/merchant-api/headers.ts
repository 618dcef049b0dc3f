import type { IncomingHttpHeaders } from 'node:http'
import { invalid } from '../errors.ts'
import { type Decidable, isPossible, type Outcome, outcomeForms, parseOutcome } from '../outcome.ts'
import type { Locale } from '../settings.ts'

/** X-Payment-Locale: the language of the payer's pages; anything else counts as absent (facts.md, section 6). */
export function localeOf(headers: IncomingHttpHeaders): Locale | undefined {
  const locale = headers['x-payment-locale']
  return locale === 'id-ID' || locale === 'en-EN' ? locale : undefined
}

/** A header as one text: Node joins a repeated one with ", " already, but for a few that it keeps as a list. */
export function headerText(headers: IncomingHttpHeaders, name: string): string {
  const value = headers[name] ?? ''
  return (typeof value === 'string' ? value : value.join(',')).trim()
}

/** X-Emulator-Outcome: what shall happen to this one request. */
export function outcomeOf(headers: IncomingHttpHeaders, operation: Decidable): Outcome | undefined {
  const text = headerText(headers, 'x-emulator-outcome')
  if (text === '') return undefined
  const outcome = parseOutcome(text)
  if (outcome && isPossible(outcome, operation)) return outcome
  throw invalid(`X-Emulator-Outcome: found "${text}", expected for a ${operation} ${outcomeForms(operation)}`)
}
