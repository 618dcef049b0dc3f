/** Lets only so many in at a time under each name; who comes first is let in first. */
export class Room {
  readonly #most: number
  readonly #inside = new Map<string, number>()
  readonly #queues = new Map<string, (() => void)[]>()

  constructor(most: number) {
    this.#most = most
  }

  /** Resolves with what has to be called when done. */
  async enter(name: string): Promise<() => void> {
    const inside = this.#inside.get(name) ?? 0
    if (inside < this.#most) this.#inside.set(name, inside + 1)
    else await this.#wait(name)
    return () => this.#leave(name)
  }

  #wait(name: string): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    const queue = this.#queues.get(name) ?? []
    queue.push(resolve)
    this.#queues.set(name, queue)
    return promise
  }

  /** The place goes straight to who waits longest. */
  #leave(name: string): void {
    const queue = this.#queues.get(name)
    const next = queue?.shift()
    if (queue?.length === 0) this.#queues.delete(name)
    if (next) {
      next()
      return
    }
    const inside = (this.#inside.get(name) ?? 1) - 1
    if (inside === 0) this.#inside.delete(name)
    else this.#inside.set(name, inside)
  }
}
