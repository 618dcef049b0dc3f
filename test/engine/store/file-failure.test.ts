import { spawn } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { type Folder, newFolder, takeAway } from './folder.ts'
import { loadSorted, record } from './store.contract.ts'

async function openWithFirst(folder: Folder) {
  const store = folder.open()
  await store.load()
  store.keep([record('first', 1, {})])
  await store.settled()
  return store
}

test('who waits for a write that fails is told, and the next write makes it good', async () => {
  await using folder = await newFolder()
  const store = await openWithFirst(folder)
  const giveBack = await takeAway(folder.path)
  store.keep([record('second', 2, {})])
  await expect(store.settled()).rejects.toThrow(/ENOTDIR|EEXIST/)
  store.keep([record('third', 3, {})])
  await expect(store.settled()).rejects.toThrow(/ENOTDIR|EEXIST/)
  await giveBack()
  store.keep([record('fourth', 4, {})])
  await store.settled()
  expect(store.settled()).toBeUndefined()
  expect((await loadSorted(folder.open())).map(({ rank }) => rank).sort()).toEqual([1, 2, 3, 4])
})

test('after a write that failed, waiting is enough to have it tried again', async () => {
  await using folder = await newFolder()
  const store = await openWithFirst(folder)
  const giveBack = await takeAway(folder.path)
  store.keep([record('second', 2, {})])
  await expect(store.settled()).rejects.toThrow(/ENOTDIR|EEXIST/)
  await expect(store.settled(), 'still not safe').rejects.toThrow(/ENOTDIR|EEXIST/)
  await giveBack()
  await store.settled()
  expect(await folder.open().load()).toHaveLength(2)
})

test('a store that could not write at all yet begins as soon as it can', async () => {
  await using folder = await newFolder()
  const giveBack = await takeAway(dirname(folder.path))
  const store = folder.open()
  store.keep([record('first', 1, {})])
  await expect(store.settled()).rejects.toThrow()
  await giveBack()
  await store.close()
  expect(await folder.open().load()).toEqual([record('first', 1, {})])
})

test('a disk that is away for thousands of steps loses none of them', async () => {
  await using folder = await newFolder()
  const store = await openWithFirst(folder)
  const giveBack = await takeAway(folder.path)
  const value = { text: 'x'.repeat(200) }
  for (let rank = 2; rank <= 2_000; rank++) {
    store.keep([record(`item-${rank}`, rank, value)])
    if (rank % 250 === 0) await expect(store.settled()).rejects.toThrow(/ENOTDIR|EEXIST/)
  }
  await expect(store.settled()).rejects.toThrow(/ENOTDIR|EEXIST/)
  await giveBack()
  for (let rank = 2_001; rank <= 2_500; rank++) {
    store.keep([record(`item-${rank}`, rank, value)])
    await store.settled()
  }
  expect(await folder.open().load()).toHaveLength(2_500)
})

test('a write that nobody waits for does not end the process when it fails', async () => {
  await using folder = await newFolder()
  await writeFile(folder.path, 'in the way')
  const store = new URL('../../../src/engine/store/file.ts', import.meta.url)
  // A process of its own: it ends when there is nothing left to do, which is after the write.
  const script = `
    import { fileStore } from ${JSON.stringify(store)}
    fileStore(${JSON.stringify(folder.path)}).keep([{ collection: 'items', id: 'a', rank: 1, value: {} }])
    process.on('exit', (code) => console.log('ended with', code))`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [output, complaint] = await Promise.all([text(child.stdout), text(child.stderr)])
  expect([output, complaint]).toEqual(['ended with 0\n', ''])
})

test('closing a store whose last steps cannot be written says so', async () => {
  await using folder = await newFolder()
  const store = await openWithFirst(folder)
  const giveBack = await takeAway(folder.path)
  store.keep([record('second', 2, {})])
  await expect(store.close()).rejects.toThrow(/ENOTDIR|EEXIST/)
  await giveBack()
})
