import { Type } from 'typebox'
import { meetPayer, pinOf, switchOption } from '../../midtrans/payers/operations.ts'
import { type Persona, paymentOptionNames } from '../../midtrans/payers/payer.ts'
import { dialedPhone } from '../../midtrans/payers/phone.ts'
import type { World } from '../../midtrans/world.ts'
import { givePayer, PayerBody, PhoneText } from '../payers.ts'
import { WalkBody, walk } from '../walk.ts'
import type { AdminApi } from './admin-api.ts'
import { Problem } from './problem.ts'
import { shownPayer, shownTarget } from './shown.ts'
import { isoTime, wireRecord } from './wire.ts'

/** More than this in one answer helps nobody. */
const mostListed = 1_000

const Switches = Type.Object(
  {
    phone: PhoneText,
    options: Type.Partial(Type.Object(Object.fromEntries(paymentOptionNames.map((name) => [name, Type.Boolean()]))), {
      additionalProperties: false,
      description: 'false: cannot be used.',
    }),
  },
  { additionalProperties: false },
)

/**
 * GET /__admin/payers: all that are known; GET /__admin/personas: what they can be.
 * PUT /__admin/payers: makes a number be a payer of a persona, with these balances and options.
 * PATCH /__admin/payers: makes payment options usable or not; the tokens given out so far are outdated by it.
 * POST /__admin/payers/walk: the payer walks the pages of a link or payment without a browser.
 */
export function payers(api: AdminApi): void {
  const listing = {
    summary: 'All payers that are known, and what is in their wallets; the first 1,000',
    query: { phone: 'Only the payer with this number.' },
  }
  api.get('/__admin/payers', listing, (sandbox, { query: { phone } }) =>
    sandbox.perform((world) => {
      const phones = phone === undefined ? allPhones(world) : [dialedPhone(phone, world.payerBook)]
      return phones.slice(0, mostListed).map((each) => shownPayer(world, each))
    }, undefined),
  )

  const giving = {
    summary: 'Makes any number that of a payer: persona, balance, options, promotions',
    body: PayerBody,
    example: { phone: '628555000111', persona: 'slow', balance: 500_000 },
  }
  api.put('/__admin/payers', giving, (sandbox, { body }) => {
    const phone = givePayer(sandbox, body)
    return sandbox.perform((world) => shownPayer(world, phone), undefined)
  })

  const patching = {
    summary: 'Makes payment options of a payer usable or not',
    body: Switches,
    example: { phone: '628215023424', options: { GOPAY_WALLET: false } },
  }
  api.patch('/__admin/payers', patching, (sandbox, { body: { phone, options } }) =>
    sandbox.perform((world) => {
      const id = dialedPhone(phone, world.payerBook)
      if (pinOf(world, id) === undefined) {
        const hint = 'PUT /__admin/payers makes any number that of a payer; GET lists those that there are.'
        throw new Problem(404, 'No such payer', `Found phone ${phone}, which nobody has`, hint)
      }
      let payer = meetPayer(world, id)
      for (const { name } of payer.options) {
        const active = options[name]
        if (active !== undefined) payer = switchOption(world, payer, name, active)
      }
      const missing = Object.keys(options).find((name) => !payer.options.some((option) => option.name === name))
      if (missing) throw new Problem(409, 'No such option', `${phone} has no ${missing}`)
      return shownPayer(world, id)
    }, undefined),
  )

  api.get(
    '/__admin/personas',
    { summary: 'What payers can be: their stories, and how they walk the pages' },
    (sandbox) => sandbox.perform(({ payerBook }) => Array.from(payerBook.personas, shownPersona), undefined),
  )

  const walking = {
    summary: 'The payer walks the pages of a link or payment, without a browser',
    body: WalkBody,
    example: { id: 'order-2' },
  }
  api.post('/__admin/payers/walk', walking, (sandbox, { body }) => {
    const { target, visits, planned } = walk(sandbox, body)
    return {
      ...sandbox.perform((world) => shownTarget(world, target), undefined),
      steps: visits.map((visit) => wireRecord({ ...visit })),
      planned: planned.map(({ what, dueAt }) => ({ what, due_at: isoTime(dueAt) })),
    }
  })
}

/** Those that stand in the book, were given to the sandbox, or were met in it. */
export const allPhones = ({ payerBook, state }: World): readonly string[] => {
  const given = Array.from(state.givenPayers.values(), ({ id }) => id)
  return [...new Set([...payerBook.phones, ...given, ...Array.from(state.payers.values(), ({ id }) => id)])]
}

const shownPersona = ([name, { title, story, options, linking, outcomes, signsUp, walk: way, promotions }]: [
  string,
  Persona,
]) => ({
  name,
  title,
  story,
  options,
  ...(linking && { linking: wireRecord(linking) }),
  ...(outcomes && { outcomes }),
  ...(signsUp && { signs_up: true }),
  ...(way && { walk: way }),
  ...(promotions && { promotions: promotions.map((promotion) => wireRecord({ ...promotion })) }),
})
