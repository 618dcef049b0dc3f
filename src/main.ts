import { ConfigError, isStartedByNpm, readConfig, settingsHelp, urlHost } from './config.ts'
import { Problem } from './control/admin/problem.ts'
import { whenOrphaned } from './engine/time/orphan.ts'

const usage = `midtrans-emulator: a stand-in for the Midtrans sandbox

  midtrans-emulator [start] [flags]   listens until SIGINT or SIGTERM
  midtrans-emulator healthcheck       exits with 0 if an emulator with these settings is ready

Flags; each is also a variable: --server-keys is MIDTRANS_EMULATOR_SERVER_KEYS
${settingsHelp()}

Exit codes: 0 ok, 1 not healthy, 2 bad setting or failed start`

/** The command. Sets the exit code; a failed start is one line on stderr. */
export async function main(args: readonly string[]): Promise<void> {
  if (args.includes('--help') || args.includes('-h')) return console.log(usage)
  const [verb, ...rest] = args[0]?.startsWith('-') === false ? args : ['start', ...args]
  try {
    if (verb === 'start') await start(rest)
    else if (verb === 'healthcheck') await healthcheck(rest)
    else throw new ConfigError(`found "${verb}", expected start or healthcheck; --help tells more`)
  } catch (error) {
    console.error(`midtrans-emulator: ${explain(error)}`)
    process.exitCode = 2
  }
}

async function start(args: readonly string[]): Promise<void> {
  // A health check, which runs every few seconds, does without all of this.
  const { openEmulator } = await import('./emulator.ts')
  const emulator = await openEmulator(readConfig(args))
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
  console.log(`midtrans-emulator is ready: Core API ${emulator.url}/v2  admin ${emulator.url}/__admin`)
}

/** Asks the emulator on the configured port of this machine: what an image's HEALTHCHECK runs. */
async function healthcheck(args: readonly string[]): Promise<void> {
  const { host, port } = readConfig(args)
  const local = `${urlHost(host, '127.0.0.1')}:${port}`
  const ready = await fetch(`http://${local}/readyz`, {
    signal: AbortSignal.timeout(2_000),
  }).then(
    (response) => response.ok,
    () => false,
  )
  if (!ready) console.error(`midtrans-emulator: nothing is ready at ${local}`)
  process.exitCode = ready ? 0 : 1
}

function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error instanceof Problem) return [error.message, error.hint].filter(Boolean).join('. ')
  const { code, path } = error as NodeJS.ErrnoException
  const { port, address } = error as { port?: number; address?: string }
  switch (code) {
    case 'EADDRINUSE':
      return `port ${port} is in use; choose another one with --port or MIDTRANS_EMULATOR_PORT`
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `cannot listen on ${address ?? 'that address'}; choose another one with --host or MIDTRANS_EMULATOR_HOST`
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'ENOTDIR':
    case 'ENOENT':
    case 'EEXIST':
    case 'ENOSPC':
      if (path) return `cannot write to ${path} (${code}); choose another folder with --data or MIDTRANS_EMULATOR_DATA`
      return port === undefined ? error.message : `may not listen on port ${port}; choose one above 1023 with --port`
    default:
      return error.message
  }
}
