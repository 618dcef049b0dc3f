import type { Happening } from '../../engine/journal.ts'
import { wireTime } from '../../midtrans/wire-time.ts'
import { entryOf } from '../timeline/happening-entry.ts'

const mostTold = 10

/** What an answer of the admin API says has happened on the way, in plain words; nothing where it says none of it. */
export function happenedLines({ happened, omitted }: Readonly<Record<string, unknown>>): readonly string[] {
  if (!Array.isArray(happened)) return []
  const all = happened.flatMap((wire) => happeningOf(wire) ?? [])
  const left = all.length - mostTold + (typeof omitted === 'number' ? omitted : 0)
  if (all.length === 0) return ['Nothing happened on the way.']
  return [...all.slice(0, mostTold).map(line), ...(left > 0 ? [`And ${left} more.`] : [])]
}

function line(happening: Happening): string {
  const { title } = entryOf({ seq: 0, step: 0, happening })
  const order = happening.orderId === undefined ? '' : `, order ${happening.orderId}`
  return `${wireTime(happening.at)}: ${title}${order}`
}

/** A happening as it was before it was written as JSON; undefined: it is none. */
function happeningOf(wire: unknown): Happening | undefined {
  if (typeof wire !== 'object' || wire === null) return undefined
  const fields = Object.entries(wire).map(([name, value]) => {
    const isTime = typeof value === 'string' && (name === 'at' || name.endsWith('_at'))
    return [name.replace(/_([a-z])/g, (_, letter) => letter.toUpperCase()), isTime ? Date.parse(value) : value]
  })
  const { at, what, id, ...details } = Object.fromEntries(fields)
  return typeof at === 'number' && typeof what === 'string' ? { ...details, at, what, id: String(id) } : undefined
}
