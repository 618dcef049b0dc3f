import type { AddressInfo } from 'node:net'
import { type Config, urlHost } from './config.ts'
import { readPayerBook } from './midtrans/payers/payer-book.ts'
import { packageFile } from './package-files.ts'
import { Sandboxes } from './sandboxes.ts'
import { buildServer } from './server.ts'

/** An emulator that listens. */
export interface Emulator {
  /** Where it is reached, e.g. "http://127.0.0.1:8765". */
  readonly url: string
  readonly sandboxes: Sandboxes
  /** Ends within two seconds; what was answered is safe. */
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/** Opens all that was kept, and listens. Rejects where a setting, the data folder or the port cannot be used. */
export async function openEmulator(config: Config): Promise<Emulator> {
  let log = (error: unknown) => console.error(error)
  const sandboxes = await Sandboxes.open({
    keys: config.keys,
    serverKeys: config.serverKeys,
    data: config.data,
    payerBook: readPayerBook(packageFile('fixtures/payers.json')),
    settings: config.settings,
    begin: config.scenario === undefined ? undefined : await beginOf(config, config.scenario),
    onError: (error) => log(error),
  })
  const app = await buildServer(sandboxes, config)
  log = (error) => app.log.error(error)
  const close = async () => {
    await app.close()
    await sandboxes.close()
  }
  try {
    await app.listen({ host: config.host, port: config.port })
  } catch (error) {
    await close()
    throw error
  }
  // Not before: a merchant that is told of something may ask back at once.
  sandboxes.wake()
  const { port } = app.server.address() as AddressInfo
  return { url: `http://${urlHost(config.host, 'localhost')}:${port}`, sandboxes, close, [Symbol.asyncDispose]: close }
}

/** Only whoever begins with a scenario pays for reading one. */
async function beginOf({ settings }: Config, scenario: string) {
  const [{ readScenario }, { loadingOf }] = await Promise.all([
    import('./control/scenario/files.ts'),
    import('./control/scenario/load.ts'),
  ])
  return loadingOf(await readScenario(scenario), settings)
}
