import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Problem } from '../../src/control/admin/problem.ts'
import { memoryStore } from '../../src/engine/store/memory.ts'
import type { Store } from '../../src/engine/store/store.ts'
import { GatewayError } from '../../src/midtrans/errors.ts'
import { statusAnswer } from '../../src/midtrans/payments/status.ts'
import type { Sandbox } from '../../src/sandbox.ts'
import { type AnyOperation, anyOperation, perform } from './any-operation.ts'
import { checkBooks, checkStatusAgrees } from './invariants.ts'
import { newSandbox } from './world-of-a-test.ts'

const steps = fc.array(anyOperation, { maxLength: 40, size: 'max' })

/** Does all of it; what is refused is what is expected here as well. */
async function performAll(sandbox: Sandbox, operations: readonly AnyOperation[]): Promise<void> {
  for (const operation of operations) {
    try {
      await perform(sandbox, operation)
    } catch (error) {
      if (!(error instanceof GatewayError) && !(error instanceof Problem)) throw error
    }
  }
  // What is under way arrives.
  await sandbox.time.advanceTo(sandbox.clock.now())
}

/** Of a try real time is kept as well, which is no part of what a sandbox decides. */
const withoutRealTime = (name: string, value: unknown) => (name === 'realAt' || name === 'tookMs' ? 0 : value)

/** All collections in their order, sums, and what indexes find. */
function everything(sandbox: Sandbox): string {
  const { state, clock } = sandbox
  const collections = Map.groupBy(
    state.records.filter(({ collection }) => collection !== 'identity'),
    ({ collection }) => collection,
  )
  const values = Array.from(collections, ([name, records]) => [name, records.map(({ value }) => value)])
  const orders = new Set([...state.transactions.values()].map(({ orderId }) => orderId))
  const asked = [...orders].map((order) => sandbox.perform((world) => statusAnswer(world, order), undefined))
  const sums = [...state.ledger.balances()].sort()
  return JSON.stringify({ now: clock.now(), values, asked, sums, next: sandbox.time.nextDueAt }, withoutRealTime, 1)
}

const linked: readonly AnyOperation[] = [
  { do: 'link', phone: '628215023424', walks: true },
  { do: 'link', phone: '628237435829', walks: true },
]

test('whatever was done since a snapshot, a restore undoes it, and all goes on as without the detour', async () => {
  await fc.assert(
    fc.asyncProperty(steps, steps, steps, async (before, detour, after) => {
      const [straight, around] = [newSandbox({ seed: 'detour' }), newSandbox({ seed: 'detour' })]
      // The clock of both stands at the same time, whenever they were opened.
      around.sandbox.time.setBack(straight.sandbox.clock.now())
      try {
        await performAll(straight.sandbox, [...linked, ...before])
        await performAll(around.sandbox, [...linked, ...before])
        const { snapshot } = around.sandbox
        const kept = everything(around.sandbox)
        expect(kept).toBe(everything(straight.sandbox))

        await performAll(around.sandbox, detour)
        around.sandbox.fill(snapshot)
        expect(everything(around.sandbox)).toBe(kept)
        checkBooks(around.sandbox)

        await performAll(straight.sandbox, after)
        await performAll(around.sandbox, after)
        expect(everything(around.sandbox)).toBe(everything(straight.sandbox))
        await around.sandbox.time.advanceTo(around.sandbox.clock.now() + 86_400_000)
        checkBooks(around.sandbox)
        checkStatusAgrees(around.sandbox)
        expect([...straight.failures, ...around.failures]).toEqual([])
      } finally {
        await Promise.all([straight.sandbox.close(), around.sandbox.close()])
      }
    }),
    { numRuns: 60 },
  )
})

test('a restore that cannot be kept leaves everything as it was, and what follows too', async () => {
  const full = memoryStore()
  let isFull = false
  const store: Store = {
    ...full,
    keep(step) {
      if (isFull) throw new Error('the disk is full')
      full.keep(step)
    },
  }
  const [straight, around] = [newSandbox({ seed: 'failing' }), newSandbox({ seed: 'failing' }, store)]
  around.sandbox.time.setBack(straight.sandbox.clock.now())
  const empty = around.sandbox.snapshot
  const operations = fc.sample(anyOperation, { numRuns: 100, seed: 7 })
  for (const { sandbox } of [straight, around]) await performAll(sandbox, [...linked, ...operations])
  isFull = true
  expect(() => around.sandbox.fill(empty)).toThrow('the disk is full')
  isFull = false
  expect(everything(around.sandbox)).toBe(everything(straight.sandbox))
  for (const { sandbox } of [straight, around]) await performAll(sandbox, operations)
  expect(everything(around.sandbox)).toBe(everything(straight.sandbox))
})
