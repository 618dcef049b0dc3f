import { expect, test } from 'vitest'
import { accountMachine } from '../../../src/midtrans/accounts/account.ts'

// facts.md, sections 1, 2 and 11. "-" cannot happen.
test.each([
  ['PENDING', 'enable', 'ENABLED'],
  ['PENDING', 'disable', '-'],
  ['PENDING', 'expire', 'EXPIRED'],
  ['ENABLED', 'enable', '-'],
  ['ENABLED', 'disable', 'DISABLED'],
  ['ENABLED', 'expire', '-'],
  ['DISABLED', 'enable', '-'],
  ['DISABLED', 'disable', '-'],
  ['DISABLED', 'expire', '-'],
  ['EXPIRED', 'enable', '-'],
  ['EXPIRED', 'disable', '-'],
  ['EXPIRED', 'expire', '-'],
] as const)('an account that is %s: %s leads to %s', (status, event, next) => {
  expect(accountMachine.next(status, event) ?? '-').toBe(next)
})

test('the rows above are all there are', () => {
  expect(Object.keys(accountMachine.transitions)).toEqual(['PENDING', 'ENABLED', 'DISABLED', 'EXPIRED'])
})
