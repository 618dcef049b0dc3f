import { describe, expect, test } from 'vitest'
import { type VerificationStatus, verificationMachine } from '../../../src/midtrans/verifications/verification.ts'

const questions = ['phone', 'consent', 'name', 'otp', 'pin', 'new_pin'] as const
const endings = { decline: 'declined', fail: 'failed', expire: 'expired', close: 'closed' } as const

// facts.md, A.2: known payers give consent, OTP, PIN; new ones a name, the OTP and a new PIN. Plain GoPay asks who pays.
const answers: Readonly<Record<(typeof questions)[number], Readonly<Record<string, VerificationStatus>>>> = {
  phone: { ask_pin: 'pin' },
  consent: { ask_otp: 'otp' },
  name: { ask_otp: 'otp' },
  otp: { ask_pin: 'pin', ask_new_pin: 'new_pin' },
  pin: { confirm: 'confirmed' },
  new_pin: { confirm: 'confirmed' },
}
const events = ['ask_otp', 'ask_pin', 'ask_new_pin', 'confirm', 'decline', 'fail', 'expire', 'close'] as const

describe.each(questions)('a payer who is asked for %s', (status) => {
  test.each(events)('%s', (event) => {
    const ending = Object.entries(endings).find(([name]) => name === event)?.[1]
    expect(verificationMachine.next(status, event)).toBe(ending ?? answers[status][event])
  })
})

test.each(['confirmed', 'declined', 'failed', 'expired', 'closed'] as const)('nothing follows %s', (status) => {
  expect(events.map((event) => verificationMachine.next(status, event))).toEqual(events.map(() => undefined))
  expect(verificationMachine.isFinal(status)).toBe(true)
})

test('the rows above are all there are', () => {
  expect(Object.keys(verificationMachine.transitions)).toHaveLength(questions.length + 5)
})
