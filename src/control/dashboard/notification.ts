import type { Delivery, Notification } from '../../engine/outbox/notification.ts'
import { withoutPassword } from '../../midtrans/secrets.ts'
import { checkSignature, objectionToSigning } from '../../midtrans/signature-check.ts'
import type { Sandbox } from '../../sandbox.ts'
import type { Sandboxes } from '../../sandboxes.ts'
import { stateOf } from '../admin/notifications.ts'
import { Problem } from '../admin/problem.ts'
import { otherKeys } from '../admin/signature.ts'
import { adminButton } from './button.ts'
import { differenceOf } from './difference.ts'
import { heldButtons, subjectOf } from './gate.ts'
import { pretty } from './pretty.ts'
import type { View, Visit } from './visit.ts'

const mostOthers = 100

/** One notification: what it says, how it fared on each of its ways, and how it differs from another one. */
export function notification({ sandbox, sandboxes, base, params, query }: Visit): View {
  const found = notificationCalled(sandbox, params.id ?? '')
  const { id, event, body, createdAt, number } = found
  const ways = sandbox.outbox.deliveriesOf(id)
  const others = othersOf(sandbox, found)
  return {
    title: event,
    notification: { id, body: pretty(body), createdAt, number, status: stateOf(sandbox, found) },
    about: subjectOf(sandbox, base, found),
    signature: signatureIn(body, sandbox, sandboxes),
    resends: resendsOf(id, ways, objectionToSigning(JSON.parse(body))),
    resendTo: adminButton('Send to this URL', 'resend-to', 'notifications/resend', { body: { filter: { id } } }),
    ways: ways.map((way) => wayOf(way, found, sandbox, sandboxes)),
    others: others.map((each) => ({
      id: each.id,
      label: `${nameOf(each)}, ${stateOf(sandbox, each)}`,
      isChosen: each.id === (query.with ?? beforeOf(found, others)?.id),
    })),
    comparison: query.with ? comparisonOf(found, notificationCalled(sandbox, query.with), base) : undefined,
  }
}

function notificationCalled({ state }: Sandbox, id: string): Notification {
  const found = state.notifications.get(id)
  if (found) return found
  const hint = 'The oldest are let go where there are very many; all are forgotten with a reset.'
  throw new Problem(404, 'No such notification', `No notification of this sandbox is called ${id}.`, hint)
}

/** All others of the same order, its other tries included, or of the same account; the latest first. */
function othersOf({ state }: Sandbox, { id, subject }: Notification): readonly Notification[] {
  const orderId = state.transactions.get(subject)?.orderId
  const subjects = orderId === undefined ? [subject] : state.transactionOf.all(orderId).map((each) => each.id)
  return subjects
    .flatMap((each) => state.notificationOf.all(each))
    .filter((each) => each.id !== id)
    .sort((one, other) => other.number - one.number)
    .slice(0, mostOthers)
}

/** The one that was told just before. */
const beforeOf = ({ number }: Notification, others: readonly Notification[]) =>
  others.find((other) => other.number < number)

const nameOf = ({ number, event }: Notification) => `${number}. ${event}`

/** The earlier one first, whichever of them is looked at. */
function comparisonOf(one: Notification, other: Notification, base: string) {
  const [before, after] = one.number < other.number ? [one, other] : [other, one]
  const named = (each: Notification) => ({ name: nameOf(each), href: `${base}/notifications/${each.id}` })
  return { before: named(before), after: named(after), lines: differenceOf(before.body, after.body) }
}

function signatureIn(text: string, { serverKey }: Sandbox, sandboxes: Sandboxes) {
  try {
    return checkSignature(JSON.parse(text), serverKey, otherKeys(sandboxes, serverKey))
  } catch {
    return { isValid: false, why: ['The body is no JSON: a rule has cut it.'] }
  }
}

function resendsOf(id: string, ways: readonly Delivery[], whyUnsigned: string | undefined) {
  const why = ways.length === 0 ? 'needs a URL that it was sent to, and it had nowhere to go' : undefined
  const filter = { id }
  return [
    adminButton('Resend', 'resend', 'notifications/resend', { body: { filter }, why }),
    adminButton('Resend with a new signature', 'resend-signed', 'notifications/resend', {
      body: { filter, sign: true },
      why: why ?? whyUnsigned,
    }),
  ]
}

/** The way to one URL, with each try. */
function wayOf(delivery: Delivery, { body }: Notification, sandbox: Sandbox, sandboxes: Sandboxes) {
  const { id, url, status, because, nextAttemptAt, dueAt, attempts } = delivery
  const sent = delivery.body ?? body
  const lines = differenceOf(body, sent)
  return {
    id,
    url: withoutPassword(url),
    status,
    because,
    nextAttemptAt,
    dueAt,
    attempts: attempts.map((attempt) => ({
      ...attempt,
      url: withoutPassword(attempt.url),
      isGood: attempt.answer !== undefined && attempt.answer < 300,
      headers: Object.entries(attempt.answerHeaders ?? {}),
      sent: attempt.body !== undefined && attempt.body !== sent ? pretty(attempt.body) : undefined,
    })),
    own:
      delivery.body !== undefined
        ? {
            body: pretty(sent),
            lines,
            signature: signatureIn(sent, sandbox, sandboxes),
          }
        : undefined,
    ...gateFor(delivery, sent, lines !== undefined),
  }
}

/** What can be done while it is held, or why nothing can. */
function gateFor(delivery: Delivery, sent: string, isJson: boolean) {
  const { id, status } = delivery
  if (status !== 'held') {
    const hint = status === 'planned' ? ': hold it at the gate first' : ''
    return { buttons: [], whyNot: `Release, drop and edit need one that is held, and it is ${status}${hint}.` }
  }
  const why = isJson ? undefined : 'needs a body that is JSON, and a rule has cut it'
  return {
    buttons: heldButtons(delivery),
    edit: {
      button: adminButton('Change what is sent', 'edit', 'gate/edit', { body: { id }, why }),
      text: pretty(sent),
    },
  }
}
