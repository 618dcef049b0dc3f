import type { Exchange } from '../../engine/exchange.ts'
import { wireRequest } from '../admin/requests.ts'
import { factsOf, stateOf, subjectsOf } from '../request-facts.ts'
import { aboutOf } from './about.ts'
import { adminButton } from './button.ts'
import { listed } from './list.ts'
import type { View, Visit } from './visit.ts'

const senders: readonly Exchange['from'][] = ['merchant', 'payer']
const states: readonly ReturnType<typeof stateOf>[] = ['under way', 'answered', 'broken off']
/** Those that ask for what is not there. */
const noOperation = 'unknown'

/** All requests that are kept, the latest first. */
export function requests(visit: Visit): View {
  const { sandbox, query } = visit
  const { state, journal } = sandbox
  const all = journal.requests.all.toReversed()
  const operationOf = ({ operation = noOperation }: Exchange) => operation
  const { rows, list } = listed(visit, {
    all,
    textOf: (exchange) => {
      const { method, path, operation, status_code, rule, fault } = factsOf(exchange, state)
      return [method, path, operation, status_code, rule, fault, ...Object.values(subjectsOf(exchange, state))].join(
        ' ',
      )
    },
    filters: { operation: operationOf, from: ({ from }) => from, state: stateOf },
  })
  const filter = (name: string, label: string, options: readonly string[]) => {
    return { name, label, options, value: query[name] ?? '' }
  }
  return {
    title: 'Requests',
    list,
    filters: [
      filter('operation', 'Operation', [...new Set(all.map(operationOf))].sort()),
      filter('from', 'From', senders),
      filter('state', 'State', states),
    ],
    rows: rows.map((row) => requestRow(visit, row)),
    dropped: journal.requests.dropped,
    forget: adminButton('Forget all', 'forget', 'requests', {
      method: 'DELETE',
      why: all.length === 0 ? 'there is none' : undefined,
      tone: 'danger',
    }),
  }
}

/** A request as a row of a table. */
function requestRow({ sandbox, base }: Visit, exchange: Exchange) {
  const { id, from, at } = exchange
  const { method, path, operation, state, status, took_ms, rule, fault } = wireRequest(sandbox, exchange)
  return {
    href: `${base}/requests/${id}`,
    from,
    at,
    method,
    path,
    operation,
    state,
    status,
    tookMs: took_ms,
    rule,
    fault,
    code: factsOf(exchange, sandbox.state).status_code,
    about: aboutOf(sandbox, base, subjectsOf(exchange, sandbox.state)),
  }
}
