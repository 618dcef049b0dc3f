import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const cli = fileURLToPath(new URL('../../src/cli.ts', import.meta.url))

export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** The command as a process of its own; killed, if it still runs, when the test is over. */
export interface Command {
  readonly pid: number | undefined
  /** Where it listens, from its ready line; rejects when it ends before. */
  readonly ready: Promise<string>
  readonly ended: Promise<Ended>
  /** What it has printed so far. */
  readonly output: Pick<Ended, 'stdout' | 'stderr'>
  /** What it has printed first; rejects when it ends before. */
  readonly firstLine: Promise<string>
  /** Sends the signal, and resolves when the process is gone. */
  end(signal: NodeJS.Signals): Promise<Ended>
  [Symbol.asyncDispose](): Promise<void>
}

/** Runs `midtrans-emulator` with these arguments. Of the environment only what is given here reaches it. */
export function runCommand(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  folder = process.cwd(),
): Command {
  const child = spawn(process.execPath, [cli, ...args], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] })
  const output = { stdout: '', stderr: '' }
  const { promise: ready, resolve: isReady, reject: isNotReady } = Promise.withResolvers<string>()
  // A test that expects the command to fail does not wait for it to be ready.
  ready.catch(() => {})
  const { promise: firstLine, resolve: hasPrinted, reject: hasNotPrinted } = Promise.withResolvers<string>()
  firstLine.catch(() => {})
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output.stdout += text
    const [line, ...more] = output.stdout.split('\n')
    if (more.length > 0) hasPrinted(line ?? '')
    const url = /^midtrans-emulator is ready: Core API (\S+)\/v2\b.*\n/m.exec(output.stdout)?.[1]
    if (url) isReady(url)
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output.stderr += text
  })
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (code) => {
      isNotReady(new Error(`ended with ${code} before it was ready: ${output.stderr}`))
      hasNotPrinted(new Error(`ended with ${code} and printed no line: ${output.stderr}`))
      resolve({ code, ...output })
    })
  })
  const end = (signal: NodeJS.Signals) => {
    child.kill(signal)
    return ended
  }
  return {
    pid: child.pid,
    ready,
    firstLine,
    ended,
    output,
    end,
    async [Symbol.asyncDispose]() {
      if (isRunning(child)) await end('SIGKILL')
    },
  }
}

const isRunning = ({ exitCode, signalCode }: ChildProcess) => exitCode === null && signalCode === null
