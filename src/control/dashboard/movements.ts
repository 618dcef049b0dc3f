import type { LedgerEntry } from '../../midtrans/payers/ledger.ts'
import type { Sandbox } from '../../sandbox.ts'

const mostShown = 100

/** What a movement of money means to the payer. */
const meanings: Readonly<Record<LedgerEntry['kind'], string>> = {
  opening: 'what the wallet begins with',
  adjustment: 'money from outside, or taken away again',
  charge: 'paid',
  hold: 'reserved for a payment',
  capture: 'the merchant takes what was reserved',
  release: 'what was reserved comes back',
  promotion: 'GoPay pays a part',
  refund: 'the merchant gives back',
}

/** The latest movements of a payer's money, the latest first, each with what all wallets hold after it. */
export function movementsOf(sandbox: Sandbox, base: string, phone: string, transactions: ReadonlySet<string>) {
  const wallets = `wallet:${phone}:`
  const isOwn = (place: string) => place.startsWith(wallets)
  let balance = 0
  const own = []
  for (const entry of sandbox.state.ledgerEntries.values()) {
    const { from, to, amount, transactionId } = entry
    balance += (isOwn(to) ? amount : 0) - (isOwn(from) ? amount : 0)
    const concerns = transactionId !== undefined && transactions.has(transactionId)
    if (concerns || isOwn(from) || isOwn(to)) own.push({ entry, balance })
  }
  return {
    total: own.length,
    rows: own
      .slice(-mostShown)
      .reverse()
      .map(({ entry, balance }) => ({ ...movementRow(sandbox, base, entry, phone), balance })),
  }
}

/** A movement as a row of a table. */
export function movementRow({ state }: Sandbox, base: string, entry: LedgerEntry, phone?: string) {
  const { id, at, kind, from, to, amount, transactionId } = entry
  return {
    id,
    at,
    kind,
    meaning: meanings[kind],
    from: placeWords(from, phone),
    to: placeWords(to, phone),
    amount,
    transaction: transactionId && {
      orderId: state.transactions.get(transactionId)?.orderId ?? transactionId,
      href: `${base}/transactions/${transactionId}`,
    },
  }
}

/** Where money is, for people; of whose wallet it is goes without saying on the page of `phone`. */
export function placeWords(place: string, phone?: string): string {
  const [kind, owner = '', option = ''] = place.split(':')
  switch (kind) {
    case 'wallet':
      return owner === phone ? option : `${option} of +${owner}`
    case 'hold':
      return 'reserved'
    case 'issuer':
      return 'outside'
    case 'promotions':
      return "GoPay's promotions"
    default:
      return place
  }
}

/** The page of whose money it is. */
export function placeHref(base: string, place: string): string | undefined {
  const [kind, owner = ''] = place.split(':')
  if (kind === 'wallet') return `${base}/payers/${owner}`
  return kind === 'hold' ? `${base}/transactions/${owner}` : undefined
}
