import type { Exchange } from '../../engine/exchange.ts'
import { isMeant } from '../../engine/scenarios/rule.ts'
import { withoutTokens } from '../../midtrans/secrets.ts'
import type { Sandbox } from '../../sandbox.ts'
import { factsOf, stateOf, subjectsOf } from '../request-facts.ts'
import type { AdminApi } from './admin-api.ts'
import { listing, pageParameters } from './listing.ts'
import { Problem } from './problem.ts'
import { isoTime } from './wire.ts'

/**
 * GET /__admin/requests: what the merchant and the payer's browser asked for, the latest first, with the answers. Each
 * parameter is a filter (operation=, path=, status=, state=, order_id=, account_id=, rule=, or any plain field of body
 * and answer; `*` stands for any characters), but for page and per_page; the header x-total-count says how many there
 * are, x-dropped-count how many were let go to make room.
 * GET /__admin/requests/{id}: one of them.
 * DELETE /__admin/requests: forgets them.
 */
export function requests(api: AdminApi): void {
  const list = {
    summary: 'What merchant and payer asked for, the latest first, with the answers',
    query: {
      ...pageParameters,
      'any other':
        'A filter: operation, method, path, status, state, order_id, transaction_id, account_id, phone, rule, fault, or any plain field of body and answer; `*` for any characters.',
    },
  }
  api.get('/__admin/requests', list, (sandbox, { query, reply }) => {
    const { filter, pageOf } = listing(query)
    const { all, dropped } = sandbox.journal.requests
    const meant = all.filter((exchange) => isMeant(filter, factsOf(exchange, sandbox.state)))
    reply.headers({ 'x-total-count': meant.length, 'x-dropped-count': dropped })
    return pageOf(meant.toReversed()).map((exchange) => wireRequest(sandbox, exchange))
  })

  const one = {
    summary: 'One request with its answer',
    params: { id: ['As GET /__admin/requests and the header X-Emulator-Request-Id tell it.', 'REQUEST_ID'] },
  } as const
  api.get('/__admin/requests/:id', one, (sandbox, { params: { id } }) => {
    const found = sandbox.journal.requests.all.find((exchange) => exchange.id === id)
    if (found) return wireRequest(sandbox, found)
    const hint = 'GET /__admin/requests lists the latest 1,000. They are forgotten with a restart.'
    throw new Problem(404, 'No such request', `Found the id ${id}, which is that of no request that is kept`, hint)
  })

  api.delete('/__admin/requests', { summary: 'Forgets all requests' }, ({ journal: { requests: ring } }) => {
    const forgotten = ring.size
    ring.clear()
    return { forgotten }
  })
}

export function wireRequest({ state, serverKey }: Sandbox, exchange: Exchange) {
  const { id, seq, from, method, operation, url, at, realAt, marks, headers, body, answer, ending } = exchange
  const masked = (text: string | undefined) => (text === undefined ? undefined : withoutTokens(text, serverKey))
  const maskedAll = (texts: object) =>
    Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, masked(text)]))
  return {
    id,
    seq,
    from,
    operation,
    method,
    path: masked(url),
    at: isoTime(at),
    real_at: isoTime(realAt),
    took_ms: ending?.tookMs,
    state: stateOf(exchange),
    ...maskedAll(subjectsOf(exchange, state)),
    rule: masked(marks.rule),
    fault: masked(marks.fault),
    headers: maskedAll(headers),
    body: masked(body),
    status: ending?.status,
    location: masked(ending?.location),
    answer: masked(answer),
  }
}
