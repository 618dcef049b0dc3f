import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { newFolder } from './folder.ts'

const writer = fileURLToPath(new URL('crash-writer.ts', import.meta.url))

/** Runs the writer until it has said that this step is safe, kills it, and gives the last step that it called safe. */
async function killedAfter(folder: string, step: number): Promise<number> {
  const child = spawn(process.execPath, [writer, folder], { stdio: ['ignore', 'pipe', 'inherit'] })
  const gone = once(child, 'exit')
  let safe = 0
  for await (const line of createInterface(child.stdout)) {
    safe = Number(line)
    if (safe >= step) child.kill('SIGKILL')
  }
  await gone
  return safe
}

test.each([5, 1_000, 4_000])(
  'a process killed after %i steps has lost none that was safe, and left none half done',
  async (step) => {
    await using folder = await newFolder()
    const safe = await killedAfter(folder.path, step)
    expect(safe).toBeGreaterThanOrEqual(step)
    const numbers = (await folder.open().load()).map(({ value }) => (value as { number: number }).number)
    expect(numbers).toHaveLength(3)
    expect(new Set(numbers).size, 'all records are of the same step').toBe(1)
    expect(numbers[0]).toBeGreaterThanOrEqual(safe)
  },
)
