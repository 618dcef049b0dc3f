import type { Store, StoredRecord } from './store.ts'

/** Keeps everything for as long as the object lives. */
export function memoryStore(): Store {
  const collections = new Map<string, Map<string, StoredRecord>>()
  let isDiscarded = false
  return {
    load: async () => [...collections.values()].flatMap((records) => [...records.values()]),
    keep(step) {
      if (isDiscarded) return
      for (const record of step) {
        const records = collections.get(record.collection) ?? new Map<string, StoredRecord>()
        collections.set(record.collection, records)
        if (record.value === undefined) records.delete(record.id)
        else records.set(record.id, record)
      }
    },
    settled: () => undefined,
    close: async () => {},
    async discard() {
      isDiscarded = true
      collections.clear()
    },
  }
}
