import fc from 'fast-check'
import { expect, test } from 'vitest'
import { givePayer } from '../../../src/control/payers.ts'
import { unbind } from '../../../src/midtrans/accounts/operations.ts'
import { paymentOptionToken } from '../../../src/midtrans/accounts/payment-option-token.ts'
import { GatewayError } from '../../../src/midtrans/errors.ts'
import { cancel, create, disable, enable, update } from '../../../src/midtrans/subscriptions/operations.ts'
import { timeOf } from '../../../src/midtrans/subscriptions/schedule.ts'
import type { Subscription } from '../../../src/midtrans/subscriptions/subscription.ts'
import type { Sandbox } from '../../../src/sandbox.ts'
import { perform } from '../any-operation.ts'
import { checkBooks } from '../invariants.ts'
import { newSandbox } from '../world-of-a-test.ts'
import { phone } from './subscriber.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const anyStep = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('create' as const),
      interval: fc.integer({ min: 1, max: 3 }),
      unit: fc.constantFrom('day' as const, 'week' as const, 'month' as const),
      maxInterval: fc.constantFrom(undefined, 0, 1, 3),
      retry: fc.record({
        interval: fc.integer({ min: 1, max: 2 }),
        unit: fc.constantFrom('hour' as const, 'day' as const),
        maxInterval: fc.integer({ min: 0, max: 3 }),
      }),
      amount: fc.constantFrom(1, 20_000, 500_000),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom('disable' as const, 'enable' as const, 'cancel' as const),
      which: fc.nat(9),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('update' as const),
      which: fc.nat(9),
      interval: fc.constantFrom(undefined, 1, 2),
      inHours: fc.constantFrom(undefined, 0, 1, 100),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('balance' as const), balance: fc.constantFrom(0, 30_000, 5_000_000) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('unbind' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('link' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('rules' as const),
      outcomes: fc.array(fc.constantFrom('deny', '402', 'gopay:112', '500'), { maxLength: 2 }),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('advance' as const), hours: fc.constantFrom(1, 5, 24, 100, 800) }),
  },
)
type Step = typeof anyStep extends fc.Arbitrary<infer T> ? T : never

async function take(sandbox: Sandbox, step: Step): Promise<void> {
  const { state, clock } = sandbox
  const all = [...state.subscriptions.values()]
  const id = 'which' in step ? (all[step.which % Math.max(1, all.length)]?.id ?? 'nothing') : ''
  const account = state.enabledAccountOf.latest(phone)
  const payer = state.payers.get(phone)
  const option = payer?.options[0]
  const token = account && payer && option ? paymentOptionToken(account, payer, option) : 'none'
  switch (step.do) {
    case 'create': {
      const { do: _, retry, ...wish } = step
      sandbox.perform(create, { ...wish, name: 'any', token, accountId: account?.id ?? 'nobody', retrySchedule: retry })
      return
    }
    case 'disable':
      sandbox.perform(disable, id)
      return
    case 'enable':
      sandbox.perform(enable, id)
      return
    case 'cancel':
      sandbox.perform(cancel, id)
      return
    case 'update': {
      const nextAt = step.inHours === undefined ? undefined : clock.now() + step.inHours * hourMs
      const change = { name: 'changed', amount: 20_000, token, interval: step.interval, nextAt }
      sandbox.perform((world) => update(world, id, change), undefined)
      return
    }
    case 'balance':
      givePayer(sandbox, { phone, balance: step.balance })
      return
    case 'unbind':
      sandbox.perform(unbind, { accountId: account?.id ?? 'nobody' })
      return
    case 'link':
      await perform(sandbox, { do: 'link', phone, walks: true })
      return
    case 'rules':
      sandbox.setRules(
        step.outcomes.map((outcome) => ({ source: 'api', match: { operation: 'charge' }, outcome, times: 2 })),
      )
      return
    case 'advance':
      await sandbox.time.advanceTo(clock.now() + step.hours * hourMs)
  }
}

/** What must hold between any two steps. */
function check(sandbox: Sandbox): void {
  const { state, timers, clock } = sandbox
  checkBooks(sandbox)
  for (const subscription of state.subscriptions.values()) {
    const { id, status, retries, nextAt, charges, retrySchedule, previousAt } = subscription
    const [charge, retry] = [timers.find('subscription-charge', id), timers.find('subscription-retry', id)]
    // A charge that failed is tried again, or else the next one is planned: never both.
    expect(retry !== undefined).toBe(retries !== undefined)
    expect(charge?.dueAt).toBe(status === 'active' && retries === undefined ? nextAt : undefined)
    if (status === 'active') expect(nextAt).toBeGreaterThan(retries === undefined ? clock.now() : 0)
    expect(retries ?? 0).toBeLessThan(Math.max(1, retrySchedule.maxInterval))
    const payments = state.transactionsOfSubscription.all(id)
    const paid = payments.filter((each) => each.status === 'settlement')
    expect(paid).toHaveLength(charges)
    expect(paid.at(-1)?.createdAt).toBe(previousAt)
    // No payer is charged twice at once, nor for a time that has gone by.
    expect(new Set(payments.map(({ createdAt }) => createdAt)).size).toBe(payments.length)
    if (nextAt !== undefined) expect(isOfSchedule(subscription, nextAt)).toBe(true)
    const told = state.notificationOf.all(id).map(({ event }) => event)
    expect(told.filter((event) => event === 'subscription.created')).toHaveLength(1)
    expect(told.length - 1).toBeGreaterThanOrEqual(charges)
  }
}

function isOfSchedule({ countedFromAt, ...rhythm }: Subscription, at: number): boolean {
  const most = Math.ceil((at - countedFromAt) / dayMs) + 1
  return Array.from({ length: most }, (_, count) => timeOf(countedFromAt, rhythm, count)).includes(at)
}

test('whatever is done to subscriptions, each is charged as agreed, one charge after the other', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyStep, { minLength: 10, maxLength: 60, size: 'max' }), async (steps) => {
      const { sandbox, failures } = newSandbox()
      try {
        await perform(sandbox, { do: 'link', phone, walks: true })
        for (const step of steps) {
          const before = JSON.stringify([...sandbox.state.subscriptions.values()])
          try {
            await take(sandbox, step)
          } catch (error) {
            // A refusal leaves no trace; anything else is a bug of ours.
            if (!(error instanceof GatewayError)) throw error
            expect(JSON.stringify([...sandbox.state.subscriptions.values()])).toBe(before)
          }
          check(sandbox)
        }
        for (const { id } of sandbox.state.subscriptions.values()) sandbox.perform(cancel, id)
        expect([...sandbox.state.timers.values()].filter(({ kind }) => kind.startsWith('subscription'))).toEqual([])
        expect(failures).toEqual([])
      } finally {
        await sandbox.close()
      }
    }),
    { numRuns: 60 },
  )
})
