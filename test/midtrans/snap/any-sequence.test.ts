import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Problem } from '../../../src/control/admin/problem.ts'
import { GatewayError } from '../../../src/midtrans/errors.ts'
import { isOver } from '../../../src/midtrans/payments/transaction.ts'
import { cancelSession, createSession, paymentOf } from '../../../src/midtrans/snap/operations.ts'
import { pressSnapPanel } from '../../../src/midtrans/snap/page/panel-operations.ts'
import { standingOf } from '../../../src/midtrans/snap/page/stage.ts'
import { chooseAgain, linkFromSnap, payByQr, payFromSnap } from '../../../src/midtrans/snap/paying-operations.ts'
import type { Sandbox } from '../../../src/sandbox.ts'
import { anyOperation, perform } from '../any-operation.ts'
import { checkBooks, checkStatusAgrees, Told } from '../invariants.ts'
import { newSandbox } from '../world-of-a-test.ts'

const pick = fc.nat({ max: 99 })
const users = ['customer-1', 'customer-2']
const phones = ['628215023424', '628242014881', '628103001242', '6285555000111', '123450001']

const snapStep = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('snap-create' as const),
      orderId: fc.constantFrom('order-1', 'order-2', 'snap-1', 'snap-2', 'snap-3'),
      amount: fc.constantFrom(1, 99_999, 100_000, 9_000_000),
      userId: fc.constantFrom(...users),
      tokenization: fc.boolean(),
      enforced: fc.boolean(),
      expiry: fc.option(fc.constantFrom({ durationMs: 20_000 }, { durationMs: 7_200_000 }), { nil: undefined }),
      allows: fc.constantFrom(undefined, ['gopay'], ['qris']),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constantFrom('snap-pay' as const, 'snap-qr' as const, 'snap-again' as const, 'snap-cancel' as const),
      which: pick,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('snap-link' as const), which: pick, phone: fc.constantFrom(...phones) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('snap-panel' as const),
      which: pick,
      press: fc.constantFrom(
        'finish' as const,
        'finish' as const,
        'deny' as const,
        'cancel' as const,
        'expire' as const,
      ),
    }),
  },
)
type SnapStep = typeof snapStep extends fc.Arbitrary<infer T> ? T : never

/** As the API and the page do. Throws where the emulator refuses. */
function performSnap(sandbox: Sandbox, step: SnapStep): void {
  if (step.do === 'snap-create') {
    const { orderId, amount, userId, tokenization, enforced, expiry, allows } = step
    const gopay = { tokenization, enforced }
    const terms = { orderId, amount, userId, gopay, expiry, callbacks: {}, ...(allows && { enabledPayments: allows }) }
    sandbox.perform(createSession, { ...terms, notificationUrls: { override: [], append: [] } })
    return
  }
  const sessions = [...sandbox.state.snapSessions.values()]
  const token = sessions[step.which % Math.max(1, sessions.length)]?.id ?? 'nothing'
  const visit = { token, returnUrl: 'http://emulator.test/snap', locale: 'id-ID' } as const
  switch (step.do) {
    case 'snap-pay':
      sandbox.perform(payFromSnap, visit)
      return
    case 'snap-qr':
      sandbox.perform(payByQr, visit)
      return
    case 'snap-again':
      sandbox.perform(chooseAgain, visit)
      return
    case 'snap-cancel':
      sandbox.perform(cancelSession, token)
      return
    case 'snap-link':
      sandbox.perform(linkFromSnap, { ...visit, phone: step.phone })
      return
    case 'snap-panel':
      sandbox.perform(pressSnapPanel, { ...visit, press: step.press })
  }
}

function isPaidOrder({ transactionOf }: Sandbox['state'], orderId: string): boolean {
  const payment = transactionOf.latest(orderId)
  return payment !== undefined && payment.status !== 'pending' && !isOver(payment)
}

/** What must hold of each session between any two steps. */
function checkSessions({ state, clock }: Sandbox): void {
  for (const session of state.snapSessions.values()) {
    const { id, status, expiresAt, amount, orderId } = session
    expect(state.timers.get(`snap-expiry:${id}`)?.dueAt).toBe(status === 'open' ? expiresAt : undefined)
    if (status === 'open') expect(expiresAt).toBeGreaterThanOrEqual(clock.now())
    const isPaid = isPaidOrder(state, orderId)
    if (status === 'open') expect(standingOf(state, session).stage === 'paid').toBe(isPaid)
    const payment = paymentOf(state, session)
    if (!payment) continue
    expect(payment).toMatchObject({ amount, orderId, snapToken: id })
    // Paid from the wallet of this customer, and of nobody else.
    const account = payment.accountId === undefined ? undefined : state.accounts.get(payment.accountId)
    expect(account?.userId).toBe(account && session.userId)
  }
}

test('whatever happens on Snap pages, among all else, money, messages and sessions stay right', async () => {
  const anyStep = fc.oneof({ weight: 3, arbitrary: snapStep }, { weight: 1, arbitrary: anyOperation })
  await fc.assert(
    fc.asyncProperty(fc.array(anyStep, { minLength: 20, maxLength: 120, size: 'max' }), async (steps) => {
      const { sandbox, sent, failures } = newSandbox()
      const told = new Told(sandbox)
      try {
        for (const step of steps) {
          const before = JSON.stringify([
            ...sandbox.state.transactions.values(),
            ...sandbox.state.ledgerEntries.values(),
          ])
          try {
            if (step.do.startsWith('snap-')) performSnap(sandbox, step as SnapStep)
            else await perform(sandbox, step as Parameters<typeof perform>[1])
          } catch (error) {
            if (!(error instanceof GatewayError) && !(error instanceof Problem)) throw error
            const after = JSON.stringify([
              ...sandbox.state.transactions.values(),
              ...sandbox.state.ledgerEntries.values(),
            ])
            expect(after).toBe(before)
          }
          checkBooks(sandbox)
          checkSessions(sandbox)
        }
        await sandbox.time.advanceTo(sandbox.clock.now() + 8 * 86_400_000)
        checkBooks(sandbox)
        expect([...sandbox.state.timers.values()]).toEqual([])
        const arrived = Map.groupBy(sent, ({ transaction_id, account_id = transaction_id }) => account_id)
        const statuses = [...arrived].map(
          ([id, bodies]) => [id, bodies.map((body) => body.transaction_status ?? body.account_status)] as const,
        )
        expect(new Map(statuses)).toEqual(told.expected)
        checkStatusAgrees(sandbox)
        expect(failures).toEqual([])
      } finally {
        await sandbox.close()
      }
    }),
    { numRuns: 100 },
  )
})
