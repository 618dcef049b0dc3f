import { existsSync } from 'node:fs'
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { dirname, join, resolve } from 'node:path'

/** The folder is another process's. */
export class FolderInUse extends Error {
  override readonly name = 'FolderInUse'
}

interface Holder {
  readonly pid: number
  readonly host: string
}

/**
 * Makes a folder where needed, and takes it for this process alone: two that write to one folder would overwrite each
 * other's files. Rejects with FolderInUse, or where nothing can be written. A lock whose process has died, or that
 * comes from another machine or container, is taken over.
 */
export async function openDataFolder(folder: string): Promise<{ release(): Promise<void> }> {
  await makeFolder(resolve(folder))
  const lock = join(folder, 'lock')
  const self: Holder = { pid: process.pid, host: hostname() }
  try {
    await writeFile(lock, JSON.stringify(self), { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    const holder = await readHolder(lock)
    if (holder && holder.host === self.host && holder.pid !== self.pid && isAlive(holder.pid)) {
      throw new FolderInUse(`${folder} is in use by process ${holder.pid}; if that is no emulator, remove ${lock}`)
    }
    await writeFile(lock, JSON.stringify(self))
  }
  return { release: () => rm(lock, { force: true }) }
}

async function makeFolder(folder: string): Promise<void> {
  if (existsSync(folder) && (await stat(folder)).isDirectory()) return
  // Step by step: a recursive mkdir never comes back from places such as /proc.
  if (!existsSync(dirname(folder))) await makeFolder(dirname(folder))
  await mkdir(folder, { mode: 0o700 })
}

async function readHolder(lock: string): Promise<Holder | undefined> {
  try {
    return JSON.parse(await readFile(lock, 'utf8'))
  } catch {
    return undefined
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // Somebody else's process is alive as well.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
