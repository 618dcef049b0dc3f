import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { constants, tmpdir } from 'node:os'
import { join } from 'node:path'
import { send } from '../client/http.ts'
import { environmentOfChild, isStartedByNpm, readConfig, unknownVariables } from '../config/index.ts'
import { type Emulator, openEmulator } from '../emulator.ts'
import { whenOrphaned } from '../engine/time/orphan.ts'
import { clients, settingsOf } from './client-env.ts'
import { writeFiles } from './client-files.ts'
import { explain } from './explain.ts'
import { CommandError, defineVerb } from './verb.ts'

/** How much is told when the command has failed: of each sandbox so many orders and accounts, and lines of each. */
const shownSandboxes = 5
const shownStories = 5
const shownLines = 40

export const verb = defineVerb({
  takesSettings: true,
  operands: '-- COMMAND...',
  more: [
    'The command finds the emulator at MIDTRANS_EMULATOR_URL. It listens on a free port, unless one is set.',
    'Ends as the command does; with 2 if the emulator cannot be started, or there is no such command.',
    'If the command fails, stderr tells what happened to the latest orders and accounts, failures first.',
    'With --tls, clients that know Midtrans alone reach it as well: the command finds proxy and trust in its environment.',
  ].join('\n'),
  examples: ['midtrans-emulator exec -- npm test'],
  exitCodes: 'that of the command, 128 and more where a signal has ended it; 2 failed start, or no such command',
  async run({ settings, operands: [command, ...args] }) {
    if (command === undefined) throw new CommandError('found no command, expected one after --: exec -- npm test')
    for (const line of unknownVariables()) console.error(`midtrans-emulator: ${line}`)
    const config = await readConfig(settings, undefined, { port: 0 })
    const emulator = await openEmulator(config)
    try {
      const { url, authority } = emulator
      await using folder = authority === undefined ? undefined : await temporaryFolder()
      const code = await runChild(command, args, {
        ...(authority && folder && (await unchangedClients(url, authority, folder.path))),
        MIDTRANS_EMULATOR_URL: url,
        ...(config.admin?.token && { MIDTRANS_EMULATOR_ADMIN_TOKEN: config.admin.token }),
      })
      if (code !== 0 && config.admin) await tellStories(emulator, config.admin.token)
      await closeAfter(code, emulator)
      return code
    } catch (error) {
      await emulator.close().catch(() => {})
      throw error
    }
  },
})

/** What goes wrong at the end is told; how a command has failed counts for more. */
async function closeAfter(code: number, emulator: Emulator): Promise<void> {
  try {
    await emulator.close()
  } catch (error) {
    if (code === 0) throw error
    console.error(`midtrans-emulator: ${explain(error)}`)
  }
}

/** What has clients of all languages trust the emulator and take it for Midtrans; Java needs a trust store: `env java`. */
async function unchangedClients(url: string, authority: string, folder: string) {
  const files = await writeFiles(folder, authority)
  const all = clients.filter((client) => client !== 'java')
  return Object.assign({}, ...all.map((client) => settingsOf(client, files, new URL(url)).variables)) as Variables
}

type Variables = Readonly<Record<string, string>>

async function temporaryFolder() {
  const path = await mkdtemp(join(tmpdir(), 'midtrans-emulator-'))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
}

/** Runs a command until it ends, with the terminal and the signals of this process. Resolves with its exit code. */
function runChild(command: string, args: readonly string[], variables: Variables) {
  const child = spawn(command, args, {
    stdio: 'inherit',
    env: environmentOfChild(variables),
    // There npm is npm.cmd, which a shell alone can start.
    shell: process.platform === 'win32',
  })
  // A terminal sends its Ctrl-C to both by itself.
  const handOn = (signal: NodeJS.Signals) => {
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal)
  }
  // What npm has started is told nothing of the end of npm.
  if (isStartedByNpm()) whenOrphaned(() => child.kill())
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const signal of signals) process.on(signal, handOn)
  return new Promise<number>((resolve, reject) => {
    child.on('error', (error: NodeJS.ErrnoException) =>
      reject(new CommandError(`${command} cannot be run (${error.code ?? error.message})`)),
    )
    child.on('close', (code, signal) => resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])))
  }).finally(() => {
    for (const signal of signals) process.off(signal, handOn)
  })
}

/** What happened in the latest sandboxes, for whoever reads the log of a failed run. Nothing here changes how exec ends. */
async function tellStories({ url, sandboxes }: Emulator, adminToken: string): Promise<void> {
  const path = `/__admin/stories?stories=${shownStories}&lines=${shownLines}`
  for (const { serverKey, settings } of sandboxes.usual.slice(-shownSandboxes)) {
    const { body } = await send({ url, serverKey, adminToken }, 'GET', path).catch((error) => ({
      body: explain(error),
    }))
    console.error(`\nmidtrans-emulator: what happened in the sandbox ${settings.merchantId}\n${body}`)
  }
}
