import { oneLine } from '../control/timeline/text.ts'
import { dimmed, shownTime, table } from './print.ts'

/** What the admin API tells of the journal. */
export interface Happened {
  readonly happened: readonly {
    readonly at: string
    readonly title: string
    readonly order_id?: string
    /** Of a notification: the order or account. */
    readonly reference?: string
  }[]
  readonly omitted: number
}

/** A line for each thing that happened: when (WIB), to which order, what. */
export function happenedLines({ happened, omitted }: Happened): string[] {
  const rows = happened.map(({ at, title, order_id, reference = '' }) => [
    shownTime(at),
    oneLine(order_id ?? reference),
    oneLine(title),
  ])
  return [...(omitted > 0 ? [dimmed(`... ${omitted} earlier ones`)] : []), ...table(rows)]
}
