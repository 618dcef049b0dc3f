import { existsSync } from 'node:fs'
import { link, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { newId } from '../ids.ts'

/** The folder is somebody else's. */
export class FolderInUse extends Error {
  override readonly name = 'FolderInUse'
}

interface Holder {
  readonly pid: number
  readonly host: string
}

/** Folders of this process: its own id in a lock says nothing about who holds it. */
const ownFolders = new Set<string>()

/**
 * Makes a folder where needed, and takes it for one emulator alone: two that write to one folder would overwrite each
 * other's files. Rejects with FolderInUse, or where nothing can be written. A lock whose process has died, or that
 * comes from another machine or container, is taken over.
 */
export async function openDataFolder(path: string): Promise<{ release(): Promise<void> }> {
  const folder = resolve(path)
  await makeFolder(folder)
  if (ownFolders.has(folder)) throw new FolderInUse(`${path} is in use by another emulator of this process`)
  ownFolders.add(folder)
  const lock = join(folder, 'lock')
  try {
    await takeLock(path, lock)
  } catch (error) {
    ownFolders.delete(folder)
    throw error
  }
  return {
    async release() {
      await rm(lock, { force: true })
      ownFolders.delete(folder)
    },
  }
}

/** A lock appears by linking a finished file: whoever sees it can read it. */
async function takeLock(folder: string, lock: string): Promise<void> {
  const mine = `${lock}.${newId()}`
  const old = `${lock}.${newId()}`
  await writeFile(mine, JSON.stringify({ pid: process.pid, host: hostname() } satisfies Holder), { mode: 0o600 })
  try {
    for (;;) {
      if (await linked(mine, lock)) return
      const holder = await readHolder(lock)
      if (isAlive(holder)) throw inUse(folder, holder, lock)
      await rename(lock, old).catch(ignoreMissing)
      // Somebody may have been faster, and what was moved away is a good lock: it goes back.
      const moved = await readHolder(old)
      if (isAlive(moved)) {
        await linked(old, lock)
        throw inUse(folder, moved, lock)
      }
    }
  } finally {
    await Promise.all([rm(mine, { force: true }), rm(old, { force: true })])
  }
}

async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

const inUse = (folder: string, holder: Holder | undefined, lock: string) =>
  new FolderInUse(`${folder} is in use by process ${holder?.pid}; if that is no emulator, remove ${lock}`)

async function makeFolder(folder: string): Promise<void> {
  if (existsSync(folder) && (await stat(folder)).isDirectory()) return
  // Step by step: a recursive mkdir never comes back from places such as /proc.
  if (!existsSync(dirname(folder))) await makeFolder(dirname(folder))
  await mkdir(folder, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    // Two that start at once may both have found it missing.
    if (error.code !== 'EEXIST' || !existsSync(join(folder, '.'))) throw error
  })
}

/** Undefined where there is no lock, or none that can be read: a crash of the machine may have left it empty. */
async function readHolder(lock: string): Promise<Holder | undefined> {
  try {
    return JSON.parse(await readFile(lock, 'utf8'))
  } catch {
    return undefined
  }
}

/** This process's own id is a leftover, of a process that had the same one: in containers it is often 1. */
function isAlive(holder: Holder | undefined): boolean {
  if (!holder || holder.host !== hostname() || holder.pid === process.pid) return false
  try {
    process.kill(holder.pid, 0)
    return true
  } catch (error) {
    // Somebody else's process is alive as well.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error
}
