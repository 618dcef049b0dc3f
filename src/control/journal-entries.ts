import type { Exchange } from '../engine/exchange.ts'
import type { Journal, Noted } from '../engine/journal.ts'
import type { Ring } from '../engine/ring.ts'
import type { Facts } from '../engine/scenarios/rule.ts'
import type { State } from '../midtrans/state.ts'
import { subjectsOf } from './request-facts.ts'
import type { Entry } from './timeline/entry.ts'
import { answerTitle, callTitle, toldIn } from './timeline/exchange-entries.ts'
import { entryOf } from './timeline/happening-entry.ts'
import { isToldByPage } from './timeline/story.ts'

/** One line of the whole journal: what a timeline tells of one thing, told of all; a call and its answer are one. */
export interface JournalEntry extends Omit<Entry, 'kind'> {
  readonly kind: Entry['kind'] | 'request'
  /** What it is about, where it is about something. */
  readonly orderId: string | undefined
  readonly accountId: string | undefined
  /** Of a request: what was asked, and what was answered. */
  readonly exchange?: Exchange
}

/** How much of each ring is gone. */
export interface Dropped {
  readonly requests: number
  readonly happenings: number
}

/** All that has ended or happened after a place in the order of all that happens, in order. */
export function entriesAfter({ journal, state }: Remembered, seq: number): readonly JournalEntry[] {
  const ended = journal.requests.all.filter(({ ending }) => ending !== undefined && ending.seq > seq)
  const happened = journal.happenings.all.filter((noted) => noted.seq > seq && !isToldByPage(noted.happening))
  return [
    ...ended.flatMap((exchange) => requestEntry(exchange, state)),
    ...happened.map((noted) => happeningEntry(noted, state)),
  ].toSorted((one, other) => one.seq - other.seq)
}

interface Remembered {
  readonly journal: Journal
  readonly state: State
}

/** How many at the most were let go that came after this place, and can be told no more. */
export function missedAfter({ requests, happenings }: Journal, seq: number): Dropped {
  const atMost = ({ dropped, oldest }: Pick<Ring<Exchange | Noted>, 'dropped' | 'oldest'>) =>
    Math.max(0, Math.min(dropped, (oldest?.seq ?? Number.POSITIVE_INFINITY) - 1 - seq))
  return { requests: atMost(requests), happenings: atMost(happenings) }
}

/** Where it ends it is told, in the order of all ends. */
function requestEntry(exchange: Exchange, state: State): JournalEntry[] {
  const { id, from, realAt, operation, marks, answer = '', ending } = exchange
  if (!ending) return []
  const subjects = subjectsOf(exchange, state)
  const told = toldIn(answer)
  const title = `${callTitle(exchange, subjects)}: ${answerTitle(ending, marks.fault, told)}`
  return [
    {
      seq: ending.seq,
      at: ending.at,
      realAt: realAt + ending.tookMs,
      from,
      to: 'emulator',
      kind: 'request',
      title,
      details: {
        request_id: id,
        operation,
        ...subjects,
        rule: marks.rule,
        fault: marks.fault,
        status: ending.hasLeft ? ending.status : undefined,
        ...told,
      },
      orderId: subjects.order_id,
      accountId: subjects.account_id,
      exchange,
    },
  ]
}

function happeningEntry(noted: Noted, state: State): JournalEntry {
  return { ...entryOf(noted), ...aboutOf(noted.happening, state) }
}

/** By the names under which the merchant knows it. */
function aboutOf(
  { id, subject = '', orderId, order_id, account_id }: Noted['happening'],
  { accounts, transactions, verifications, snapSessions }: State,
): Pick<JournalEntry, 'orderId' | 'accountId'> {
  const ids = [id, String(subject), verifications.get(id)?.subject ?? '']
  const transaction = ids.map((each) => transactions.get(each)).find((each) => each !== undefined)
  const session = snapSessions.get(id)
  const account = ids.map((each) => accounts.get(each)).find((each) => each !== undefined)
  const text = (fact: Facts[string]) => (fact === undefined ? undefined : String(fact))
  return {
    orderId: text(orderId ?? order_id) ?? (transaction ?? session)?.orderId,
    accountId: text(account_id) ?? transaction?.accountId ?? account?.id,
  }
}
