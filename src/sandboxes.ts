import { hash } from 'node:crypto'
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { newId } from './engine/ids.ts'
import { type Sender, undiciSender } from './engine/outbox/send.ts'
import { openDataFolder } from './engine/store/data-folder.ts'
import { fileStore, isDiscarded } from './engine/store/file.ts'
import { memoryStore } from './engine/store/memory.ts'
import type { Store } from './engine/store/store.ts'
import { asideKey, type KeyPolicy, objectionToKey } from './keys.ts'
import type { PayerBook } from './midtrans/payers/payer.ts'
import type { Quirks } from './midtrans/quirks.ts'
import { notificationRedirects, notificationTimeoutMs } from './midtrans/retry.ts'
import { shortKey } from './midtrans/secrets.ts'
import type { Settings } from './midtrans/settings.ts'
import type { Identity } from './midtrans/state.ts'
import type { SandboxDoor, SandboxFinder } from './midtrans/world.ts'
import { Sandbox, type SandboxOptions } from './sandbox.ts'
import type { Snapshot } from './snapshots.ts'

export interface SandboxesOptions {
  readonly keys: KeyPolicy
  /** Opened at the start; with the policy "listed" there are no others. */
  readonly serverKeys: readonly string[]
  /** The folder to keep sandboxes in; undefined: they live in memory only. */
  readonly data?: string | undefined
  readonly payerBook: PayerBook
  readonly settings: Omit<Settings, 'merchantId'> & { readonly merchantId?: string | undefined }
  /** Where one's own scenarios lie. */
  readonly scenarioFolder?: string | undefined
  /** What every new sandbox begins with. */
  readonly begin?: ((sandbox: Sandbox) => void) | undefined
  readonly onError: (error: unknown) => void
}

/** So that a loop over random keys cannot fill the memory. */
const mostSandboxes = 10_000

