import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { within } from '../src/engine/time/deadline.ts'

const root = fileURLToPath(new URL('../', import.meta.url))

/** As `kill` ends one process, and Ctrl-C all that belong to it. */
const ways = [
  ['SIGTERM to npm', (pid: number) => process.kill(pid, 'SIGTERM')],
  ['Ctrl-C', (pid: number) => process.kill(-pid, 'SIGINT')],
] as const

test.skipIf(process.platform === 'win32').each(ways)(
  '%s ends the emulator behind `npm start` within two seconds',
  async (_name, end) => {
    const npm = spawn('npm', ['start', '--', '--port', '0'], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'ignore'],
      detached: true,
    })
    const { pid } = npm
    if (pid === undefined) throw new Error('npm did not start')
    const closed = once(npm, 'close')
    try {
      let text = ''
      while (!/ready: Core API \S+\/v2/.test(text)) text += (await once(npm.stdout, 'data'))[0]
      const url = /Core API (\S+)\/v2/.exec(text)?.[1]
      expect((await fetch(`${url}/livez`)).status).toBe(200)

      end(pid)
      // The emulator holds the other end of the pipe: it closes when both are gone.
      await within(closed, 2_000, () => new Error('the emulator still runs after two seconds'))
      await expect(fetch(`${url}/livez`)).rejects.toThrow()
    } catch (error) {
      process.kill(-pid, 'SIGKILL')
      throw error
    }
  },
)
