import { places } from '../../midtrans/payers/ledger.ts'
import { pinOf } from '../../midtrans/payers/operations.ts'
import type { World } from '../../midtrans/world.ts'
import { actions } from '../actions.ts'
import { Problem } from '../admin/problem.ts'
import { shownPayer } from '../admin/shown.ts'
import { targetOf } from '../target.ts'
import { adminButton } from './button.ts'
import { simulateButton } from './happen.ts'
import { movementsOf } from './movements.ts'
import { personaChoices } from './payers.ts'
import { transactionRow } from './transactions.ts'
import type { View, Visit } from './visit.ts'

const mostPayments = 10

/** One payer: what is in the wallets and how it came there, what can be done, and what a tester has to type. */
export function payer({ sandbox, base, params }: Visit): View {
  const phone = params.phone ?? ''
  if (!/^\d{5,20}$/.test(phone)) {
    throw new Problem(404, 'No such payer', `Found ${phone}, expected a number with its country, digits alone.`)
  }
  return sandbox.perform((world) => {
    const { state, payerBook } = world
    const shown = shownPayer(world, phone)
    const known = payerBook.find(phone) ?? payerBook.newPayer
    const pin = pinOf(world, phone)
    const own = [...state.transactions.values()].filter((each) => each.phone === phone)
    const accounts = [...state.accounts.values()].filter((each) => each.phone === phone)
    return {
      title: `+${phone}`,
      phone,
      name: shown.name,
      persona: { name: shown.persona, title: known.title, story: known.story },
      isMet: shown.met,
      pin,
      otp: payerBook.otp,
      options: shown.options.map((option) => ({ ...option, button: switchButton(phone, option, pin !== undefined) })),
      reserved: own.reduce((sum, { id }) => sum + state.ledger.balance(places.hold(id)), 0),
      topUp: happen(world, phone, 'top-up'),
      change: adminButton('Change', 'give', 'payers', { method: 'PUT', body: { phone: `+${phone}` } }),
      personas: personaChoices(world),
      changeNumber: happen(world, phone, 'change-number'),
      accounts: accounts
        .slice(-mostPayments)
        .reverse()
        .map(({ id, status, createdAt }) => ({
          id,
          status,
          createdAt,
          href: `${base}/accounts/${id}`,
          unlink: happen(world, id, 'unlink'),
        })),
      moreAccounts: { count: Math.max(0, accounts.length - mostPayments), href: `${base}/accounts?q=${phone}` },
      payments: own
        .slice(-mostPayments)
        .reverse()
        .map((each) => transactionRow(sandbox, base, each)),
      allPayments: { count: own.length, href: `${base}/transactions?q=${phone}` },
      movements: movementsOf(sandbox, base, phone, new Set(own.map(({ id }) => id))),
    }
  }, undefined)
}

function switchButton(phone: string, { name, active }: { name: string; active: boolean }, isKnown: boolean) {
  return adminButton(active ? `Switch ${name} off` : `Switch ${name} on`, `option-${name}`, 'payers', {
    method: 'PATCH',
    body: { phone: `+${phone}`, options: { [name]: !active } },
    why: isKnown ? undefined : signsUpFirst,
  })
}

const signsUpFirst = 'GoPay does not know this number before its owner has signed up on the linking page'

/** What can happen to an account or to a payer, by a phone, with what it needs otherwise. */
function happen(world: World, id: string, name: 'top-up' | 'change-number' | 'unlink') {
  const isKnown = world.state.accounts.get(id) ?? world.state.payers.get(id) ?? world.payerBook.find(id)
  const isReady = isKnown && actions[name]?.ready(world, targetOf(world, id))
  return simulateButton(name, id, isReady !== undefined)
}
