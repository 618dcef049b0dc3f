/** A place in a room. */
export interface Place {
  /** Lets somebody else in while this one takes long; nothing happens where too many have stepped aside already. */
  stepAside(): void
  /** To be called once, when done. */
  leave(): void
}

/**
 * Lets only so many in at a time under each name, who comes first first; and so many more who take long, and have
 * stepped aside.
 */
export class Room {
  readonly #most: number
  readonly #mostAside: number
  readonly #inside = new Map<string, number>()
  readonly #aside = new Map<string, number>()
  readonly #queues = new Map<string, (() => void)[]>()

  constructor(most: number, mostAside: number) {
    this.#most = most
    this.#mostAside = mostAside
  }

  async enter(name: string): Promise<Place> {
    if ((this.#inside.get(name) ?? 0) < this.#most) count(this.#inside, name, 1)
    else await this.#wait(name)
    let isAside = false
    return {
      stepAside: () => {
        if (isAside || (this.#aside.get(name) ?? 0) >= this.#mostAside) return
        isAside = true
        count(this.#aside, name, 1)
        this.#giveBack(name)
      },
      leave: () => {
        if (isAside) count(this.#aside, name, -1)
        else this.#giveBack(name)
      },
    }
  }

  #wait(name: string): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    const queue = this.#queues.get(name) ?? []
    queue.push(resolve)
    this.#queues.set(name, queue)
    return promise
  }

  /** The place goes straight to who waits longest. */
  #giveBack(name: string): void {
    const queue = this.#queues.get(name)
    const next = queue?.shift()
    if (queue?.length === 0) this.#queues.delete(name)
    if (next) next()
    else count(this.#inside, name, -1)
  }
}

function count(numbers: Map<string, number>, name: string, change: number): void {
  const number = (numbers.get(name) ?? 0) + change
  if (number === 0) numbers.delete(name)
  else numbers.set(name, number)
}
