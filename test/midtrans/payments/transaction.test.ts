import { describe, expect, test } from 'vitest'
import { type TransactionStatus, transactionMachine } from '../../../src/midtrans/payments/transaction.ts'

const events = [
  'settle',
  'authorize',
  'deny',
  'capture',
  'cancel',
  'expire',
  'lapse',
  'refund_partly',
  'refund',
] as const

/**
 * facts.md, section 5, status cycle; A.6 for GoPay's capture, which settles; section 5, expire: only what is pending.
 * One column per event, in the order above; "-" cannot happen.
 */
const table: Readonly<Record<TransactionStatus, string>> = {
  pending: 'settlement authorize deny - cancel expire expire - -',
  authorize: '- - - settlement cancel - expire - -',
  settlement: '- - - - - - - partial_refund refund',
  partial_refund: '- - - - - - - partial_refund refund',
  refund: '- - - - - - - - -',
  deny: '- - - - - - - - -',
  cancel: '- - - - - - - - -',
  expire: '- - - - - - - - -',
}

describe.each(Object.entries(table))('a payment that is %s', (status, row) => {
  const cells = row.split(' ')
  test.each(events.map((event, column) => [event, cells[column] ?? ''] as const))('%s leads to %s', (event, next) => {
    expect(transactionMachine.next(status as TransactionStatus, event) ?? '-').toBe(next)
  })
})

test('the rows above are all there are', () => {
  expect(new Set(Object.keys(transactionMachine.transitions))).toEqual(new Set(Object.keys(table)))
})
