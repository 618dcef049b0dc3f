import { readConfig, urlHost } from '../config/index.ts'
import { defineVerb } from './verb.ts'

export const verb = defineVerb({ takesSettings: true, run: ({ settings }) => healthcheck(settings) })

/** Asks the emulator on the configured port of this machine: what an image's HEALTHCHECK runs. */
async function healthcheck(settings: readonly string[]): Promise<number> {
  const { host, port } = await readConfig(settings)
  const local = `${urlHost(host, '127.0.0.1')}:${port}`
  const ready = await fetch(`http://${local}/readyz`, {
    signal: AbortSignal.timeout(2_000),
  }).then(
    (response) => response.ok,
    () => false,
  )
  if (!ready) console.error(`midtrans-emulator: nothing is ready at ${local}`)
  return ready ? 0 : 1
}
