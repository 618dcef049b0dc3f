import type { World } from '../../midtrans/world.ts'
import { allPhones } from '../admin/payers.ts'
import { shownPayer } from '../admin/shown.ts'
import { adminButton } from './button.ts'
import { listed } from './list.ts'
import type { View, Visit } from './visit.ts'

/** All numbers of which anything is known. */
export function payers(visit: Visit): View {
  const { sandbox, base, query } = visit
  return sandbox.perform((world) => {
    const { rows, list } = listed(visit, {
      all: allPhones(world).map((phone) => knownOf(world, phone)),
      textOf: ({ phone, name = '', persona, title }) => [`+${phone}`, name, persona, title].join(' '),
      filters: { persona: ({ persona }) => persona, met: ({ isMet }) => (isMet ? 'yes' : 'no') },
    })
    return {
      title: 'Payers',
      list,
      filters: [
        {
          name: 'persona',
          label: 'Persona',
          options: [...world.payerBook.personas.keys()],
          value: query.persona ?? '',
        },
        { name: 'met', label: 'Met', options: ['yes', 'no'], value: query.met ?? '' },
      ],
      rows: rows.map((row) => ({
        ...row,
        href: `${base}/payers/${row.phone}`,
        options: shownPayer(world, row.phone).options,
        accounts: world.state.enabledAccountOf.all(row.phone).map(({ id }) => ({ id, href: `${base}/accounts/${id}` })),
      })),
      personas: personaChoices(world),
      give: adminButton('Make it a payer', 'give', 'payers', {
        method: 'PUT',
        next: `${base}/payers/{phone}`,
        tone: 'primary',
      }),
    }
  }, undefined)
}

function knownOf({ state, payerBook }: World, phone: string) {
  const known = payerBook.find(phone) ?? payerBook.newPayer
  const met = state.payers.get(phone)
  return { phone, persona: known.persona, title: known.title, name: met?.name ?? known.name, isMet: met !== undefined }
}

/** What a payer can be, for a form. */
export const personaChoices = ({ payerBook }: World) =>
  Array.from(payerBook.personas, ([value, { title, story }]) => ({ value, label: `${title}: ${story}` }))
