import type { AddressInfo } from 'node:net'
import { type Config, urlHost } from './config.ts'
import { readPayers } from './control/payers.ts'
import { readScenario } from './control/scenario-files.ts'
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
  const payerBook = readPayerBook(packageFile('fixtures/payers.json'))
  const sandboxes = await Sandboxes.open({
    keys: config.keys,
    serverKeys: config.serverKeys,
    data: config.data,
    payerBook: config.payers === undefined ? payerBook : await readPayers(config.payers, payerBook),
    settings: config.settings,
    rules: config.scenario === undefined ? [] : (await readScenario(config.scenario)).rules,
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
