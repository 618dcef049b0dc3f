import { readCount, readPairs, readWord } from './pairs.ts'
import { commonFlags } from './parse.ts'
import { print, table } from './print.ts'
import { type Running, targetFlags, targetOf } from './target.ts'
import { defineVerb, type FlagValues } from './verb.ts'

interface Shown {
  readonly id: string
  readonly created_at: string
  readonly event: string
  readonly reference: string
  readonly deliveries: readonly { readonly id: string; readonly url: string; readonly status: string }[]
}

const flags = {
  first: { about: 'release, drop: how many of the oldest', value: 'N' },
  twice: { about: 'release: each arrives twice' },
  'to-url': { about: 'resend: where to, instead of where it went before', value: 'URL' },
  resign: { about: 'resend: with a signature made anew' },
  ...targetFlags,
  ...commonFlags,
} as const

type Wish = FlagValues<typeof flags>

/** What each word asks for, with the filter that goes along. */
const words = {
  list: async (running: Running, filter: Filter) => {
    const all = (await running.ask('GET', `notifications?${new URLSearchParams(filter)}`)) as readonly Shown[]
    return { value: all, lines: table(all.map(rowOf)) }
  },
  resend: async (running: Running, filter: Filter, wish: Wish) =>
    counted(
      'resent',
      await running.ask('POST', 'notifications/resend', {
        filter,
        url: wish['to-url'],
        ...(wish.resign && { sign: true }),
      }),
    ),
  hold: async (running: Running, filter: Filter) => {
    const value = await running.ask('POST', 'gate/hold', { filter })
    return { value, lines: ['held from now on; "notifications release" lets them go'] }
  },
  release: async (running: Running, filter: Filter, wish: Wish) =>
    counted(
      'released',
      await running.ask('POST', 'gate/release', { ...chosen(filter, wish), ...(wish.twice && { twice: true }) }),
    ),
  drop: async (running: Running, filter: Filter, wish: Wish) =>
    counted('dropped', await running.ask('POST', 'gate/drop', chosen(filter, wish))),
  resume: async (running: Running) => {
    const value = await running.ask('POST', 'gate/resume')
    return { value, lines: ['nothing is held any more'] }
  },
} as const

type Filter = Readonly<Record<string, string>>

export const verb = defineVerb({
  operands: `${Object.keys(words).join('|')} [FIELD=VALUE...]`,
  flags,
  more: 'For example: midtrans-emulator notifications resend order_id=order-1 transaction_status=settlement',
  async run({ flags: wish, operands: [found = 'list', ...pairs] }) {
    // The keys are those of the table.
    const word = readWord(found, Object.keys(words) as (keyof typeof words)[])
    const { value, lines } = await words[word](targetOf(wish), readPairs(pairs), wish)
    print(wish.json, value, lines)
    return 0
  },
})

const rowOf = ({ created_at, event, reference, deliveries, id }: Shown): string[] => {
  const states = deliveries.map(({ status, url }) => `${status} ${url}`)
  return [created_at, event, reference, states.length === 0 ? 'nowhere to go' : states.join(', '), id]
}

/** Those that are meant: of a filter, or so many of the oldest; where nothing is said, all. */
function chosen(filter: Filter, { first }: Wish) {
  const count = readCount('--first', first)
  return {
    ...(Object.keys(filter).length > 0 || count === undefined ? { filter } : {}),
    ...(count !== undefined && { first: count }),
  }
}

function counted(what: string, answer: unknown) {
  const { [what]: count } = answer as Readonly<Record<string, unknown>>
  return { value: answer, lines: [`${what} ${count}`] }
}
