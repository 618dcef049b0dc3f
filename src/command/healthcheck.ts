import { isReadyAnswer, send } from '../client/http.ts'
import { readConfig, urlHost } from '../config/index.ts'
import { commonFlags } from './parse.ts'
import { print } from './print.ts'
import { readUrl, targetFlags } from './target.ts'
import { defineVerb } from './verb.ts'

const longestMs = 2_000

export const verb = defineVerb({
  takesSettings: true,
  flags: { url: { ...targetFlags.url, about: 'an emulator elsewhere' }, ...commonFlags },
  more: 'Without --url it asks the configured port of this machine, and so is what the HEALTHCHECK of an image runs.',
  examples: ['midtrans-emulator healthcheck --url http://localhost:8765'],
  exitCodes: '0 ready, 1 nothing is ready there, 2 bad input',
  async run({ flags, settings }) {
    const url = readUrl(flags.url ?? (await configuredUrl(settings)))
    const ready = await isReady(url)
    print(flags.json, { ready, url }, [])
    if (!ready) console.error(`midtrans-emulator: nothing is ready at ${url}`)
    return ready ? 0 : 1
  },
})

async function configuredUrl(settings: readonly string[]): Promise<string> {
  const { host, port } = await readConfig(settings)
  return `http://${urlHost(host, '127.0.0.1')}:${port}`
}

const isReady = (url: string): Promise<boolean> =>
  send({ url, signal: AbortSignal.timeout(longestMs) }, 'GET', '/readyz').then(isReadyAnswer, () => false)
