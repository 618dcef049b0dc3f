import { type Visit, withParameter } from './visit.ts'

const rowsPerPage = 50

interface Wanted<T> {
  /** The latest first. */
  readonly all: readonly T[]
  /** What the search field looks through, in any case of letters. */
  readonly textOf: (entry: T) => string
  /** The fields that a filter may name, each with what an entry has there. */
  readonly filters?: Readonly<Record<string, (entry: T) => string | undefined>>
}

/** One page of a long list, as its address says: ?q= searches, ?page= turns pages, filters are parameters with their names. */
export function listed<T>({ query, here }: Visit, { all, textOf, filters = {} }: Wanted<T>) {
  const needle = (query.q ?? '').trim().toLowerCase()
  const chosen = Object.entries(filters).flatMap(([name, of]) => {
    const value = query[name] ?? ''
    return value === '' ? [] : [{ value, of }]
  })
  const found = all.filter(
    (entry) =>
      chosen.every(({ value, of }) => of(entry) === value) &&
      (needle === '' || textOf(entry).toLowerCase().includes(needle)),
  )
  const pages = Math.max(1, Math.ceil(found.length / rowsPerPage))
  const page = Math.min(pages, Math.max(1, Number.parseInt(query.page ?? '1', 10) || 1))
  const start = (page - 1) * rowsPerPage
  const at = (number: number) => withParameter(here, 'page', String(number))
  return {
    rows: found.slice(start, start + rowsPerPage),
    list: {
      q: query.q ?? '',
      total: found.length,
      of: all.length,
      isFiltered: needle !== '' || chosen.length > 0,
      page,
      pages,
      ...(page > 1 && { newer: at(page - 1) }),
      ...(page < pages && { older: at(page + 1) }),
      clear: here.split('?')[0],
    },
  }
}
