import { type Arrival, type Ending, type Exchange, weightOf } from './exchange.ts'
import { newId } from './ids.ts'
import { Ring } from './ring.ts'

/** Something that happened in a sandbox, for people and tests to read. `at` is the sandbox's own time. */
export interface Happening {
  readonly at: number
  readonly what: string
  readonly id: string
  readonly [detail: string]: string | number | undefined
}

/** A happening in its place; all of one step have the step's number. */
export interface Noted {
  readonly seq: number
  readonly step: number
  readonly happening: Happening
}

const most = 1_000
const mostWeight = 4 * 1_024 * 1_024

/** The latest requests and happenings of a sandbox, in one order. In memory only: it begins empty with each start. */
export class Journal {
  /** Tells it apart from the one before a restart, whose numbers were the same. */
  readonly id = newId()
  readonly requests = new Ring<Exchange>({ most, mostWeight, weigh: weightOf })
  readonly happenings = new Ring<Noted>({ most })
  #lastSeq = 0

  /** Writes down what happened in one step. */
  add(happenings: readonly Happening[]): void {
    const step = this.#lastSeq + 1
    for (const happening of happenings) this.happenings.add({ seq: this.#next(), step, happening })
  }

  /** A mark to give to `since` later. */
  get mark(): number {
    return this.happenings.mark
  }

  /** What has happened after the mark, and how much of it is gone. */
  since(mark: number): { readonly happenings: readonly Happening[]; readonly omitted: number } {
    const { entries, omitted } = this.happenings.since(mark)
    return { happenings: entries.map(({ happening }) => happening), omitted }
  }

  /** Writes a request down as it comes in, so that it stands before what it does. */
  begin(arrival: Arrival, at: number, realAt: number): Exchange {
    const exchange: Exchange = { ...arrival, seq: this.#next(), at, realAt }
    this.requests.add(exchange)
    return exchange
  }

  end(exchange: Exchange, ending: Ending): void {
    exchange.ending = { ...ending, seq: this.#next() }
    this.requests.settle(exchange)
  }

  #next(): number {
    return ++this.#lastSeq
  }
}
