import { Type } from 'typebox'
import { places } from '../../midtrans/payers/ledger.ts'
import { meetPayer, pinOf, switchOption } from '../../midtrans/payers/operations.ts'
import type { Payer } from '../../midtrans/payers/payer.ts'
import type { Sandbox } from '../../sandbox.ts'
import { givePayer, PayerBody } from '../payers.ts'
import type { AdminApi } from './admin-api.ts'
import { Problem } from './problem.ts'

const Body = Type.Object(
  {
    phone: Type.String({ pattern: '^\\+?[0-9]{5,20}$' }),
    options: Type.Partial(
      Type.Object({ GOPAY_WALLET: Type.Boolean(), PAY_LATER: Type.Boolean(), GOPAY_SAVINGS: Type.Boolean() }),
      { additionalProperties: false },
    ),
  },
  { additionalProperties: false },
)

/**
 * GET /__admin/payers: those that this sandbox has met, with what is in their wallets.
 * PUT /__admin/payers: gives a wallet to somebody whom the sandbox has not met yet.
 * PATCH /__admin/payers: makes payment options usable or not; the tokens given out so far are outdated by it.
 */
export function payers(api: AdminApi): void {
  api.get('/__admin/payers', { summary: 'The payers whom the sandbox has met, and their wallets' }, (sandbox) =>
    [...sandbox.state.payers.values()].map((payer) => wirePayer(sandbox, payer)),
  )

  const giving = { summary: 'Gives a wallet to somebody whom the sandbox has not met yet', body: PayerBody }
  api.put('/__admin/payers', giving, (sandbox, { body }) => wirePayer(sandbox, givePayer(sandbox, body)))

  const patching = { summary: 'Makes payment options of a payer usable or not', body: Body }
  api.patch('/__admin/payers', patching, (sandbox, { body: { phone, options } }) => {
    const changed = sandbox.perform((world) => {
      const id = phone.replace('+', '')
      if (pinOf(world, id) === undefined) {
        const hint = 'Expected a number of fixtures/payers.json, or one that has signed up on the linking page.'
        throw new Problem(404, 'No such payer', `Found phone ${phone}, which nobody has`, hint)
      }
      let payer = meetPayer(world, id)
      for (const { name } of payer.options) {
        const active = options[name]
        if (active !== undefined) payer = switchOption(world, payer, name, active)
      }
      const missing = Object.keys(options).find((name) => !payer.options.some((option) => option.name === name))
      if (missing) throw new Problem(409, 'No such option', `${phone} has no ${missing}`)
      return payer
    }, undefined)
    return wirePayer(sandbox, changed)
  })
}

const wirePayer = ({ state }: Sandbox, { id, name, options }: Payer) => ({
  phone: id,
  name,
  options: options.map((option) => ({
    name: option.name,
    active: option.active,
    balance: state.ledger.balance(places.wallet(id, option.name)),
  })),
})
