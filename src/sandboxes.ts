import { hash } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { newId } from './engine/ids.ts'
import { type Sender, undiciSender } from './engine/outbox/send.ts'
import { openDataFolder } from './engine/store/data-folder.ts'
import { fileStore } from './engine/store/file.ts'
import { memoryStore } from './engine/store/memory.ts'
import type { Store } from './engine/store/store.ts'
import type { PayerBook } from './midtrans/payers/payer.ts'
import type { Quirks } from './midtrans/quirks.ts'
import { notificationRedirects, notificationTimeoutMs } from './midtrans/retry.ts'
import type { Settings } from './midtrans/settings.ts'
import type { Identity } from './midtrans/state.ts'
import type { SandboxDoor, SandboxFinder } from './midtrans/world.ts'
import { Sandbox, type SandboxOptions } from './sandbox.ts'

/** Which server keys open a sandbox. */
export type KeyPolicy = 'midtrans' | 'any' | 'listed'

export interface SandboxesOptions {
  readonly keys: KeyPolicy
  /** Opened at the start; with the policy "listed" there are no others. */
  readonly serverKeys: readonly string[]
  /** The folder to keep sandboxes in; undefined: they live in memory only. */
  readonly data?: string | undefined
  readonly payerBook: PayerBook
  readonly settings: Omit<Settings, 'merchantId'> & { readonly merchantId?: string | undefined }
  /** What every new sandbox begins with. */
  readonly begin?: ((sandbox: Sandbox) => void) | undefined
  readonly onError: (error: unknown) => void
}

/** SB-Mid-server-..., Mid-server-... and the old VT-server-... (recordings.md, signature_key). */
const midtransKey = /^(?:SB-)?(?:Mid|VT)-server-[\w-]{1,200}$/
const asideKey = 'SB-Mid-server-scenario-run-'
/** So that a loop over random keys cannot fill the memory. */
const mostSandboxes = 10_000

/** Server key -> sandbox. */
export class Sandboxes implements SandboxFinder {
  readonly #options: SandboxesOptions
  readonly #byKey = new Map<string, Sandbox>()
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

  get quirks(): Quirks {
    return this.#options.settings.quirks
  }

  get all(): readonly Sandbox[] {
    return [...this.#byKey.values()]
  }

  ofServerKey(serverKey: string): Sandbox | undefined {
    return this.#byKey.get(serverKey) ?? (this.#opens(serverKey) ? this.#openNew(serverKey) : undefined)
  }

  /**
   * One beside the others, in memory only, until `remove`: under a new key that no policy has to let in, without what
   * new ones begin with, and never taken for the only one there is. Undefined: too many are open.
   */
  openAside(): Sandbox | undefined {
    if (this.#isFull) return undefined
    const sandbox = this.#openEmpty(asideKey + newId(), memoryStore())
    this.#aside.add(sandbox)
    return sandbox
  }

  /** Ends one that was opened aside. */
  async remove(sandbox: Sandbox): Promise<void> {
    if (!this.#aside.delete(sandbox)) return
    this.#byKey.delete(sandbox.serverKey)
    // So that nothing of what is under way plans anything again.
    sandbox.reset()
    await sandbox.close()
  }

  /** All but those that were opened aside. */
  get usual(): readonly Sandbox[] {
    return this.all.filter((sandbox) => !this.#aside.has(sandbox))
  }

  /** From now on things happen by themselves. */
  wake(): void {
    for (const sandbox of this.all) sandbox.wake()
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

  async close(): Promise<void> {
    for (const sandbox of this.all) sandbox.outbox.stop()
    await this.#sender.close()
    await Promise.all(this.all.map((sandbox) => sandbox.close()))
    await this.#folder?.release()
  }

  get #isFull(): boolean {
    return this.#byKey.size >= mostSandboxes
  }

  #opens(serverKey: string): boolean {
    // One that was removed stays so: requests that come late open no other one.
    if (this.#options.keys === 'listed' || serverKey.startsWith(asideKey)) return false
    if (this.#isFull) {
      this.#options.onError(new Error(`${mostSandboxes} sandboxes are open: no other server key is let in`))
      return false
    }
    return this.#options.keys === 'any' ? serverKey !== '' && serverKey.length <= 255 : midtransKey.test(serverKey)
  }

  /** With the policy "listed" there are no others: kept ones of other keys stay on the disk, untouched. */
  #isListed(serverKey: string): boolean {
    const { keys, serverKeys } = this.#options
    return keys !== 'listed' || serverKeys.includes(serverKey)
  }

  #openNew(serverKey: string): Sandbox {
    const { data, begin } = this.#options
    const sandbox = this.#openEmpty(
      serverKey,
      data === undefined ? memoryStore() : fileStore(join(data, folderName(serverKey))),
    )
    begin?.(sandbox)
    return sandbox
  }

  #openEmpty(serverKey: string, store: Store): Sandbox {
    const identity: Identity = { id: 'identity', serverKey, merchantId: this.#freeMerchantId(serverKey) }
    return this.#add(Sandbox.openEmpty(this.#sandboxOptions(identity, store)))
  }

  async #openKept(data: string): Promise<void> {
    // Written to at once, so that a folder that cannot be used ends the start and not the first charge.
    this.#folder = await openDataFolder(data)
    for (const entry of await readdir(data, { withFileTypes: true })) {
      if (!entry.isDirectory()) continue
      const store = fileStore(join(data, entry.name))
      const records = await store.load()
      const identity = records.find((record) => record.collection === 'identity')?.value as Identity | undefined
      // A folder without identity is that of a sandbox whose first step was never finished, or not ours.
      if (!identity || !this.#isListed(identity.serverKey)) continue
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
