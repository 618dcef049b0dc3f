import { mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileStore } from '../../../src/engine/store/file.ts'
import type { Place } from './store.contract.ts'

export interface Folder extends Place {
  readonly path: string
  /** The names of all files in it. */
  files(): Promise<readonly string[]>
  bytes(): Promise<number>
}

/** A folder of its own below the system's temporary one, with a file store in it; removed with all its contents. */
export async function newFolder(): Promise<Folder> {
  const parent = await mkdtemp(join(tmpdir(), 'midtrans-emulator-'))
  const path = join(parent, 'sandbox')
  const files = async () => (await readdir(path)).sort()
  return {
    path,
    open: () => fileStore(path),
    files,
    async bytes() {
      const sizes = (await files()).map(async (name) => (await stat(join(path, name))).size)
      return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
    },
    [Symbol.asyncDispose]: () => rm(parent, { recursive: true, force: true }),
  }
}

/** Puts a file where a folder was: nothing can be written then, not even by root. Gives the way back. */
export async function takeAway(path: string): Promise<() => Promise<void>> {
  await rename(path, `${path}.away`)
  await writeFile(path, 'in the way')
  return async () => {
    await rm(path)
    await rename(`${path}.away`, path)
  }
}
