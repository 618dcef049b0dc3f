import { listed } from './list.ts'
import { movementRow, placeHref, placeWords } from './movements.ts'
import type { View, Visit } from './visit.ts'

const mostMovements = 50

/** Where all money of the sandbox is. */
export function ledger(visit: Visit): View {
  const { sandbox, base } = visit
  const { state } = sandbox
  const balances = Array.from(state.ledger.balances(), ([place, balance]) => ({ place, balance }))
  const { rows, list } = listed(visit, { all: balances, textOf: ({ place }) => `${place} ${placeWords(place)}` })
  return {
    title: 'Ledger',
    list,
    rows: rows.map(({ place, balance }) => ({ words: placeWords(place), balance, href: placeHref(base, place) })),
    sum: balances.reduce((sum, { balance }) => sum + balance, 0),
    movements: {
      total: state.ledgerEntries.size,
      rows: [...state.ledgerEntries.values()]
        .slice(-mostMovements)
        .reverse()
        .map((entry) => movementRow(sandbox, base, entry)),
    },
  }
}
