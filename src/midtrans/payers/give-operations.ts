import type { World } from '../world.ts'
import { places } from './ledger.ts'
import { topUp } from './operations.ts'
import type { GivenPayer, OptionFixture, Payer, PayerBook, PayerEntry, PaymentOptionName } from './payer.ts'

/** What a payer shall be. What is not named stays, or comes from the persona where that is named. */
export interface PayerWish extends Omit<PayerEntry, 'persona' | 'options'> {
  readonly persona?: string
  /** All of them; without a balance they keep what they have. */
  readonly options?: readonly (Omit<OptionFixture, 'balance'> & { readonly balance?: number })[]
  /** Of GOPAY_WALLET. */
  readonly balance?: number
}

/** The persona of a number that nobody has said anything of. */
const plainPersona = 'happy'

/** The entry that a wish makes; `met` is the payer as far as the sandbox has met them. */
export function entryOf(
  { phone, persona, name, pin, promotions, ...wish }: PayerWish,
  book: PayerBook,
  met?: Pick<Payer, 'name'> & { readonly options: readonly OptionFixture[] },
): PayerEntry {
  const before = book.find(phone) ?? (met && book.newPayer)
  const kept = persona === undefined ? before : undefined
  const as = persona ?? before?.persona ?? plainPersona
  const base = (kept && met?.options) ?? kept?.options ?? book.personas.get(as)?.options ?? []
  const balanceIn = (option: PaymentOptionName) => base.find((each) => each.name === option)?.balance ?? 0
  const options = (wish.options ?? base).map((each) => ({ ...each, balance: each.balance ?? balanceIn(each.name) }))
  const own = {
    name: name ?? met?.name ?? before?.name,
    pin: pin ?? before?.pin,
    promotions: promotions ?? kept?.promotions,
  }
  return {
    phone,
    persona: as,
    ...(own.name !== undefined && { name: own.name }),
    ...(own.pin !== undefined && { pin: own.pin }),
    ...(own.promotions && { promotions: own.promotions }),
    options: wish.balance === undefined ? options : withWallet(options, wish.balance),
  }
}

function withWallet(options: readonly OptionFixture[], balance: number): readonly OptionFixture[] {
  const name = 'GOPAY_WALLET'
  if (!options.some((each) => each.name === name)) return [...options, { name, balance }]
  return options.map((each) => (each.name === name ? { ...each, balance } : each))
}

/** Makes a number be a payer such as this, whether anybody knew it before or not. */
export function givePayer(world: World, wish: PayerWish): GivenPayer {
  const { state, payerBook } = world
  const payer = state.payers.get(wish.phone)
  const entry = entryOf(wish, payerBook, payer && { ...payer, options: optionsNow(world, payer) })
  if (payer) changeMet(world, payer, wish, entry.options ?? [])
  return state.givenPayers.put({ ...entry, id: entry.phone })
}

const optionsNow = ({ state }: World, { id, options }: Payer): readonly OptionFixture[] =>
  options.map((option) => ({ ...option, balance: state.ledger.balance(places.wallet(id, option.name)) }))

/** Money that is reserved stays so: only what is in the wallets is brought to what it shall be. */
function changeMet(world: World, payer: Payer, wish: PayerWish, wanted: readonly OptionFixture[]): void {
  const names = new Set([...payer.options, ...wanted].map(({ name }) => name))
  for (const name of names) {
    const balance = wanted.find((option) => option.name === name)?.balance ?? 0
    topUp(world, payer.id, balance - world.state.ledger.balance(places.wallet(payer.id, name)), name)
  }
  const options = wanted.map(({ name, active = true }) => ({ name, active }))
  const isSame = JSON.stringify(options) === JSON.stringify(payer.options)
  world.state.payers.put({
    ...payer,
    ...(wish.name !== undefined && { name: wish.name }),
    ...(wish.pin !== undefined && { pin: wish.pin }),
    options,
    // A token says what its payer could choose from when it was given out.
    optionChanges: payer.optionChanges + Number(!isSame),
  })
}
