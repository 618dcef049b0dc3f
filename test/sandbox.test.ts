import { expect, test } from 'vitest'
import { memoryStore } from '../src/engine/store/memory.ts'
import type { Store, StoredRecord } from '../src/engine/store/store.ts'
import { answerLink, link } from '../src/midtrans/accounts/operations.ts'
import { paymentOptionToken } from '../src/midtrans/accounts/payment-option-token.ts'
import { readPayerBook } from '../src/midtrans/payers/payer-book.ts'
import { chargeGopay } from '../src/midtrans/payments/methods/gopay.ts'
import { defaultSettings } from '../src/midtrans/settings.ts'
import { packageFile } from '../src/package-files.ts'
import { Sandbox, type SandboxOptions } from '../src/sandbox.ts'

const startAt = Date.UTC(2025, 0, 1)
const minute = 60_000

function options(store: Store): SandboxOptions {
  return {
    identity: { id: 'identity', serverKey: 'SB-Mid-server-sandbox', merchantId: 'G000000001' },
    store,
    sender: {
      room: async () => ({ stepAside() {}, leave() {} }),
      send: async ({ url }) => ({ url, answer: 200, answerHeaders: {}, answerBody: '' }),
      close: async () => {},
    },
    payerBook: readPayerBook(packageFile('fixtures/payers.json')),
    settings: { ...defaultSettings, merchantId: 'G000000001' },
    onError: (error) => {
      throw error
    },
  }
}

/** A linked payer whose PIN is awaited for 150,000, in a sandbox whose clock stands still. */
function awaitPin(store: Store): string {
  const sandbox = Sandbox.openEmpty(options(store))
  sandbox.time.freeze()
  sandbox.time.setBack(startAt)
  const linking = sandbox.perform(link, { phone: '628215023424' })
  if (!('account' in linking) || !linking.verification) throw new Error('no link to finish')
  const { id } = linking.verification
  for (const typed of [{}, { otp: '987654' }, { pin: '112233' }]) {
    const answer = { action: 'submit', ...typed } as const
    sandbox.perform(answerLink, { id, answer })
  }
  const payer = sandbox.state.payers.get('628215023424')
  const account = sandbox.state.accounts.get(linking.account.id)
  const option = payer?.options[0]
  if (!account || !option) throw new Error('the link was not finished')
  const charged = sandbox.perform(chargeGopay, {
    orderId: 'order-1',
    amount: 150_000,
    accountId: account.id,
    paymentOptionToken: paymentOptionToken(account, payer, option),
    preAuth: false,
    recurring: false,
    notificationUrls: { override: [], append: [] },
  })
  if (!('transaction' in charged)) throw charged
  return charged.transaction.id
}

const atThreeOClock = (record: StoredRecord): StoredRecord =>
  record.collection === 'clock'
    ? { ...record, value: { id: 'clock', mode: 'frozen', at: startAt + 180 * minute } }
    : record

test('what was due while the emulator was down happens at its own time, not at that of the restart', async () => {
  const store = memoryStore()
  const id = awaitPin(store)

  const records = (await store.load()).map(atThreeOClock)
  const sandbox = Sandbox.openKept(options(store), records)
  sandbox.time.wake()

  expect(sandbox.state.transactions.get(id)?.status).toBe('expire')
  const happenings = sandbox.journal.happenings.all.map(({ happening }) => happening)
  expect(happenings.map(({ at, what, to, event }) => [(at - startAt) / minute, what, to ?? event])).toEqual([
    [5, 'verification', 'expired'],
    [15, 'transaction', 'expire'],
    [15, 'delivery', 'transaction.expire'],
  ])
  const told = [...sandbox.state.notifications.values()].at(-1)
  expect(told).toMatchObject({ event: 'transaction.expire', createdAt: startAt + 15 * minute })
})

test('what was due stands in the journal before the request that finds it', async () => {
  const store = memoryStore()
  awaitPin(store)
  const sandbox = Sandbox.openKept(options(store), (await store.load()).map(atThreeOClock))
  const { seq } = sandbox.note({
    id: 'r1',
    from: 'merchant',
    method: 'GET',
    url: '/v2/order-1/status',
    operation: 'status',
    headers: {},
    about: { id: 'order-1' },
    marks: {},
  })
  const before = sandbox.journal.happenings.all.map((noted) => noted.seq)
  expect(before.length).toBeGreaterThan(1)
  expect(Math.max(...before)).toBeLessThan(seq)
})
