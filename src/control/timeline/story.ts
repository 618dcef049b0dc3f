import type { Happening, Noted } from '../../engine/journal.ts'
import { subjectsOf } from '../request-facts.ts'
import type { Entry, Story } from './entry.ts'
import { entriesOfExchange } from './exchange-entries.ts'
import { entryOf } from './happening-entry.ts'
import type { Remembered, Subject } from './subject.ts'

/** As many as one story has at the most. */
export const mostEntries = 1_000
/** More ids than this help nobody. */
const mostIds = 100

/** The latest of what is remembered of something, in order; `masked` takes secrets out of a text. */
export function storyOf(
  { state, journal }: Remembered,
  subject: Subject,
  masked: (text: string) => string,
  most = mostEntries,
): Story {
  const { requests, happenings } = journal
  const calls = requests.all
    .filter(({ from }) => from === 'merchant')
    .flatMap((exchange) => {
      const subjects = subjectsOf(exchange, state)
      return subject.isNamed(subjects) ? entriesOfExchange(exchange, subjects) : []
    })
  const told = ownHappenings(happenings.all, subject).map(entryOf)
  const own = [...calls, ...told].toSorted((one, other) => one.seq - other.seq)
  const [first = 0, last = 0] = [own.at(0)?.seq, own.at(-1)?.seq]
  const between = happenings.all
    .filter(({ seq, happening }) => isOfAll(happening) && first < seq && seq < last)
    .map(entryOf)
  const entries = [...own, ...between].toSorted((one, other) => one.seq - other.seq)
  return {
    subject: subject.id,
    ids: {
      account_ids: someOf(subject.accountIds),
      order_ids: someOf(subject.orderIds),
      transaction_ids: someOf(subject.transactionIds),
      subscription_ids: someOf(subject.subscriptionIds),
      snap_tokens: someOf(subject.snapTokens),
    },
    entries: entries.slice(-most).map((entry) => maskedEntry(entry, masked)),
    dropped: {
      requests: requests.dropped,
      happenings: happenings.dropped,
      entries: Math.max(0, entries.length - most),
    },
  }
}

const someOf = (ids: ReadonlySet<string>): string[] => [...ids].slice(-mostIds)

/** What concerns whatever is in the sandbox. */
const isOfAll = ({ what }: Happening): boolean =>
  what === 'clock' || what === 'settings' || what === 'reset' || what === 'restore'

function ownHappenings(all: readonly Noted[], { entities, orderIds }: Subject): readonly Noted[] {
  const isNamed = ({ happening: { what, id, subject, account_id, orderId } }: Noted) =>
    [id, subject, account_id].some((each) => entities.has(String(each))) ||
    // A charge of a subscription knows its order.
    (what === 'subscription' && orderIds.has(String(orderId)))
  const steps = new Set(all.filter(isNamed).map(({ step }) => step))
  return all.filter((noted) => {
    const { step, happening } = noted
    // A rule knows facts, and decides for what happens in its step.
    if (happening.what === 'rule') return steps.has(step) || isNamed(noted) || orderIds.has(String(happening.order_id))
    return isNamed(noted) && !isToldByPage(happening)
  })
}

/** The answer on a page says it already. */
export const isToldByPage = ({ what, to, did }: Happening): boolean =>
  (what === 'verification' && to !== 'expired' && to !== 'closed') || (what === 'visit' && did !== 'leaves')

/** A line without what must not be shown. */
export function maskedEntry<Line extends Pick<Entry, 'title' | 'details'>>(
  { title, details, ...entry }: Line,
  masked: (text: string) => string,
) {
  const texts = Object.entries(details).map(([name, value]) => [
    name,
    typeof value === 'string' ? masked(value) : value,
  ])
  return { ...entry, title: masked(title), details: Object.fromEntries(texts) }
}
