import { isCut } from '../../engine/exchange.ts'
import { Problem } from '../admin/problem.ts'
import { wireRequest } from '../admin/requests.ts'
import { factsOf, subjectsOf } from '../request-facts.ts'
import { aboutOf } from './about.ts'
import { curlOf } from './copies/curl.ts'
import { asCall } from './copies/index.ts'
import { pretty } from './pretty.ts'
import type { View, Visit } from './visit.ts'

/** One request with its answer, without its secrets. */
export function request({ sandbox, base, origin, params }: Visit): View {
  const exchange = sandbox.journal.requests.all.find(({ id }) => id === params.id)
  if (!exchange) {
    const hint = 'The latest 1,000 are kept. They are forgotten with a restart.'
    throw new Problem(404, 'No such request', `No request that is kept is called ${params.id}.`, hint)
  }
  const { method, path, operation, from, state, status, location, took_ms, rule, fault, headers, body, answer } =
    wireRequest(sandbox, exchange)
  // A terminal is no payer's browser: it has no page open, and no form to send.
  const canRepeat = from === 'merchant' && !isCut(exchange.body ?? '')
  return {
    title: `${method} ${path}`,
    request: { id: exchange.id, from, operation, state, status, location, tookMs: took_ms, rule, fault },
    at: exchange.at,
    realAt: exchange.realAt,
    code: factsOf(exchange, sandbox.state).status_code,
    about: aboutOf(sandbox, base, subjectsOf(exchange, sandbox.state)),
    headers: Object.entries(headers),
    // Not "body": a template's own body has that name.
    sent: body === undefined ? undefined : pretty(body),
    answer: answer === undefined ? undefined : pretty(answer),
    copies: canRepeat
      ? [{ name: 'curl', label: 'curl', text: curlOf(asCall(exchange), sandbox.serverKey, origin) }]
      : [],
  }
}
