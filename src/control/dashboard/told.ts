import type { StepResult } from '../../client/scenarios.ts'
import { newId } from '../../engine/ids.ts'

/** What a button has done, for the page that comes after it. */
export interface Note {
  readonly isGood: boolean
  readonly title: string
  readonly lines: readonly string[]
  /** The same call for a terminal. */
  readonly curl: string
  /** Of a scenario that was run. */
  readonly steps?: readonly StepResult[] | undefined
  /** What was sent, so that nobody has to type it again where it was refused. */
  readonly tried?: object | undefined
  readonly links: readonly { readonly label: string; readonly href: string }[]
}

/** As many tabs as anybody has open. */
const mostKept = 100

/** The latest notes, by an id that the address of the next page holds: a reload shows them again, and does nothing again. */
export class Told {
  readonly #notes = new Map<string, Note>()

  put(note: Note): string {
    const id = newId()
    this.#notes.set(id, note)
    const [oldest] = this.#notes.keys()
    if (this.#notes.size > mostKept && oldest !== undefined) this.#notes.delete(oldest)
    return id
  }

  get(id = ''): Note | undefined {
    return this.#notes.get(id)
  }
}
