import { fileStore } from '../../../src/engine/store/file.ts'

/**
 * Run as a process of its own, to be killed at any moment: writes steps of three records, and prints the number of
 * each step that the store says is safe.
 */
const [folder = ''] = process.argv.slice(2)
const store = fileStore(folder)
await store.load()
for (let number = 1; ; number++) {
  const value = { number, text: 'x'.repeat(100) }
  store.keep(['a', 'b', 'c'].map((id, index) => ({ collection: 'items', id, rank: index + 1, value })))
  // Several steps to a write, and a number of files, cleaned, long before the end.
  if (number % 5 !== 0) continue
  await store.settled()
  process.stdout.write(`${number}\n`)
}
