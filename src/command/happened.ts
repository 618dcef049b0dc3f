import { table } from './print.ts'

/** What the admin API tells of the journal. */
export interface Happened {
  readonly now?: string
  readonly happened: readonly Readonly<Record<string, unknown>>[]
  readonly omitted: number
}

/** A line for each thing that happened: when, what, and to whom. */
export function happenedLines({ happened, omitted }: Happened): string[] {
  const rows = happened.map(({ at, what, ...about }) => [String(at), String(what), words(about)])
  return [...(omitted > 0 ? [`... ${omitted} earlier ones`] : []), ...table(rows)]
}

const words = (about: Readonly<Record<string, unknown>>): string =>
  Object.entries(about)
    .filter(([, value]) => typeof value !== 'object')
    .map(([name, value]) => `${name}=${value}`)
    .join(' ')
