import type { Store, StoredRecord } from './store.ts'

/** Keeps everything for as long as the object lives. */
export function memoryStore(): Store {
  const records = new Map<string, StoredRecord>()
  return {
    load: async () => [...records.values()],
    keep(step) {
      for (const record of step) {
        const key = `${record.collection}/${record.id}`
        if (record.value === undefined) records.delete(key)
        else records.set(key, record)
      }
    },
    settled: () => undefined,
    close: async () => {},
  }
}
