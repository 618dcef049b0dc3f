import { resolve } from 'node:path'
import { AbstractStartedContainer, GenericContainer, type StartedTestContainer, Wait } from 'testcontainers'
import { type Admin, admin } from '../client/admin.ts'

const port = 8765

/**
 * The image of the emulator, for Testcontainers: `await using emulator = await new MidtransEmulatorContainer(image).start()`.
 * Needs a Docker engine.
 */
export class MidtransEmulatorContainer extends GenericContainer {
  #adminToken: string | undefined

  /** `image` with its tag; the one of the version of this package goes with it. */
  constructor(image: string) {
    super(image)
    this.withExposedPorts(port).withWaitStrategy(Wait.forLogMessage(/^midtrans-emulator is ready: /))
  }

  /** Flags of the command, without their dashes: { 'payment-notification-url': url }. What the image does not know ends its start. */
  withSettings(settings: Readonly<Record<string, string | number>>): this {
    const variables = Object.entries(settings).map(([name, value]) => [
      `MIDTRANS_EMULATOR_${name.toUpperCase().replaceAll('-', '_')}`,
      String(value),
    ])
    this.#adminToken = settings['admin-token']?.toString() ?? this.#adminToken
    return this.withEnvironment(Object.fromEntries(variables))
  }

  /** Every new sandbox begins with this one, by its name. */
  withScenario(name: string): this {
    return this.withSettings({ scenario: name })
  }

  /** A folder of this machine with scenarios of your own. */
  withScenarios(folder: string): this {
    return this.withCopyDirectoriesToContainer([{ source: resolve(folder), target: '/scenarios' }])
  }

  override async start(): Promise<StartedMidtransEmulator> {
    return new StartedMidtransEmulator(await super.start(), this.#adminToken)
  }
}

/** A container that is ready. */
export class StartedMidtransEmulator extends AbstractStartedContainer {
  readonly #adminToken: string | undefined

  constructor(container: StartedTestContainer, adminToken: string | undefined) {
    super(container)
    this.#adminToken = adminToken
  }

  /** The base URL, as this machine reaches it: "http://localhost:32768". */
  get url(): string {
    return `http://${this.getHost()}:${this.getMappedPort(port)}`
  }

  /** The admin API of the sandbox of a server key. */
  admin(serverKey: string): Admin {
    return admin(this.url, serverKey, this.#adminToken)
  }
}
