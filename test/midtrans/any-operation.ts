import fc from 'fast-check'
import { actions } from '../../src/control/actions.ts'
import { givePayer, type PayerBody } from '../../src/control/payers.ts'
import { simulate } from '../../src/control/simulate.ts'
import { walk } from '../../src/control/walk.ts'
import type { Account } from '../../src/midtrans/accounts/account.ts'
import { answerLink, changePhone, link, unbind, unlink } from '../../src/midtrans/accounts/operations.ts'
import { paymentOptionToken } from '../../src/midtrans/accounts/payment-option-token.ts'
import { waitingPage } from '../../src/midtrans/pages/walk-operations.ts'
import { questions } from '../../src/midtrans/payers/walk.ts'
import { chargeGopay } from '../../src/midtrans/payments/methods/gopay.ts'
import { answerPayment, cancel, capture, expire, openInApp } from '../../src/midtrans/payments/operations.ts'
import { refund } from '../../src/midtrans/payments/refund-operations.ts'
import { offersTo } from '../../src/midtrans/promotions/operations.ts'
import type { PageAnswer } from '../../src/midtrans/verifications/operations.ts'
import type { Verification } from '../../src/midtrans/verifications/verification.ts'
import type { Sandbox } from '../../src/sandbox.ts'

// Known payers, one without money, one with promotions, one who is new to GoPay, one whom GoPay refuses.
const phones = ['628215023424', '628242974268', '628242014881', '628237435829', '6285555000111', '123450001']
const orders = Array.from({ length: 20 }, (_, index) => `order-${index}`)
const amounts = [1, 50_000, 99_999, 100_000, 100_001, 600_000, 3_000_000, 8_000_000]
const outcomes = [
  { kind: 'settle' },
  { kind: 'ask-pin' },
  { kind: 'deny' },
  { kind: 'gopay', code: '4060' },
  { kind: 'gopay', code: '1703' },
] as const
const jumpsMs = [0, 1_000, 20_000, 60_000, 299_999, 300_000, 899_999, 900_000, 3_600_000, 86_400_000, 46 * 86_400_000]
const pick = fc.nat({ max: 99 })

