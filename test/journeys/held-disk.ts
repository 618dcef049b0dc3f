import { execFile } from 'node:child_process'
import { open, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

/**
 * Lets the next write of the only sandbox in a data folder hang until it is released: the file store writes to a
 * temporary file first, which is a pipe here that nobody reads. Not on Windows, which has no such pipes.
 */
export async function holdDisk(data: string): Promise<{ release(): Promise<void> }> {
  const folders = (await readdir(data, { withFileTypes: true })).filter((entry) => entry.isDirectory())
  const [folder, other] = folders.map(({ name }) => join(data, name))
  if (!folder || other) throw new Error(`expected one sandbox in ${data}, found ${folders.length}`)
  const segment = (await readdir(folder))
    .filter((name) => /^\d+\.json$/.test(name))
    .sort()
    .at(-1)
  const pipe = join(folder, `.${segment}.tmp`)
  await promisify(execFile)('mkfifo', [pipe])
  return {
    async release() {
      const isHeld = async () => (await stat(pipe).catch(() => undefined))?.isFIFO() ?? false
      // Open for both: that never waits for the other end.
      const handle = await open(pipe, 'r+')
      // The emulator renames the pipe when its write is done. It may never have begun to write.
      for (let looks = 0; looks < 5_000 && (await isHeld()); looks++) await new Promise(setImmediate)
      await handle.close()
    },
  }
}
