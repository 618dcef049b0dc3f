import { type Static, Type } from 'typebox'
import { places } from '../midtrans/payers/ledger.ts'
import type { Payer } from '../midtrans/payers/payer.ts'
import type { Sandbox } from '../sandbox.ts'
import { Problem } from './admin/problem.ts'

const Option = Type.Object(
  {
    name: Type.Enum(['GOPAY_WALLET', 'PAY_LATER', 'GOPAY_SAVINGS']),
    balance: Type.Integer({ minimum: 0, maximum: 1_000_000_000_000 }),
    active: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
)

/** A payer as they are written in JSON and YAML. */
export const PayerBody = Type.Object(
  {
    phone: Type.String({ pattern: '^\\+?[0-9]{5,20}$', examples: ['628123456789'] }),
    name: Type.Optional(Type.String({ maxLength: 255 })),
    pin: Type.Optional(Type.String({ pattern: '^[0-9]{6}$', examples: ['112233'] })),
    balance: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000_000_000 })),
    options: Type.Optional(Type.Array(Option, { maxItems: 3 })),
  },
  { additionalProperties: false },
)

/** Somebody whom the sandbox has not met yet gets a wallet. Throws a Problem where it has. */
export function givePayer(sandbox: Sandbox, { phone, name, pin, balance, options }: Static<typeof PayerBody>): Payer {
  return sandbox.perform(({ state, now, payerBook }) => {
    const id = phone.replace('+', '')
    if (state.payers.get(id)) throw new Problem(409, 'Met already', `Found phone ${phone}, whom this sandbox has met`)
    const wallets = options ?? [{ name: 'GOPAY_WALLET' as const, balance: balance ?? 8_000_000 }]
    for (const wallet of wallets) {
      if (wallet.balance === 0) continue
      const to = places.wallet(id, wallet.name)
      state.ledger.move({ at: now, kind: 'opening', from: places.issuer, to, amount: wallet.balance })
    }
    return state.payers.put({
      id,
      ...(name !== undefined && { name }),
      pin: pin ?? payerBook.pin,
      options: wallets.map((wallet) => ({ name: wallet.name, active: wallet.active ?? true })),
      optionChanges: 0,
    })
  }, undefined)
}
