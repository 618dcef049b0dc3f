import { text as readText } from 'node:stream/consumers'
import { type Config, ConfigError, isStartedByNpm, readConfig, settingsHelp, urlHost } from './config.ts'
import { Problem } from './control/admin/problem.ts'
import { whenOrphaned } from './engine/time/orphan.ts'
import { signed } from './midtrans/signature.ts'
import { checkSignature, objectionToSigning } from './midtrans/signature-check.ts'

const usage = `midtrans-emulator: a stand-in for the Midtrans sandbox

  midtrans-emulator [start] [flags]   listens until SIGINT or SIGTERM
  midtrans-emulator healthcheck       exits with 0 if an emulator with these settings is ready
  midtrans-emulator run NAME|FILE...  runs scenarios; --json, --url URL of an emulator that is there already
  midtrans-emulator validate FILE...  says what is wrong with scenario files
  midtrans-emulator sign --key KEY    reads a notification (JSON) from stdin, prints it signed
  midtrans-emulator verify --key KEY  the same, exits with 0 if its signature is right, and says why if not

Flags; each is also a variable: --server-keys is MIDTRANS_EMULATOR_SERVER_KEYS
${settingsHelp()}

Exit codes: 0 ok, 1 not healthy, not signed so or not passed, 2 bad input or failed start`

const verbs = 'start, healthcheck, run, validate, sign or verify'

/** The command. Sets the exit code; a failed start is one line on stderr. */
export async function main(args: readonly string[]): Promise<void> {
  if (args.includes('--help') || args.includes('-h')) return console.log(usage)
  const [verb, ...rest] = args[0]?.startsWith('-') === false ? args : ['start', ...args]
  try {
    if (verb === 'start') await start(rest)
    else if (verb === 'healthcheck') await healthcheck(rest)
    else if (verb === 'sign' || verb === 'verify') await (verb === 'sign' ? sign : verify)(rest)
    else if (verb === 'run' || verb === 'validate') await scenarios(verb, rest)
    else throw new ConfigError(`found "${verb}", expected ${verbs}; --help tells more`)
  } catch (error) {
    console.error(`midtrans-emulator: ${explain(error)}`)
    process.exitCode = 2
  }
}

async function start(args: readonly string[]): Promise<void> {
  // A health check, which runs every few seconds, does without all of this.
  const { openEmulator } = await import('./emulator.ts')
  const config = readConfig(args)
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

function readyLine(url: string, { admin }: Config): string {
  const more = admin ? `  dashboard ${url}/  admin ${url}/__admin` : ''
  return `midtrans-emulator is ready: Core API ${url}/v2${more}`
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

async function scenarios(verb: 'run' | 'validate', args: readonly string[]): Promise<void> {
  const { runScenarios, validateScenarios } = await import('./scenario-commands.ts')
  if (verb === 'run') process.exitCode = (await runScenarios(args)) ? 0 : 1
  else process.exitCode = (await validateScenarios(args)) ? 0 : 2
}

async function sign(args: readonly string[]): Promise<void> {
  const { key, body } = await readSigned(args)
  const objection = objectionToSigning(body)
  if (objection) throw new ConfigError(objection)
  console.log(JSON.stringify(signed(body, key)))
}

async function verify(args: readonly string[]): Promise<void> {
  const { key, body } = await readSigned(args)
  const { isValid, why } = checkSignature(body, key)
  console.log([isValid ? 'valid' : 'not valid', ...why].join('\n'))
  process.exitCode = isValid ? 0 : 1
}

/** The key, and the notification on stdin. */
async function readSigned(args: readonly string[]): Promise<{ key: string; body: object }> {
  const key = /^--key=(.+)$/.exec(args[0] ?? '')?.[1] ?? (args[0] === '--key' ? args[1] : undefined)
  if (!key) throw new ConfigError('found no --key, expected --key SERVER_KEY')
  const text = await readText(process.stdin)
  try {
    const body: unknown = JSON.parse(text)
    if (typeof body === 'object' && body !== null && !Array.isArray(body)) return { key, body }
  } catch {
    // Told below, as for JSON that is no object.
  }
  throw new ConfigError(`found ${text.trim() === '' ? 'nothing' : 'something else'} on stdin, expected a JSON object`)
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