/** Whatever payers, merchants and testers can do. */
export const anyOperation = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('link' as const), phone: fc.constantFrom(...phones), walks: fc.boolean() }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('page' as const),
      which: pick,
      answer: fc.record({
        action: fc.constantFrom<PageAnswer['action']>('submit', 'submit', 'submit', 'submit', 'decline'),
        phone: fc.constantFrom(...phones),
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
      isPlain: fc.constantFrom(false, false, true),
      wantsPromotion: fc.boolean(),
      outcome: fc.option(fc.constantFrom(...outcomes), { nil: undefined, freq: 1 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom('capture' as const, 'cancel' as const, 'expire' as const),
      which: pick,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('refund' as const),
      which: pick,
      key: fc.option(fc.constantFrom('r1', 'r2', 'r3'), { nil: undefined }),
      amount: fc.option(fc.constantFrom(1, 25_000, 100_000), { nil: undefined }),
      isDirect: fc.boolean(),
      outcome: fc.option(fc.constant({ kind: 'deny' } as const), { nil: undefined, freq: 3 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constantFrom('unbind' as const, 'unlink' as const, 'change-phone' as const),
      which: pick,
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('scan' as const), which: pick }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('walk' as const),
      which: pick,
      isLink: fc.boolean(),
      walk: fc.record(
        {
          persona: fc.constantFrom('slow', 'forgets-pin', 'three-wrong-pins', 'closes-tab', 'revokes-next-day'),
          after: fc.constantFrom('1s', '4m', '6m'),
          pace: fc.constantFrom('1s', '2m'),
          otp: fc.array(fc.constantFrom('right', 'wrong'), { maxLength: 3 }),
          pin: fc.array(fc.constantFrom('right', 'wrong'), { maxLength: 3 }),
          leaves_at: fc.constantFrom(...questions),
          declines_at: fc.constantFrom(...questions),
        },
        { requiredKeys: [] },
      ),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('simulate' as const),
      which: pick,
      of: fc.constantFrom('account' as const, 'transaction' as const, 'phone' as const),
      action: fc.constantFrom(...Object.keys(actions)),
      amount: fc.constantFrom(1, 1_000_000),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('give' as const),
      body: fc.record(
        {
          phone: fc.constantFrom(...phones),
          persona: fc.constantFrom('happy', 'poor', 'pay-later', 'blocked', 'new-to-gopay', 'slow'),
          balance: fc.constantFrom(0, 1, 5_000_000),
          pin: fc.constantFrom('112233', '445566'),
          options: fc.constantFrom<NonNullable<PayerBody['options']>>(
            [{ name: 'PAY_LATER', balance: 50 }],
            [{ name: 'GOPAY_WALLET' }],
          ),
        },
        { requiredKeys: ['phone'] },
      ),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('mode' as const),
      payers: fc.constantFrom('by-hand' as const, 'by-hand' as const, 'headless' as const),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('advance' as const), byMs: fc.constantFrom(...jumpsMs) }) },
)
export type AnyOperation = typeof anyOperation extends fc.Arbitrary<infer T> ? T : never

const nth = <T>(values: Iterable<T>, which: number): T | undefined => {
  const all = [...values]
  return all[which % Math.max(1, all.length)]
}

/** Those to which something can still happen, and with them every third of all others. */
const unfinished = <T extends { readonly status: string }>(collection: { values(): Iterable<T> }): T[] =>
  [...collection.values()].filter(({ status }, place) => place % 3 === 0 || !over.has(status))
const over = new Set(['DISABLED', 'EXPIRED', 'settlement', 'deny', 'cancel', 'expire'])

/** Does it, where there is something to do it to. Rejects where the emulator refuses. */
export async function perform(sandbox: Sandbox, step: AnyOperation): Promise<void> {
  const { state } = sandbox
  const transaction = 'which' in step ? nth(state.transactions.values(), step.which) : undefined
  const account = 'which' in step ? nth(state.accounts.values(), step.which) : undefined
  switch (step.do) {
    case 'link': {
      const linking = sandbox.perform(link, { phone: step.phone })
      const verification = 'account' in linking ? linking.verification : undefined
      if (step.walks && verification) walkThrough(sandbox, verification.id)
      return
    }
    case 'page': {
      const page = nth(state.verifications.values(), step.which)
      if (page) answerPage(sandbox, page.id, step.answer)
      return
    }
    case 'charge': {
      const enabled = [...state.accounts.values()].filter(({ status }) => status === 'ENABLED')
      charge(sandbox, nth(enabled, step.which) ?? account, step)
      return
    }
    case 'refund': {
      const { do: _do, which: _which, ...input } = step
      sandbox.perform(refund, { ...input, id: transaction?.id ?? 'nothing' })
      return
    }
    case 'scan': {
      const page = nth(state.verifications.values(), step.which)
      if (page && state.transactions.get(page.subject)?.accountId === undefined) sandbox.perform(openInApp, page)
      return
    }
    case 'walk': {
      const pending = step.isLink ? state.accounts : state.transactions
      const waiting = [...pending.values()].filter(({ id }) => waitingPage({ state }, id))
      walk(sandbox, { ...step.walk, id: nth(waiting, step.which)?.id ?? 'nothing' })
      return
    }
    case 'simulate': {
      const ids = {
        account: nth(unfinished(state.accounts), step.which)?.id,
        transaction: nth(unfinished(state.transactions), step.which)?.id,
        phone: nth(phones, step.which),
      }
      const amount = step.action === 'top-up' ? { amount: step.amount } : {}
      simulate(sandbox, step.action, { id: ids[step.of] ?? 'nothing', ...amount })
      return
    }
    case 'give':
      givePayer(sandbox, step.body)
      return
    case 'mode':
      sandbox.changeSettings({ payers: step.payers })
      return
    case 'unlink':
      if (account?.status === 'ENABLED') sandbox.perform(unlink, account)
      return
    case 'change-phone':
      sandbox.perform(changePhone, account?.phone ?? '')
      return
    case 'capture':
      sandbox.perform(capture, { transactionId: transaction?.id ?? 'nothing' })
      return
    case 'cancel':
      sandbox.perform(cancel, { id: transaction?.id ?? 'nothing' })
      return
    case 'expire':
      sandbox.perform(expire, transaction?.id ?? 'nothing')
      return
    case 'unbind':
      sandbox.perform(unbind, { accountId: account?.id ?? 'nobody' })
      return
    case 'advance':
      await sandbox.time.advanceTo(sandbox.clock.now() + step.byMs)
  }
}

type AnyCharge = Extract<AnyOperation, { do: 'charge' }>

function charge(sandbox: Sandbox, account: Account | undefined, step: AnyCharge): void {
  const { which, orderId, amount, preAuth, recurring, lifeMs, isPlain, wantsPromotion, outcome } = step
  const payer = account && sandbox.state.payers.get(account.phone)
  const option = payer && nth(payer.options, which)
  const offers = sandbox.perform((world) => (payer ? offersTo(world, payer.id, amount) : []), undefined)
  sandbox.perform(chargeGopay, {
    orderId,
    amount,
    outcome,
    ...(!isPlain && {
      preAuth,
      recurring,
      accountId: account?.id ?? 'nobody',
      paymentOptionToken: account && option ? paymentOptionToken(account, payer, option) : 'none',
      promotionId: wantsPromotion ? offers[0]?.id : undefined,
    }),
    ...(lifeMs !== undefined && { customExpiry: { durationMs: lifeMs } }),
    notificationUrls: { override: [], append: [] },
  })
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

/** To the end of a linking page: most random answers would never get there. */
function walkThrough(sandbox: Sandbox, id: string): void {
  if (sandbox.settings.payers === 'headless') return
  for (let pages = 0; pages < 3; pages++) {
    answerPage(sandbox, id, { action: 'submit', name: 'Payer', otp: '987654', pin: '112233' })
  }
}
