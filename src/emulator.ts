import type { AddressInfo } from 'node:net'
import { type Config, urlHost } from './config/index.ts'
import { readPayers } from './control/payers.ts'
import { importing, readStateFile, writeStateFile } from './control/state-file.ts'
import { readPayerBook } from './midtrans/payers/payer-book.ts'
import { packageFile } from './package-files.ts'
import { Sandboxes } from './sandboxes.ts'
import { buildServer } from './server.ts'

/** An emulator that listens. */
export interface Emulator {
  /** Where it is reached, e.g. "http://127.0.0.1:8765". */
  readonly url: string
  readonly sandboxes: Sandboxes
  /** The certificate of the CA, as PEM, where it speaks HTTPS. */
  readonly authority: string | undefined
  /** Ends within two seconds; what was answered is safe. */
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/** Opens all that was kept, and listens. Rejects where a setting, a file, the data folder or the port cannot be used. */
export async function openEmulator(config: Config): Promise<Emulator> {
  let log = (error: unknown) => console.error(error)
  const payerBook = readPayerBook(packageFile('fixtures/payers.json'))
  // Before anything is opened: a file that cannot be read leaves nothing behind.
  const imported = config.importFrom === undefined ? undefined : await readStateFile(config.importFrom)
  const sandboxes = await Sandboxes.open({
    keys: config.keys,
    serverKeys: config.serverKeys,
    data: config.data,
    payerBook: config.payers === undefined ? payerBook : await readPayers(config.payers, payerBook),
    settings: config.settings,
    scenarioFolder: config.scenarios,
    begin: await beginOf(config),
    onError: (error) => log(error),
  })
  let app: Awaited<ReturnType<typeof buildServer>> | undefined
  let isOpen = false
  let endConnections = () => {}
  const close = async () => {
    endConnections()
    await app?.close()
    sandboxes.stop()
    try {
      if (isOpen && config.exportTo !== undefined) await writeStateFile(config.exportTo, sandboxes.usual)
    } finally {
      await sandboxes.close()
    }
  }
  try {
    const putIntoPlace = imported && importing(sandboxes, imported)
    const tls = config.tls ? await (await import('./tls/index.ts')).openTls(config.data) : undefined
    app = await buildServer(sandboxes, { ...config, certificate: tls?.authority })
    if (tls) endConnections = tls.openFrontDoor(app.server)
    const { log: appLog } = app
    log = (error) => appLog.error(error)
    await app.listen({ host: config.host, port: config.port })
    // Not before, and `wake` neither: a merchant that is told of something may ask back at once.
    putIntoPlace?.()
    isOpen = true
    sandboxes.wake()
    const { port } = app.server.address() as AddressInfo
    const url = `http://${urlHost(config.host, 'localhost')}:${port}`
    return { url, sandboxes, authority: tls?.authority, close, [Symbol.asyncDispose]: close }
  } catch (error) {
    await close()
    throw error
  }
}

/**
 * What new sandboxes begin with: the scenario that was named, or `default` of one's own. All of one's own are read, so
 * that a bad one ends the start and not a test. Only whoever has scenarios pays for reading some.
 */
async function beginOf({ scenario, scenarios: own, settings }: Config) {
  if (scenario === undefined && own === undefined) return undefined
  const { loadingOf, ownFiles, readScenario } = await import('./control/scenario/index.ts')
  const files = await ownFiles(own)
  // By their files, which is what a bad one is told by.
  await Promise.all(Array.from(files.values(), (file) => readScenario(file)))
  const first = scenario ?? (files.has('default') ? 'default' : undefined)
  return first === undefined ? undefined : loadingOf(await readScenario(first, own), settings)
}
