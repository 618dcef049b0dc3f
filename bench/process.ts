import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { performance } from 'node:perf_hooks'
import { createInterface } from 'node:readline'

export interface Server {
  readonly port: number
  /** From the start of the process to its first answer. */
  readonly coldStartMs: number
  /** Resident memory now, in MiB. */
  memory(): Promise<number>
  stop(): Promise<void>
}

/** Starts a server that prints its address when it listens, and asks it once. */
export async function startProcess(args: readonly string[]): Promise<Server> {
  const started = performance.now()
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout })
  const [line] = (await once(lines, 'line')) as [string]
  const port = Number(/: ?(\d+)/.exec(line)?.[1])
  await (await fetch(`http://127.0.0.1:${port}/livez`)).arrayBuffer()
  const coldStartMs = performance.now() - started
  return {
    port,
    coldStartMs,
    async memory() {
      const { readFile } = await import('node:fs/promises')
      const status = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => '')
      return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) / 1_024
    },
    async stop() {
      child.kill('SIGTERM')
      if (child.exitCode === null) await once(child, 'exit')
    },
  }
}
