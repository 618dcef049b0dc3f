import { type Config, isStartedByNpm, readConfig, unknownVariables } from '../config/index.ts'
import { openEmulator } from '../emulator.ts'
import { whenOrphaned } from '../engine/time/orphan.ts'
import { explain } from './explain.ts'
import { defineVerb } from './verb.ts'

export const verb = defineVerb({
  takesSettings: true,
  flags: { json: { about: 'says where it listens in JSON' } },
  examples: ['midtrans-emulator start --tls --payment-notification-url http://localhost:3000/notifications'],
  exitCodes: '0 ended by a signal, 1 could not end well, 2 bad input or failed start',
  run: async ({ settings, flags }) => {
    await start(settings, flags.json)
    return 0
  },
})

async function start(settings: readonly string[], isJson: boolean): Promise<void> {
  // First: what is wrong with the settings may be that one of them has another name.
  for (const line of unknownVariables()) console.error(`midtrans-emulator: ${line}`)
  const config = await readConfig(settings)
  const emulator = await openEmulator(config)
  let stopping = false
  const stop = () => {
    if (stopping) return
    stopping = true
    emulator.close().then(
      () => process.exit(0),
      (error) => {
        console.error(`midtrans-emulator: ${explain(error)}`)
        process.exit(1)
      },
    )
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  // npm hands SIGTERM to the shell between it and this process, which dies of it and says nothing.
  if (isStartedByNpm()) whenOrphaned(stop)
  // Last: whoever waits for this line may send a signal at once.
  console.log(isJson ? JSON.stringify(addresses(emulator.url, config)) : readyLine(emulator.url, config))
}

const addresses = (url: string, { admin, tls }: Config) => ({
  url,
  core_api: `${url}/v2`,
  ...(admin && { dashboard: `${url}/`, admin_api: `${url}/__admin` }),
  ...(tls && { https: url.replace('http:', 'https:'), proxy: url }),
})

function readyLine(url: string, config: Config): string {
  const { core_api, dashboard, admin_api, https, proxy } = addresses(url, config)
  const driven = admin_api === undefined ? '' : `  dashboard ${dashboard}  admin ${admin_api}`
  const secure = https === undefined ? '' : `  HTTPS ${https}  proxy ${proxy}`
  return `midtrans-emulator is ready: Core API ${core_api}${driven}${secure}`
}
