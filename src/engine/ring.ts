interface Limits<T> {
  readonly most: number
  readonly mostWeight?: number
  readonly weigh?: (entry: T) => number
}

/** The latest of many, oldest first; bounded in number and in weight, so it never grows with what comes. */
export class Ring<T extends object> {
  readonly #most: number
  readonly #mostWeight: number
  readonly #weigh: (entry: T) => number
  /** The n-th entry stands at n modulo the most there can be; kept are those from the first up to the next. */
  #slots: (T | undefined)[] = []
  #first = 0
  #next = 0
  #weight = 0
  #dropped = 0

  constructor({ most, mostWeight = Number.POSITIVE_INFINITY, weigh = () => 0 }: Limits<T>) {
    this.#most = most
    this.#mostWeight = mostWeight
    this.#weigh = weigh
  }

  add(entry: T): void {
    if (this.size === this.#most) this.#drop()
    this.#slots[this.#next % this.#most] = entry
    this.#next++
    this.#take(this.#weigh(entry))
  }

  /** To be called when an entry that weighed nothing so far has got its weight. */
  settle(entry: T): void {
    // It is among the latest, or gone.
    let n = this.#next - 1
    while (n >= this.#first && this.#slots[n % this.#most] !== entry) n--
    if (n >= this.#first) this.#take(this.#weigh(entry))
  }

  get size(): number {
    return this.#next - this.#first
  }

  get all(): readonly T[] {
    return this.since(0).entries
  }

  /** Undefined: it holds nothing. */
  get oldest(): T | undefined {
    return this.#slots[this.#first % this.#most]
  }

  /** How many were let go to make room. */
  get dropped(): number {
    return this.#dropped
  }

  /** A mark to give to `since` later. */
  get mark(): number {
    return this.#next
  }

  /** What was added after the mark, and how many of those are gone. */
  since(mark: number): { readonly entries: readonly T[]; readonly omitted: number } {
    const entries: T[] = []
    for (let n = Math.max(mark, this.#first); n < this.#next; n++) {
      const entry = this.#slots[n % this.#most]
      if (entry) entries.push(entry)
    }
    return { entries, omitted: Math.max(0, this.#first - mark) }
  }

  /** Forgets all, and what was dropped. */
  clear(): void {
    this.#slots = []
    this.#first = this.#next
    this.#weight = 0
    this.#dropped = 0
  }

  #take(weight: number): void {
    this.#weight += weight
    while (this.#weight > this.#mostWeight && this.size > 1) this.#drop()
  }

  #drop(): void {
    const place = this.#first % this.#most
    const oldest = this.#slots[place]
    if (oldest) this.#weight -= this.#weigh(oldest)
    this.#slots[place] = undefined
    this.#first++
    this.#dropped++
  }
}
