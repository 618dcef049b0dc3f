import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Problem } from '../../src/control/admin/problem.ts'
import { GatewayError } from '../../src/midtrans/errors.ts'
import { checkStories } from '../control/stories.ts'
import { anyOperation, perform } from './any-operation.ts'
import { checkBooks, checkStatusAgrees, Told } from './invariants.ts'
import { newSandbox } from './world-of-a-test.ts'

const statusOf = (body: Readonly<Record<string, unknown>>) => body.transaction_status ?? body.account_status

test('whatever payers and merchants do, in whatever order, money and messages stay right', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyOperation, { minLength: 20, maxLength: 200, size: 'max' }), async (steps) => {
      const { sandbox, sent, failures } = newSandbox()
      const told = new Told(sandbox)
      try {
        for (const phone of ['628215023424', '628237435829']) {
          await perform(sandbox, { do: 'link', phone, walks: true })
        }
        for (const step of steps) {
          const before = JSON.stringify([
            ...sandbox.state.transactions.values(),
            ...sandbox.state.ledgerEntries.values(),
          ])
          try {
            await perform(sandbox, step)
          } catch (error) {
            // A refusal leaves no trace; anything else is a bug of ours.
            if (!(error instanceof GatewayError) && !(error instanceof Problem)) throw error
            const after = JSON.stringify([
              ...sandbox.state.transactions.values(),
              ...sandbox.state.ledgerEntries.values(),
            ])
            expect(after).toBe(before)
          }
          checkBooks(sandbox)
        }
        await sandbox.time.advanceTo(sandbox.clock.now() + 8 * 86_400_000)
        checkBooks(sandbox)
        expect([...sandbox.state.timers.values()]).toEqual([])
        expect([...sandbox.state.walks.values()]).toEqual([])
        const arrived = Map.groupBy(sent, ({ transaction_id, account_id = transaction_id }) => account_id)
        const statuses = [...arrived].map(([id, bodies]) => [id, bodies.map(statusOf)] as const)
        expect(new Map(statuses)).toEqual(told.expected)
        checkStatusAgrees(sandbox)
        checkStories(sandbox)
        expect(failures).toEqual([])
      } finally {
        await sandbox.close()
      }
    }),
    { numRuns: 100 },
  )
})
