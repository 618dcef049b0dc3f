import { expect, test } from 'vitest'
import { ChangeLog } from '../../../src/engine/store/change-log.ts'
import { Collection } from '../../../src/engine/store/collection.ts'
import { Ledger, type LedgerEntry, places } from '../../../src/midtrans/payers/ledger.ts'

function newLedger() {
  const log = new ChangeLog()
  const entries = new Collection<LedgerEntry>('ledger', log)
  const ledger = new Ledger(entries)
  const step = (work: () => void) => log.step(work, () => {})
  return { ledger, entries, step }
}
const wallet = places.wallet('628215023424', 'GOPAY_WALLET')
const opening = { at: 0, kind: 'opening', from: places.issuer, to: wallet, amount: 100 } as const
const hold = { at: 0, kind: 'hold', from: wallet, to: places.hold('t'), amount: 30, transactionId: 't' } as const

test('money that moves leaves one place and enters another', () => {
  const { ledger, step } = newLedger()
  step(() => {
    ledger.move(opening)
    ledger.move(hold)
  })
  expect(Object.fromEntries(ledger.balances())).toEqual({ issuer: -100, [wallet]: 70, 'hold:t': 30 })
  expect(ledger.balance(places.merchant)).toBe(0)
})

test('a place that was emptied is let go', () => {
  const { ledger, step } = newLedger()
  step(() => ledger.move(opening))
  step(() => ledger.move(hold))
  step(() =>
    ledger.move({ at: 1, kind: 'release', from: places.hold('t'), to: wallet, amount: 30, transactionId: 't' }),
  )
  expect(Object.fromEntries(ledger.balances())).toEqual({ issuer: -100, [wallet]: 100 })
})

test('money moved in a step that failed was never moved', () => {
  const { ledger, entries, step } = newLedger()
  step(() => ledger.move(opening))
  const failing = () =>
    step(() => {
      ledger.move(hold)
      throw new Error('the step fails')
    })
  expect(failing).toThrow('the step fails')
  expect(Object.fromEntries(ledger.balances())).toEqual({ issuer: -100, [wallet]: 100 })
  expect(entries.size).toBe(1)
})

test('two options of one payer, and two payers, are different places', () => {
  const all = [wallet, places.wallet('628215023424', 'PAY_LATER'), places.wallet('628242974268', 'GOPAY_WALLET')]
  expect(new Set(all).size).toBe(3)
})
