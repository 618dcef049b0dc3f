import type { Happening } from '../../engine/journal.ts'
import { withoutPassword } from '../../midtrans/secrets.ts'
import type { State } from '../../midtrans/state.ts'
import { titleOf } from '../timeline/happening-entry.ts'

/** Times of the admin API: ISO 8601 in UTC. */
export const isoTime = (at: number): string => new Date(at).toISOString()

const snakeCase = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** Plain data with snake_case names; numbers under `at` and `...At` become ISO times. */
export function wireRecord(record: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(record).map(([name, value]) => {
      const isTime = typeof value === 'number' && (name === 'at' || name.endsWith('At'))
      return [snakeCase(name), isTime ? isoTime(value) : value]
    }),
  )
}

/** With the words of a timeline. The addresses in it are the merchant's. */
export function wireHappening({ url, ...about }: Happening) {
  const happening = { ...about, ...(typeof url === 'string' && { url: withoutPassword(url) }) }
  return wireRecord({ ...happening, title: titleOf(happening) })
}

/** The address of a page that is found by an id which a fork has as well. */
export const withSandbox = (url: string, { identity }: State): string =>
  `${url}?sandbox=${identity.get('identity')?.merchantId}`
