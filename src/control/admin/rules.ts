import { Type } from 'typebox'
import type { Rule } from '../../engine/scenarios/rule.ts'
import type { Sandbox } from '../../sandbox.ts'
import { RuleBody, RuleList, ruleOf, wireRule } from '../rules.ts'
import type { AdminApi } from './admin-api.ts'
import { Problem } from './problem.ts'

const Switch = Type.Object({ enabled: Type.Boolean() }, { additionalProperties: false })

/**
 * GET /__admin/rules: what shall happen to which request, in the order in which they are asked; how often each was used
 * and, of one that was not meant, what differed in the request that came nearest. ?unused=true: those never used.
 * POST adds one behind those of the API, PUT replaces those of the API, PATCH and DELETE /__admin/rules/{id} switch one
 * off or on, and take it away. POST /__admin/rules/expect-used fails (HTTP 417) while a rule was never used.
 */
export function rules(api: AdminApi): void {
  const list = {
    summary: 'What shall happen to which request, how often it did, and what came nearest',
    query: { unused: 'true: only those that were never used.' },
  }
  api.get('/__admin/rules', list, (sandbox, { query }) => {
    const unused = query.unused === 'true'
    return wireRules(sandbox, unused ? neverUsed(sandbox) : sandbox.rules.all)
  })

  const adding = {
    summary: 'Adds a rule behind those that came by the API',
    body: RuleBody,
    example: { match: { operation: 'charge', order_id: 'poor-*' }, outcome: 'deny:201' },
  }
  api.post('/__admin/rules', adding, (sandbox, { body, reply }) => {
    if (sandbox.rules.all.length >= mostRules) {
      throw new Problem(
        409,
        'Too many rules',
        `Found ${mostRules} rules, expected fewer`,
        'DELETE /__admin/rules/{id} takes one away.',
      )
    }
    const added = sandbox.perform(() => sandbox.rules.add([ruleOf(body, 'api')]), undefined)
    reply.code(201)
    return wireRules(sandbox, added)[0]
  })

  const replace = {
    summary: 'Replaces the rules that came by the API; the first one that matches counts',
    body: RuleList,
    example: [
      { match: { operation: 'charge', order_id: 'lost-*' }, fault: 'after:reset', times: 'once' },
      { match: { operation: 'notification', event: 'transaction.settlement' }, outcome: 'duplicate' },
    ],
  }
  api.put('/__admin/rules', replace, (sandbox, { body }) => {
    sandbox.setRules(body.map((rule) => ruleOf(rule, 'api')))
    return wireRules(sandbox, sandbox.rules.all)
  })

  const ofOne = { params: { id: ['As GET /__admin/rules tells it.', 'RULE_ID'] } } as const
  const switching = { summary: 'Switches a rule off or on', body: Switch, example: { enabled: false }, ...ofOne }
  api.patch('/__admin/rules/:id', switching, (sandbox, { params, body }) => {
    const rule = ruleById(sandbox, params.id)
    return wireRule(
      sandbox.perform(() => sandbox.rules.switch(rule, body.enabled), undefined),
      sandbox.rules,
    )
  })

  api.delete('/__admin/rules/:id', { summary: 'Takes a rule away', ...ofOne }, (sandbox, { params }) => {
    const rule = ruleById(sandbox, params.id)
    sandbox.perform(() => sandbox.rules.remove(rule), undefined)
    return wireRule(rule, sandbox.rules)
  })

  api.post('/__admin/rules/expect-used', { summary: 'Fails while a rule was never used' }, (sandbox) => {
    const unused = wireRules(sandbox, neverUsed(sandbox))
    if (unused.length === 0) return wireRules(sandbox, sandbox.rules.all)
    const told = unused.slice(0, 10).map(({ says, nearest_miss }) => {
      const nearest = nearest_miss ? ` Nearest request: ${nearest_miss.differs.join('; ')}.` : ''
      return `${says}${nearest}`
    })
    throw new Problem(
      417,
      'Unused rules',
      `Found ${unused.length} rules that were never used, expected none`,
      told.join(' '),
    )
  })
}

/** As many as a list of them may have. */
const mostRules = 1_000

export const wireRules = ({ rules }: Sandbox, some: readonly Rule[]) => some.map((rule) => wireRule(rule, rules))

/** One that is switched off is not expected to be used. */
const neverUsed = ({ rules }: Sandbox) => rules.all.filter(({ used, isOff }) => used === 0 && !isOff)

function ruleById({ rules }: Sandbox, id = ''): Rule {
  const rule = rules.get(id)
  if (rule) return rule
  throw new Problem(
    404,
    'No such rule',
    `Found the id ${id}, which is that of no rule`,
    'GET /__admin/rules lists them.',
  )
}
