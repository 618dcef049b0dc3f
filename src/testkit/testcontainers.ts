import { resolve } from 'node:path'
import type { Readable } from 'node:stream'
import { AbstractStartedContainer, GenericContainer, type StartedTestContainer, Wait } from 'testcontainers'
import type { Admin } from '../client/admin.ts'
import { packageVersion } from '../package-files.ts'
import { type SandboxSettings, type TestEmulator, type TestSandbox, testEmulator } from './emulator.ts'

const port = 8765

/** The latest of what a container says: enough for why it did not start. */
const keptCharacters = 4_000

/**
 * The image of the emulator, for Testcontainers: `await using emulator = await new MidtransEmulatorContainer(image).start()`.
 * Needs a Docker engine.
 */
export class MidtransEmulatorContainer extends GenericContainer {
  readonly #settings: Record<string, string | number> = {}
  #said = ''

  /** `image` without a tag has that of this package's version. */
  constructor(image: string) {
    super(withTag(image))
    this.withExposedPorts(port).withWaitStrategy(Wait.forLogMessage(/^midtrans-emulator is ready: /))
    this.withLogConsumer(() => {})
  }

  /** Flags of the command, without their dashes: { 'payment-notification-url': url }. What the image does not know ends its start. */
  withSettings(settings: Readonly<Record<string, string | number>>): this {
    Object.assign(this.#settings, settings)
    // As flags: unknown variables are only warned of.
    return this.withCommand(Object.entries(this.#settings).map(([name, value]) => `--${name}=${value}`))
  }

  /** A sandbox that is open from the start; once for each. */
  withServerKey(serverKey: string): this {
    const others = this.#settings['server-keys']
    return this.withSettings({ 'server-keys': others === undefined ? serverKey : `${others},${serverKey}` })
  }

  /** Every new sandbox begins with this one, by its name. */
  withScenario(name: string): this {
    return this.withSettings({ scenario: name })
  }

  /** A folder of this machine with scenarios of your own. */
  withScenarios(folder: string): this {
    return this.withCopyDirectoriesToContainer([{ source: resolve(folder), target: '/scenarios' }])
  }

  /** Beside yours, the container keeps what it has to tell of a start that failed. */
  override withLogConsumer(consumer: (stream: Readable) => unknown): this {
    return super.withLogConsumer((stream) => {
      stream.on('data', (data) => {
        this.#said = `${this.#said}${data}`.slice(-keptCharacters)
      })
      return consumer(stream)
    })
  }

  /** Rejects where it does not become ready; the error ends with what the container said. */
  override async start(): Promise<StartedMidtransEmulator> {
    try {
      return new StartedMidtransEmulator(await super.start(), this.#settings['admin-token']?.toString())
    } catch (error) {
      if (!(error instanceof Error) || this.#said === '') throw error
      throw new Error(`${error.message}. The container said:\n${this.#said.trim()}`, { cause: error })
    }
  }
}

/** A container that is ready. */
export class StartedMidtransEmulator extends AbstractStartedContainer {
  readonly #emulator: TestEmulator

  constructor(container: StartedTestContainer, adminToken: string | undefined) {
    super(container)
    const url = `http://${this.getHost()}:${this.getMappedPort(port)}`
    this.#emulator = testEmulator(url, adminToken, async () => void (await this.stop()))
  }

  /** The base URL, as this machine reaches it: "http://localhost:32768". */
  get url(): string {
    return this.#emulator.url
  }

  /** What its admin API wants to be shown, where it does. */
  get adminToken(): string | undefined {
    return this.#emulator.adminToken
  }

  /** The admin API of the sandbox of a server key. */
  admin(serverKey: string): Admin {
    return this.#emulator.admin(serverKey)
  }

  /** A sandbox that nobody else knows, as that of the test kit; `withStory` tells what happened in it where a test fails. */
  openSandbox(settings?: SandboxSettings): Promise<TestSandbox> {
    return this.#emulator.openSandbox(settings)
  }
}

function withTag(image: string): string {
  const name = image.slice(image.lastIndexOf('/') + 1)
  return /[:@]/.test(name) ? image : `${image}:${packageVersion()}`
}
