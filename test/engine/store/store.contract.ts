import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Store, StoredRecord } from '../../../src/engine/store/store.ts'

/** Where a store keeps things. What one store of a place was given, the next one that is opened there gives back. */
export interface Place extends AsyncDisposable {
  open(): Store
}

export const record = (id: string, rank: number, value: unknown, collection = 'items'): StoredRecord => ({
  collection,
  id,
  rank,
  value,
})

/** Loading may give records in any order: sorted, they can be compared. */
export async function loadSorted(store: Store): Promise<readonly StoredRecord[]> {
  const key = ({ collection, id }: StoredRecord) => `${collection}/${id}`
  return [...(await store.load())].sort((one, other) => (key(one) < key(other) ? -1 : 1))
}

/** What every store has to do, whatever it keeps its records in. */
export function storeContract(newPlace: () => Promise<Place>): void {
  /** What is there when the place is opened again after these steps. */
  async function reopened(...steps: readonly StoredRecord[][]): Promise<readonly StoredRecord[]> {
    await using place = await newPlace()
    const store = place.open()
    await store.load()
    for (const step of steps) store.keep(step)
    await store.close()
    return loadSorted(place.open())
  }

  test('a new place is empty', async () => {
    await using place = await newPlace()
    expect(await place.open().load()).toEqual([])
  })

  test('of a place that was discarded nothing is left, and nothing comes to it', async () => {
    await using place = await newPlace()
    const store = place.open()
    await store.load()
    store.keep([record('a', 1, {})])
    const discarded = store.discard()
    store.keep([record('b', 2, {})])
    await discarded
    store.keep([record('c', 3, {})])
    await store.close()
    expect(await place.open().load()).toEqual([])
  })

  test('of each record the latest value is given back, with its rank', async () => {
    expect(await reopened([record('a', 1, { of: 1 }), record('b', 2, { of: 1 })], [record('a', 1, { of: 2 })])).toEqual(
      [record('a', 1, { of: 2 }), record('b', 2, { of: 1 })],
    )
  })

  test('within one step the last line of a record counts', async () => {
    const steps = [record('a', 1, { of: 1 }), record('a', 1, undefined), record('a', 1, { of: 2 })]
    expect(await reopened(steps)).toEqual([record('a', 1, { of: 2 })])
  })

  test('a removed record is gone', async () => {
    const put = [record('a', 1, { of: 1 }), record('b', 2, { of: 1 })]
    expect(await reopened(put, [record('a', 1, undefined)])).toEqual([record('b', 2, { of: 1 })])
  })

  test('a record that is removed and put again later has its new rank', async () => {
    expect(
      await reopened([record('a', 1, { of: 1 })], [record('a', 1, undefined)], [record('a', 5, { of: 2 })]),
    ).toEqual([record('a', 5, { of: 2 })])
  })

  test('records of two collections with the same id are two records', async () => {
    const both = [record('a', 1, { in: 'x' }, 'x'), record('a', 1, { in: 'y' }, 'y')]
    expect(await reopened(both, [record('a', 1, undefined, 'x')])).toEqual([record('a', 1, { in: 'y' }, 'y')])
  })

  test('values and ids come back as they were, whatever stands in them', async () => {
    const text = 'line\nbreak, ],\n[ "quotes" \\ \u2028 é 漢字 🐟 \ud800'
    const value = { text, list: [1, [], {}, null], nested: { yes: true, no: false, small: -1.5e-7 }, empty: '' }
    expect(await reopened([record(text, 1, value)])).toEqual([record(text, 1, value)])
  })

  test('once all is safe there is nothing to wait for', async () => {
    await using place = await newPlace()
    const store = place.open()
    await store.load()
    expect(store.settled()).toBeUndefined()
    store.keep([record('a', 1, {})])
    await store.settled()
    expect(store.settled()).toBeUndefined()
    await store.close()
  })

  test('what is settled is there although the store was never closed', async () => {
    await using place = await newPlace()
    const store = place.open()
    await store.load()
    store.keep([record('a', 1, { of: 1 })])
    await store.settled()
    expect(await place.open().load()).toEqual([record('a', 1, { of: 1 })])
  })

  test('whatever is kept, and however often it is opened again, a place holds what a naive model holds', async () => {
    const change = fc.record({
      collection: fc.constantFrom('x', 'y'),
      id: fc.constantFrom('a', 'b', 'c'),
      value: fc.option(fc.record({ of: fc.nat(9) }), { nil: undefined }),
    })
    const run = fc.record({ steps: fc.array(fc.array(change, { minLength: 1, maxLength: 4 }), { maxLength: 4 }) })
    await fc.assert(
      fc.asyncProperty(fc.array(run, { maxLength: 4 }), async (runs) => {
        await using place = await newPlace()
        const model = new Map<string, StoredRecord>()
        let rank = 0
        for (const { steps } of runs) {
          const store = place.open()
          expect(await loadSorted(store)).toEqual([...model.values()].sort(byKey))
          for (const changes of steps) {
            const step = changes.map((each) => ({ ...each, rank: ++rank }))
            for (const each of step) {
              if (each.value) model.set(`${each.collection}/${each.id}`, each)
              else model.delete(`${each.collection}/${each.id}`)
            }
            store.keep(step)
          }
          await store.close()
        }
        expect(await loadSorted(place.open())).toEqual([...model.values()].sort(byKey))
      }),
      { numRuns: 40 },
    )
  })
}

const byKey = (one: StoredRecord, other: StoredRecord) =>
  `${one.collection}/${one.id}` < `${other.collection}/${other.id}` ? -1 : 1
