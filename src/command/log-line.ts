import { oneLine } from '../control/timeline/text.ts'
import { wentWrong } from '../control/timeline/went-wrong.ts'
import { wireTime } from '../midtrans/wire-time.ts'
import { coloured, dimmed } from './print.ts'

/** What the stream of the admin API tells of one thing that happened. */
interface LogEntry {
  readonly at: string
  readonly from: string
  readonly kind: string
  readonly title: string
  readonly order_id?: string
  readonly account_id?: string
  readonly details: Readonly<Record<string, unknown>>
}

export const isEntry = (data: unknown): data is LogEntry =>
  typeof data === 'object' && data !== null && 'at' in data && 'title' in data && 'kind' in data

/** One line for people; undefined: other lines tell it already. */
export function lineOf(entry: LogEntry): string | undefined {
  const { at, from, kind, title, order_id, account_id } = entry
  // What the payer's browser asks for is told as what the payer does on the pages.
  if (kind === 'request' && from === 'payer') return undefined
  const subject = order_id ?? (account_id === undefined ? '' : `account ${account_id.slice(0, 8)}`)
  const time = dimmed(wireTime(Date.parse(at)))
  return `${time}  ${kind.padEnd(12)}  ${oneLine(subject).padEnd(16)}  ${inColour(entry, oneLine(title))}`
}

/** What the journal could not keep. */
export function missedLine(data: unknown): string {
  const { requests = 0, happenings = 0 }: { requests?: number; happenings?: number } = Object(data)
  return dimmed(`... up to ${requests} requests and ${happenings} happenings are remembered no more`)
}

function inColour(entry: LogEntry, title: string): string {
  const colour = colourOf(entry)
  return colour === undefined ? title : coloured(colour, title)
}

/** What went wrong in red, what arrived in green, what only the emulator has in another colour. */
function colourOf(entry: LogEntry) {
  const { kind, details } = entry
  if (wentWrong(entry)) return 'red'
  if (kind === 'notification' && typeof details.answer === 'number') return 'green'
  if (kind === 'rule' || kind === 'clock' || kind === 'settings' || kind === 'reset') return 'yellow'
  return undefined
}
