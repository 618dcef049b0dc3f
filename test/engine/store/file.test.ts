import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { newFolder } from './folder.ts'
import { loadSorted, record, storeContract } from './store.contract.ts'

storeContract(newFolder)

const idOf = (number: number) => `item-${String(number).padStart(5, '0')}`
/** Records long enough that a few thousand fill several segments. */
const long = (number: number, version = 1) => record(idOf(number), number, { version, text: 'x'.repeat(150) })

test('many steps fill many files, none of them big, and all of them come back', async () => {
  await using folder = await newFolder()
  const store = folder.open()
  await store.load()
  for (let number = 1; number <= 3_000; number++) {
    store.keep([long(number)])
    // Writes of ten steps each: one write is never split over files.
    if (number % 10 === 0) await store.settled()
  }
  await store.close()
  const files = await folder.files()
  expect(files.length).toBeGreaterThan(5)
  expect((await folder.bytes()) / files.length).toBeLessThan(80_000)
  expect(await loadSorted(folder.open())).toEqual(Array.from({ length: 3_000 }, (_, index) => long(index + 1)))
})

test('the folder stays small while one record is rewritten 50,000 times, and nothing else is lost', async () => {
  await using folder = await newFolder()
  const store = folder.open()
  await store.load()
  const cold = Array.from({ length: 200 }, (_, index) => long(index + 1))
  store.keep(cold)
  await store.settled()
  let biggest = 0
  for (let version = 1; version <= 50_000; version++) {
    store.keep([record('zz-hot', 999, { version })])
    if (version % 100 === 0) await store.settled()
    if (version % 5_000 === 0) biggest = Math.max(biggest, await folder.bytes())
  }
  await store.close()
  // 50,000 lines are more than 2 MB. What is valid here has 40 KB, and up to 2,000 outdated lines are let be.
  expect(biggest).toBeLessThan(400_000)
  expect((await folder.files()).length).toBeLessThan(10)
  expect(await loadSorted(folder.open())).toEqual([...cold, record('zz-hot', 999, { version: 50_000 })])
})

test('of records that come and go nothing stays', async () => {
  await using folder = await newFolder()
  const store = folder.open()
  await store.load()
  for (let number = 1; number <= 10_000; number++) {
    store.keep([long(number)])
    store.keep([record(idOf(number), number, undefined)])
    if (number % 100 === 0) await store.settled()
  }
  await store.close()
  expect(await folder.bytes()).toBeLessThan(400_000)
  expect(await folder.open().load()).toEqual([])
})

test('cleaning keeps the latest value of a record that changed twice within the cleaned file', async () => {
  await using folder = await newFolder()
  const store = folder.open()
  await store.load()
  store.keep([record('cold', 1, { version: 1 }), record('removed', 2, { version: 1 })])
  store.keep([record('cold', 1, { version: 2 }), record('removed', 2, undefined)])
  for (let version = 1; version <= 20_000; version++) {
    store.keep([record('hot', 3, { version })])
    if (version % 100 === 0) await store.settled()
  }
  await store.close()
  expect(await folder.files(), 'the first file was cleaned away').not.toContain('00000001.json')
  expect(await loadSorted(folder.open())).toEqual([
    record('cold', 1, { version: 2 }),
    record('hot', 3, { version: 20_000 }),
  ])
})

test('nothing is lost by cleaning, whichever records change and however often the store is opened again', async () => {
  await using folder = await newFolder()
  const model = new Map<string, ReturnType<typeof record>>()
  // A fixed row of numbers that look random: the same run each time.
  let seed = 1
  const below = (limit: number) => {
    seed = (seed * 48_271) % 2_147_483_647
    return seed % limit
  }
  for (let opened = 0; opened < 5; opened++) {
    const store = folder.open()
    expect(await loadSorted(store)).toEqual([...model.values()].sort((one, other) => one.rank - other.rank))
    for (let step = 1; step <= 4_000; step++) {
      // Some records change all the time, others hardly ever.
      const number = below(10) === 0 ? 1 + below(500) : 1 + below(20)
      const changed = below(20) === 0 ? record(idOf(number), number, undefined) : long(number, step)
      if (changed.value) model.set(changed.id, changed)
      else model.delete(changed.id)
      store.keep([changed])
      if (below(40) === 0) await store.settled()
    }
    await store.close()
  }
  expect(await folder.files(), 'the first file was cleaned away').not.toContain('00000001.json')
  expect(await loadSorted(folder.open())).toEqual([...model.values()].sort((one, other) => one.rank - other.rank))
})

test('an opened store never writes into a file of an earlier one', async () => {
  await using folder = await newFolder()
  for (let opened = 1; opened <= 3; opened++) {
    const store = folder.open()
    await store.load()
    store.keep([record('a', 1, { opened })])
    await store.close()
    expect(await folder.files()).toHaveLength(opened)
  }
})

test('steps that come while a write is under way share the next one', async () => {
  await using folder = await newFolder()
  const store = folder.open()
  await store.load()
  store.keep([record('first', 1, {})])
  const first = store.settled()
  // The store begins to write after one turn of the event loop, and this turn comes after its own.
  await turn()
  const ids = Array.from({ length: 100 }, (_, index) => `later-${index}`)
  const waits = ids.map((id, index) => {
    store.keep([record(id, index + 2, {})])
    return store.settled()
  })
  expect(new Set(waits).size).toBe(1)
  expect(waits[0]).toBeInstanceOf(Promise)
  expect(waits[0]).not.toBe(first)
  await waits[0]
  expect(await folder.open().load()).toHaveLength(101)
})

test('what a write that was cut short left behind is ignored, and so is what is not ours', async () => {
  await using folder = await newFolder()
  const store = folder.open()
  await store.load()
  store.keep([record('a', 1, {})])
  await store.close()
  await writeFile(join(folder.path, '.00000001.json.tmp'), '[\n["items","a",1,{"half')
  await writeFile(join(folder.path, '00000002.json.bak'), 'mine')
  await writeFile(join(folder.path, 'notes.txt'), 'mine')
  await mkdir(join(folder.path, 'folder'))
  expect(await folder.open().load()).toEqual([record('a', 1, {})])
})
