import { expect, test } from 'vitest'
import { memoryStore } from '../../../src/engine/store/memory.ts'
import { record, storeContract } from './store.contract.ts'

storeContract(async () => {
  // Memory lasts as long as the object: opening it again is using it on.
  const store = memoryStore()
  return { open: () => store, [Symbol.asyncDispose]: async () => {} }
})

test('memory never keeps anybody waiting', () => {
  const store = memoryStore()
  store.keep([record('a', 1, {})])
  expect(store.settled()).toBeUndefined()
})
