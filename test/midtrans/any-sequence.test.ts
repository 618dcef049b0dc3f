import fc from 'fast-check'
import { expect, test } from 'vitest'
import { answerLink, link, unbind } from '../../src/midtrans/accounts/operations.ts'
import { paymentOptionToken } from '../../src/midtrans/accounts/payment-option-token.ts'
import { GatewayError } from '../../src/midtrans/errors.ts'
import { chargeGopay } from '../../src/midtrans/payments/methods/gopay.ts'
import { answerPayment, cancel, capture, expire } from '../../src/midtrans/payments/operations.ts'
import type { PageAnswer } from '../../src/midtrans/verifications/operations.ts'
import type { Verification } from '../../src/midtrans/verifications/verification.ts'
import type { Sandbox } from '../../src/sandbox.ts'
import { checkBooks, Told } from './invariants.ts'
import { newSandbox } from './world-of-a-test.ts'

// Known payers, one without money, one who is new to GoPay, one whom GoPay refuses.
const phones = ['628215023424', '628242974268', '628242014881', '6285555000111', '123450001']
const orders = ['a', 'b', 'c', 'd']
const amounts = [1, 50_000, 99_999, 100_000, 100_001, 3_000_000, 8_000_000]
const jumpsMs = [0, 1_000, 20_000, 299_999, 300_000, 899_999, 900_000, 3_600_000]
const pick = fc.nat({ max: 99 })

const operation = fc.oneof(
  { weight: 2, arbitrary: fc.record({ do: fc.constant('link' as const), phone: fc.constantFrom(...phones) }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('page' as const),
      which: pick,
      answer: fc.record({
        action: fc.constantFrom<PageAnswer['action']>('submit', 'submit', 'submit', 'submit', 'decline'),
        name: fc.constant('Payer'),
        otp: fc.constantFrom('987654', '987654', '987654', '000000'),
        pin: fc.constantFrom('112233', '112233', '112233', '000000'),
      }),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('charge' as const),
      which: pick,
      orderId: fc.constantFrom(...orders),
      amount: fc.constantFrom(...amounts),
      preAuth: fc.boolean(),
      recurring: fc.boolean(),
      lifeMs: fc.option(fc.constantFrom(19_000, 20_000, 600_000, 7_200_000), { nil: undefined }),
      outcome: fc.option(fc.constantFrom({ kind: 'settle' } as const, { kind: 'ask-pin' } as const), {
        nil: undefined,
      }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom('capture' as const, 'cancel' as const, 'expire' as const),
      which: pick,
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('unbind' as const), which: pick }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('advance' as const), byMs: fc.constantFrom(...jumpsMs) }) },
)
type AnyOperation = typeof operation extends fc.Arbitrary<infer T> ? T : never

const nth = <T>(values: Iterable<T>, which: number): T | undefined => {
  const all = [...values]
  return all[which % Math.max(1, all.length)]
}

async function perform(sandbox: Sandbox, step: AnyOperation): Promise<void> {
  const { state } = sandbox
  const transaction = 'which' in step ? nth(state.transactions.values(), step.which) : undefined
  const account = 'which' in step ? nth(state.accounts.values(), step.which) : undefined
  switch (step.do) {
    case 'link':
      sandbox.perform(link, { phone: step.phone })
      return
    case 'page': {
      const page = nth(state.verifications.values(), step.which)
      if (page) answerPage(sandbox, page.id, step.answer)
      return
    }
    case 'charge': {
      const payer = account && state.payers.get(account.phone)
      const option = payer && nth(payer.options, step.which)
      const { do: _do, which: _which, lifeMs, ...charge } = step
      sandbox.perform(chargeGopay, {
        ...charge,
        accountId: account?.id ?? 'nobody',
        paymentOptionToken: account && option ? paymentOptionToken(account, payer, option) : 'none',
        ...(lifeMs !== undefined && { customExpiry: { durationMs: lifeMs } }),
        notificationUrls: { override: [], append: [] },
      })
      return
    }
    case 'capture':
      sandbox.perform(capture, { transactionId: transaction?.id ?? 'nothing' })
      return
    case 'cancel':
    case 'expire':
      sandbox.perform(step.do === 'cancel' ? cancel : expire, transaction?.id ?? 'nothing')
      return
    case 'unbind':
      sandbox.perform(unbind, { accountId: account?.id ?? 'nobody' })
      return
    case 'advance':
      await sandbox.advanceTo(sandbox.clock.now() + step.byMs)
  }
}

/** As the pages do: what has become of the verification is looked up first. */
function answerPage(sandbox: Sandbox, id: string, answer: PageAnswer): void {
  const verification: Verification | undefined = sandbox.perform(
    (world) => world.state.verifications.get(id),
    undefined,
  )
  if (!verification) throw new Error(`verification ${id} is gone`)
  sandbox.perform(verification.kind === 'link' ? answerLink : answerPayment, { id, answer })
}

/** So that money is there from the beginning: most random sequences would never finish a link. */
function linkPayer(sandbox: Sandbox, phone: string): void {
  const linking = sandbox.perform(link, { phone })
  const verification = 'account' in linking ? linking.verification : undefined
  if (!verification) throw new Error(`${phone} is linked already, or refused`)
  for (let pages = 0; pages < 3; pages++) {
    answerPage(sandbox, verification.id, { action: 'submit', name: 'Payer', otp: '987654', pin: '112233' })
  }
}

test('whatever payers and merchants do, in whatever order, money and messages stay right', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(operation, { minLength: 5, maxLength: 60, size: 'max' }), async (steps) => {
      const { sandbox, sent, failures } = newSandbox()
      const told = new Told(sandbox)
      try {
        linkPayer(sandbox, '628215023424')
        told.look()
        for (const step of steps) {
          const before = JSON.stringify([
            ...sandbox.state.transactions.values(),
            ...sandbox.state.ledgerEntries.values(),
          ])
          try {
            await perform(sandbox, step)
          } catch (error) {
            // A refusal leaves no trace; anything else is a bug of ours.
            if (!(error instanceof GatewayError)) throw error
            const after = JSON.stringify([
              ...sandbox.state.transactions.values(),
              ...sandbox.state.ledgerEntries.values(),
            ])
            expect(after).toBe(before)
          }
          told.look()
          checkBooks(sandbox)
        }
        await sandbox.advanceTo(sandbox.clock.now() + 8 * 86_400_000)
        told.look()
        checkBooks(sandbox)
        expect([...sandbox.state.timers.values()]).toEqual([])
        expect(
          sent.map(({ transaction_id, account_id = transaction_id, transaction_status, account_status }) => [
            account_id,
            transaction_status ?? account_status,
          ]),
        ).toEqual(told.expected)
        expect(failures).toEqual([])
      } finally {
        await sandbox.close()
      }
    }),
    { numRuns: 250 },
  )
})
