import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { homedir, tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { within } from '../../src/engine/time/deadline.ts'
import { type Inbox, openInbox } from '../../src/testkit/index.ts'
import { root } from './blocks.ts'
import { linkPackages } from './packages.ts'

/** What a block printed, and whether it went well. */
export interface Outcome {
  readonly ok: boolean
  readonly stdout: string
  readonly stderr: string
}

/** Somebody who follows a page: an empty folder, a shell, an emulator with its defaults, and a shop on port 3000. */
export interface Reader {
  readonly folder: string
  readonly inbox: Inbox
  /** Addresses of a page, as they are in this test. */
  here(text: string): string
  /** Runs shell lines in the one shell of the page. After lines that failed there is none any more. */
  shell(lines: string): Promise<Outcome>
  write(name: string, text: string): string
  [Symbol.asyncDispose](): Promise<void>
}

const longest = 30_000

export async function openReader(): Promise<Reader> {
  const folder = mkdtempSync(join(tmpdir(), 'docs-'))
  const state = join(folder, '.docs')
  mkdirSync(state)
  linkPackages(folder)
  const [port, inbox] = await Promise.all([freePort(), openInbox()])
  const shell = openShell(folder, environment(folder, state, port))
  let count = 0
  const reader: Reader = {
    folder,
    inbox,
    here: (text) =>
      text
        .replaceAll(/\b(localhost|127\.0\.0\.1):8765\b/g, `$1:${port}`)
        .replaceAll('http://localhost:3000/', inbox.url)
        .replaceAll('http://localhost:3000', inbox.url.slice(0, -1)),
    async shell(lines) {
      const file = join(state, `${++count}.sh`)
      writeFileSync(file, `${reader.here(lines)}\n`)
      return shell.source(file)
    },
    write(name, text) {
      mkdirSync(dirname(join(folder, name)), { recursive: true })
      writeFileSync(join(folder, name), `${reader.here(text)}\n`)
      return name
    },
    async [Symbol.asyncDispose]() {
      shell.end()
      await inbox.close()
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
  const { ok, stderr } = await reader.shell('midtrans-emulator start >&2')
  if (!ok) throw new Error(`the emulator of the page did not start: ${stderr}`)
  return reader
}

interface Shell {
  source(file: string): Promise<Outcome>
  end(): void
}

function openShell(cwd: string, env: NodeJS.ProcessEnv): Shell {
  const bash = spawn('bash', ['--noprofile', '--norc'], {
    cwd,
    env,
    detached: true,
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  let said = ''
  let heard = () => {}
  bash.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text
    heard()
  })
  bash.on('close', () => heard())
  bash.stdin.on('error', () => {})
  bash.stdin.write('set -e\n')
  return {
    async source(file) {
      said = ''
      const done = new Promise<void>((resolve) => {
        heard = () => (said.includes('done\n') || hasEnded(bash)) && resolve()
      })
      bash.stdin.write(`{ . ${file}; } </dev/null >${file}.out 2>${file}.err; echo done\n`)
      if (hasEnded(bash)) return { ok: false, stdout: '', stderr: 'the shell has ended with an earlier block' }
      const isOver = await within(done, longest, () => new Error('late')).then(
        () => true,
        () => false,
      )
      const read = (ending: string) => readFileSync(`${file}.${ending}`, 'utf8')
      const stderr = isOver ? read('err') : `${read('err')}still runs after ${longest} ms`
      return { ok: said.includes('done\n'), stdout: read('out'), stderr }
    },
    end() {
      // With all that it has started: the group is its own.
      try {
        if (bash.pid !== undefined) process.kill(-bash.pid, 'SIGKILL')
      } catch {
        // Nobody is left.
      }
    },
  }
}

const hasEnded = ({ exitCode, signalCode }: ChildProcess) => exitCode !== null || signalCode !== null

function environment(folder: string, state: string, port: number): NodeJS.ProcessEnv {
  const tools = [join(root, 'test/docs/shims'), dirname(process.execPath), join(root, 'node_modules/.bin')]
  return {
    PATH: [...tools, process.env.PATH].join(delimiter),
    HOME: folder,
    LANG: 'C.UTF-8',
    // Without it Go compiles its own library for each page.
    GOCACHE: process.env.GOCACHE ?? join(homedir(), '.cache/go-build'),
    MIDTRANS_EMULATOR_URL: `http://localhost:${port}`,
    DOCS_CLI: join(root, 'src/cli.ts'),
    DOCS_CURL: realCurl(),
    DOCS_PORT: String(port),
    DOCS_STATE: state,
  }
}

const realCurl = () => execFileSync('sh', ['-c', 'command -v curl || echo curl'], { encoding: 'utf8' }).trim()

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