/** Server key -> sandbox. */
export class Sandboxes implements SandboxFinder {
  readonly #options: SandboxesOptions
  readonly #byKey = new Map<string, Sandbox>()
  /** Keys whose sandbox was deleted, until nothing is left of it. */
  readonly #leaving = new Map<string, Promise<void>>()
  readonly #aside = new Set<Sandbox>()
  #folder: Awaited<ReturnType<typeof openDataFolder>> | undefined
  readonly #sender: Sender = undiciSender({
    timeoutMs: notificationTimeoutMs,
    redirects: notificationRedirects,
    connectionsPerHost: 8,
  })

  private constructor(options: SandboxesOptions) {
    this.#options = options
  }

  /** Opens those that were kept and those that are listed. Rejects where the data folder cannot be used. */
  static async open(options: SandboxesOptions): Promise<Sandboxes> {
    const sandboxes = new Sandboxes(options)
    try {
      if (options.data !== undefined) await sandboxes.#openKept(options.data)
    } catch (error) {
      await sandboxes.close()
      throw error
    }
    for (const key of options.serverKeys) sandboxes.#byKey.get(key) ?? sandboxes.#openNew(key)
    return sandboxes
  }

  /** Resolves when all that was answered so far is safe; rejects while it cannot be written. */
  async settled(): Promise<void> {
    await Promise.all(this.all.map((sandbox) => sandbox.settled()))
  }

  /** Where one's own scenarios lie; undefined: there are none. */
  get scenarioFolder(): string | undefined {
    return this.#options.scenarioFolder
  }

  get quirks(): Quirks {
    return this.#options.settings.quirks
  }

  get all(): readonly Sandbox[] {
    return [...this.#byKey.values()]
  }

  isOpen(serverKey: string): boolean {
    return this.#byKey.has(serverKey)
  }

  ofServerKey(serverKey: string): Sandbox | undefined {
    const open = this.#byKey.get(serverKey)
    if (open || objectionToKey(serverKey, this.#options)) return open
    if (this.#byKey.size < mostSandboxes) return this.#openNew(serverKey)
    this.#options.onError(new Error(`${mostSandboxes} sandboxes are open: no other server key is let in`))
    return undefined
  }

  /** Why these keys cannot be open all at once; undefined: they can. */
  objectionTo(serverKeys: readonly string[]): string | undefined {
    const closed = serverKeys.filter((key) => !this.isOpen(key))
    const tooMany = this.#byKey.size + closed.length > mostSandboxes
    const objections = closed.flatMap((key) => {
      const objection = objectionToKey(key, this.#options)
      return objection === undefined ? [] : `Found the server key ${shortKey(key)}, ${objection}`
    })
    return objections[0] ?? (tooMany ? `Expected at most ${mostSandboxes} sandboxes` : undefined)
  }

  /** Throws where a sandbox cannot be what a snapshot says. Nothing is opened for good, and nothing happens in it. */
  check(serverKey: string, { records }: Snapshot): void {
    const identity: Identity = { id: 'identity', serverKey, merchantId: '' }
    const { clock } = Sandbox.openKept(this.#sandboxOptions(identity, memoryStore()), records)
    if (!Number.isFinite(clock.now() + clock.speed)) throw new Error('its clock shows no time')
  }

  /** Closes a sandbox and forgets all of it. The next request with its key opens an empty one. */
  async delete(sandbox: Sandbox): Promise<void> {
    const { serverKey } = sandbox
    this.#byKey.delete(serverKey)
    this.#aside.delete(sandbox)
    const left = sandbox.discard()
    this.#leaving.set(serverKey, left)
    await left
    this.#leaving.delete(serverKey)
  }

  known(serverKey: string): Sandbox | undefined {
    return this.#byKey.get(serverKey)
  }

  /**
   * One beside the others, in memory only, until it is deleted: under a new key that no policy has to let in, without what
   * new ones begin with, and never taken for the only one there is. Undefined: too many are open.
   */
  openAside(): Sandbox | undefined {
    if (this.#byKey.size >= mostSandboxes) return undefined
    const sandbox = this.#openEmpty(asideKey + newId(), memoryStore())
    this.#aside.add(sandbox)
    return sandbox
  }

  /** All but those that were opened aside. */
  get usual(): readonly Sandbox[] {
    return this.all.filter((sandbox) => !this.#aside.has(sandbox))
  }

  /** From now on things happen by themselves. */
  wake(): void {
    for (const sandbox of this.all) sandbox.time.wake()
  }

  /** By what the admin API calls a sandbox: its merchant_id. */
  ofMerchantId(merchantId: string): readonly Sandbox[] {
    return this.all.filter((sandbox) => sandbox.settings.merchantId === merchantId)
  }

  where<T>(find: (sandbox: SandboxDoor) => T | undefined): { sandbox: SandboxDoor; found: T } | undefined {
    for (const sandbox of this.#byKey.values()) {
      const found = find(sandbox)
      if (found !== undefined) return { sandbox, found }
    }
    return undefined
  }

  /** Nothing happens by itself from now on. */
  stop(): void {
    for (const sandbox of this.all) sandbox.stop()
  }

  async close(): Promise<void> {
    this.stop()
    await this.#sender.close()
    await Promise.all([...this.all.map((sandbox) => sandbox.close()), ...this.#leaving.values()])
    await this.#folder?.release()
  }

  #openNew(serverKey: string): Sandbox {
    const { data, begin } = this.#options
    const store =
      data === undefined ? memoryStore() : fileStore(join(data, folderName(serverKey)), this.#leaving.get(serverKey))
    const sandbox = this.#openEmpty(serverKey, store)
    begin?.(sandbox)
    return sandbox
  }

  #openEmpty(serverKey: string, store: Store): Sandbox {
    const identity: Identity = { id: 'identity', serverKey, merchantId: this.#freeMerchantId(serverKey) }
    return this.#add(Sandbox.openEmpty(this.#sandboxOptions(identity, store)))
  }

  async #openKept(data: string): Promise<void> {
    const { keys, serverKeys } = this.#options
    // Written to at once, so that a folder that cannot be used ends the start and not the first charge.
    this.#folder = await openDataFolder(data)
    for (const entry of await readdir(data, { withFileTypes: true })) {
      if (!entry.isDirectory()) continue
      if (isDiscarded(entry.name)) {
        await rm(join(data, entry.name), { recursive: true })
        continue
      }
      const store = fileStore(join(data, entry.name))
      const records = await store.load()
      const identity = records.find((record) => record.collection === 'identity')?.value as Identity | undefined
      // A folder without identity is that of a sandbox whose first step was never finished, or not ours.
      if (!identity) continue
      // With the policy "listed" there are no others: kept ones of other keys stay on the disk, untouched.
      if (keys === 'listed' && !serverKeys.includes(identity.serverKey)) continue
      this.#add(Sandbox.openKept(this.#sandboxOptions(identity, store), records))
    }
  }

  #sandboxOptions(identity: Identity, store: Store): SandboxOptions {
    const { payerBook, settings, onError } = this.#options
    const merchantId = settings.merchantId ?? identity.merchantId
    return { identity, store, sender: this.#sender, payerBook, settings: { ...settings, merchantId }, onError }
  }

  #add(sandbox: Sandbox): Sandbox {
    this.#byKey.set(sandbox.serverKey, sandbox)
    return sandbox
  }

  /** "G" and nine digits, as recorded; the same for the same key, so that it survives a restart without `--data`. */
  #freeMerchantId(serverKey: string): string {
    let number = Number.parseInt(hash('sha256', serverKey).slice(0, 12), 16) % 1_000_000_000
    const id = () => `G${String(number).padStart(9, '0')}`
    while (this.all.some(({ state }) => state.identity.get('identity')?.merchantId === id())) number++
    return id()
  }
}

/** No key stands in a file name. */
const folderName = (serverKey: string): string => hash('sha256', serverKey).slice(0, 16)
