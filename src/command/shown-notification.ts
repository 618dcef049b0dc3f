import { oneLine } from '../control/timeline/text.ts'
import { coloured, shownTime } from './print.ts'

/** A notification, as the admin API tells of it. */
export interface Shown {
  readonly id: string
  readonly created_at: string
  readonly event: string
  readonly reference: string
  readonly state: string
  readonly body: Readonly<Record<string, unknown>>
  readonly deliveries: readonly {
    readonly url: string
    readonly status: string
    readonly because?: string
    readonly next_attempt_at?: string
    readonly attempts: readonly Attempt[]
  }[]
}

interface Attempt {
  readonly at: string
  readonly took_ms: number
  readonly answer?: number
  readonly answer_body?: string
  readonly error?: string
  readonly why: string
}

type Delivery = Shown['deliveries'][number]

/** One line of a list. */
export function rowOf({ created_at, event, reference, deliveries, id }: Shown): string[] {
  const states = deliveries.map((delivery) => `${delivery.status} ${delivery.url}`)
  return [
    shownTime(created_at),
    event,
    oneLine(reference),
    id,
    states.length === 0 ? 'nowhere to go' : states.join(', '),
  ]
}

/** All of it: what was told, and how each try went. */
export const linesOf = (shown: Shown): string[] => [
  `${shown.id}  ${shown.event}  ${oneLine(shown.reference)}  ${statusText(shown.state)}`,
  JSON.stringify(shown.body, null, 2).replace(/^/gm, '  '),
  ...shown.deliveries.flatMap(deliveryLines),
]

const deliveryLines = ({ url, status, because, next_attempt_at, attempts }: Delivery): string[] => [
  [
    `  to ${url}: ${statusText(status)}`,
    because === undefined ? '' : ` (${because})`,
    next_attempt_at === undefined ? '' : `, again at ${shownTime(next_attempt_at)}`,
  ].join(''),
  ...attempts.map(
    (attempt) => `    ${shownTime(attempt.at)}  ${outcomeOf(attempt)} (${attempt.took_ms} ms)  ${attempt.why}`,
  ),
]

const mostOfAnswer = 200

function outcomeOf({ answer, answer_body = '', error }: Attempt): string {
  if (answer === undefined) return coloured('red', oneLine(error ?? 'no answer'))
  const said = answer_body === '' ? '' : ` ${oneLine(answer_body.slice(0, mostOfAnswer))}`
  return coloured(answer < 300 ? 'green' : 'red', `HTTP ${answer}${said}`)
}

const colours = { delivered: 'green', failed: 'red', dropped: 'red', held: 'yellow' } as const

const statusText = (status: string): string =>
  status in colours ? coloured(colours[status as keyof typeof colours], status) : status
