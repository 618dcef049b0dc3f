import type { Sandbox } from '../../sandbox.ts'
import { actions } from '../actions.ts'
import { targetOf } from '../target.ts'
import { adminButton, type Button } from './button.ts'

/** What the payer and GoPay can do to something: now, and otherwise with what it needs. */
export interface Possible {
  readonly now: readonly Button[]
  readonly otherwise: readonly { readonly label: string; readonly why: string }[]
}

const labels: Readonly<Record<string, string>> = {
  confirm: 'Payer confirms',
  decline: 'Payer declines',
  'wrong-pin': 'Wrong PIN',
  'wrong-otp': 'Wrong OTP',
  leave: 'Payer walks away',
  'expire-link': 'Page expires',
  'expire-account': 'Link expires',
  unlink: 'Payer unlinks',
  'change-number': 'Payer changes number',
  'expire-transaction': 'Payment expires',
  settle: 'GoPay settles',
  deny: 'GoPay denies',
  'confirm-refund': 'Bank confirms refund',
  'top-up': 'Top up',
  'charge-now': 'Charge now',
  'expire-session': 'Page expires',
}

/** What can happen to a payment or an account outside of the merchant's API. */
export function possibleFor(sandbox: Sandbox, id: string, names: readonly string[]): Possible {
  const ready = sandbox.perform((world) => {
    const target = targetOf(world, id)
    return new Set(names.filter((name) => actions[name]?.ready(world, target)))
  }, undefined)
  return {
    now: names.filter((name) => ready.has(name)).map((name) => simulateButton(name, id, true)),
    otherwise: names
      .filter((name) => !ready.has(name))
      .map((name) => ({ label: labels[name] ?? name, why: needsOf(name) })),
  }
}

/** One that lets an action happen to what an id names; where that is not possible now, with what it needs. */
export const simulateButton = (name: string, id: string, isReady: boolean): Button =>
  adminButton(labels[name] ?? name, `simulate-${name}`, `simulate/${name}`, {
    body: { id },
    why: isReady ? undefined : needsOf(name),
  })

const needsOf = (name: string): string => `needs ${actions[name]?.needs}`
