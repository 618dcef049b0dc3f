import type { World } from '../world.ts'
import { places } from './ledger.ts'
import type { Payer, PaymentOptionName } from './payer.ts'

/** The PIN of a number that GoPay knows; undefined: its owner has to sign up first. */
export function pinOf({ state, payerBook }: Pick<World, 'state' | 'payerBook'>, phone: string): string | undefined {
  const met = state.payers.get(phone)
  if (met) return met.pin
  const known = payerBook.find(phone)
  return known && !known.signsUp ? (known.pin ?? payerBook.pin) : undefined
}

/** The payer with this number, whose wallets are filled when the sandbox first meets them. */
export function meetPayer(world: World, phone: string, signUp?: { name: string; pin: string }): Payer {
  const met = world.state.payers.get(phone)
  if (met) return met
  const { payerBook } = world
  const { options, name, pin = payerBook.pin } = payerBook.find(phone) ?? payerBook.newPayer
  for (const each of options) moveFromIssuer(world, 'opening', phone, each.name, each.balance)
  return world.state.payers.put({
    id: phone,
    ...(name !== undefined && { name }),
    pin,
    ...signUp,
    options: options.map(({ name, active = true }) => ({ name, active })),
    optionChanges: 0,
  })
}

/** Makes an option usable or not. All tokens that the payer's accounts gave out so far are outdated by it. */
export function switchOption(world: World, payer: Payer, option: PaymentOptionName, active: boolean): Payer {
  const options = payer.options.map((each) => (each.name === option ? { ...each, active } : each))
  return world.state.payers.put({ ...payer, options, optionChanges: payer.optionChanges + 1 })
}

/** Money comes into a wallet from outside, or with a negative amount leaves it. */
export const topUp = (world: World, phone: string, amount: number, option: PaymentOptionName = 'GOPAY_WALLET'): void =>
  moveFromIssuer(world, 'adjustment', phone, option, amount)

function moveFromIssuer(
  { now, state }: World,
  kind: 'opening' | 'adjustment',
  phone: string,
  option: PaymentOptionName,
  amount: number,
): void {
  if (amount === 0) return
  const [from, to] = [places.issuer, places.wallet(phone, option)]
  const ends = amount > 0 ? { from, to } : { from: to, to: from }
  state.ledger.move({ at: now, kind, ...ends, amount: Math.abs(amount) })
}
