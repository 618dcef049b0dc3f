import type { Exchange } from '../../../engine/exchange.ts'
import type { Sandbox } from '../../../sandbox.ts'
import { type Subject, subjectOf } from '../../timeline/subject.ts'
import type { Visit } from '../visit.ts'
import { curlOf } from './curl.ts'
import { matteringHeaders, retold } from './retold.ts'
import { scenarioOf } from './scenario.ts'
import { stepsOf } from './story-steps.ts'
import { testOf } from './testkit.ts'

/** The story of something, in the forms in which others can repeat it. Empty where nothing is remembered. */
export async function copiesOf({ sandbox, origin }: Visit, id: string, title: string) {
  const subject = subjectOf(sandbox, id)
  if (!subject) return []
  const calls = stepsOf(sandbox, subject).flatMap((step) => (step.did === 'call' ? [step.exchange] : []))
  if (calls.length === 0) return []
  const curl = {
    name: 'curl',
    label: 'curl',
    text: calls.map((exchange) => curlOf(asCall(exchange), sandbox.serverKey, origin)).join('\n'),
  }
  if (isOfSnap(sandbox, subject)) return [curl]
  const story = retold(sandbox, subject)
  return [
    curl,
    { name: 'testkit', label: 'Test kit', text: testOf(title, story) },
    { name: 'scenario', label: 'Scenario', text: await scenarioOf(title, story) },
  ]
}

/** What a customer has chosen on the Snap page is not remembered, so it cannot happen again. */
const isOfSnap = ({ state }: Sandbox, { snapTokens, accountIds, transactionIds }: Subject): boolean =>
  snapTokens.size > 0 ||
  [...accountIds].some((id) => state.accounts.get(id)?.userId !== undefined) ||
  [...transactionIds].some((id) => state.transactions.get(id)?.snapToken !== undefined)

/** A request exactly as it came. */
export function asCall({ method, url, body, headers }: Exchange) {
  return { method, path: url, headers: matteringHeaders(headers), ...(body !== undefined && { body }) }
}
