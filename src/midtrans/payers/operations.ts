import type { World } from '../world.ts'
import { places } from './ledger.ts'
import type { Payer, PaymentOptionName } from './payer.ts'

/** The PIN of a number that GoPay knows; undefined: its owner has to sign up first. */
export function pinOf(world: World, phone: string): string | undefined {
  return world.state.payers.get(phone)?.pin ?? (world.payerBook.find(phone) && world.payerBook.pin)
}

/** The payer with this number, whose wallets are filled when the sandbox first meets them. */
export function meetPayer(world: World, phone: string, signUp?: { name: string; pin: string }): Payer {
  const known = world.state.payers.get(phone)
  if (known) return known
  const { pin, newPayer, find } = world.payerBook
  const { options } = find(phone) ?? newPayer
  for (const { name, balance } of options) {
    if (balance === 0) continue
    world.state.ledger.move({
      at: world.now,
      kind: 'opening',
      from: places.issuer,
      to: places.wallet(phone, name),
      amount: balance,
    })
  }
  return world.state.payers.put({
    id: phone,
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
