/** Something that happened in a sandbox, for people and tests to read. `at` is the sandbox's own time. */
export interface Happening {
  readonly at: number
  readonly what: string
  readonly id: string
  readonly [detail: string]: string | number | undefined
}

/** The latest happenings of a sandbox, oldest first; bounded, so it never grows with what is stored. */
export class Journal {
  readonly #capacity: number
  #kept: Happening[] = []
  #total = 0

  constructor(capacity: number) {
    this.#capacity = capacity
  }

  add(happening: Happening): void {
    this.#kept.push(happening)
    this.#total++
    // Cut in one go at twice the capacity: shifting one by one would copy the array each time.
    if (this.#kept.length >= this.#capacity * 2) this.#kept = this.#kept.slice(-this.#capacity)
  }

  /** A mark to give to `since` later. */
  get mark(): number {
    return this.#total
  }

  /** What was added after the mark, and how many of those were already let go. */
  since(mark: number): { readonly happenings: readonly Happening[]; readonly omitted: number } {
    const added = this.#total - mark
    const happenings = this.#kept.slice(-Math.min(added, this.#capacity)).slice(added === 0 ? this.#kept.length : 0)
    return { happenings, omitted: added - happenings.length }
  }
}
