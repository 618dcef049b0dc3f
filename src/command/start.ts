import { type Config, isStartedByNpm, readConfig, unknownVariables } from '../config/index.ts'
import { openEmulator } from '../emulator.ts'
import { whenOrphaned } from '../engine/time/orphan.ts'
import { explain } from './explain.ts'
import { defineVerb } from './verb.ts'

export const verb = defineVerb({
  takesSettings: true,
  examples: ['midtrans-emulator start --tls --payment-notification-url http://localhost:3000/notifications'],
  exitCodes: '0 ended by a signal, 1 could not end well, 2 bad input or failed start',
  run: async ({ settings }) => {
    await start(settings)
    return 0
  },
})

async function start(settings: readonly string[]): Promise<void> {
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
  console.log(readyLine(emulator.url, config))
}

function readyLine(url: string, { admin, tls }: Config): string {
  const driven = admin ? `  dashboard ${url}/  admin ${url}/__admin` : ''
  const secure = tls ? `  HTTPS ${url.replace('http:', 'https:')}  proxy ${url}` : ''
  return `midtrans-emulator is ready: Core API ${url}/v2${driven}${secure}`
}
