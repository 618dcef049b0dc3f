import { readCount, readPairs, readWord } from './pairs.ts'
import { commonFlags } from './parse.ts'
import { print, table } from './print.ts'
import { linesOf, rowOf, type Shown } from './shown-notification.ts'
import { type Running, targetFlags, targetOf } from './target.ts'
import { CommandError, defineVerb, type FlagValues } from './verb.ts'

const flags = {
  first: { about: 'release, drop: how many of the oldest', value: 'N' },
  twice: { about: 'release: each arrives twice' },
  'to-url': { about: 'resend: where to, instead of where it went before', value: 'URL' },
  since: { about: 'resend: only what was told at or after this time of the sandbox', value: 'TIME' },
  resign: { about: 'resend: with a signature made anew' },
  ...targetFlags,
  ...commonFlags,
} as const

type Wish = FlagValues<typeof flags>
type Filter = Readonly<Record<string, string>>

interface Done {
  readonly value: unknown
  readonly lines: readonly string[]
}

/** What each word asks for, with what stands after it. The endpoints answer so. */
const words = {
  async list(running: Running, operands: readonly string[]): Promise<Done> {
    const all = await found(running, readPairs(operands))
    return { value: all, lines: table(all.map(rowOf)) }
  },
  async show(running: Running, operands: readonly string[]): Promise<Done> {
    const [id, ...others] = operands
    if (id === undefined) throw new CommandError('show: found nothing, expected an id or FIELD=VALUE...')
    if (id.includes('=') || others.length > 0) {
      const all = await found(running, readPairs(operands))
      return { value: all, lines: all.flatMap(linesOf) }
    }
    const one = (await running.ask('GET', `notifications/${encodeURIComponent(id)}`)) as Shown
    return { value: one, lines: linesOf(one) }
  },
  async resend(running: Running, operands: readonly string[], { 'to-url': url, since, resign }: Wish) {
    const wish = { filter: readPairs(operands), url, since, ...(resign && { sign: true }) }
    return counted('resent', await running.ask('POST', 'notifications/resend', wish))
  },
  async hold(running: Running, operands: readonly string[]) {
    const value = await running.ask('POST', 'gate/hold', { filter: readPairs(operands) })
    return { value, lines: ['held from now on; "notifications release" lets them go'] }
  },
  async release(running: Running, operands: readonly string[], wish: Wish) {
    const body = { ...chosen(readPairs(operands), wish), ...(wish.twice && { twice: true }) }
    return counted('released', await running.ask('POST', 'gate/release', body))
  },
  async drop(running: Running, operands: readonly string[], wish: Wish) {
    return counted('dropped', await running.ask('POST', 'gate/drop', chosen(readPairs(operands), wish)))
  },
  async resume(running: Running, operands: readonly string[]) {
    if (operands.length > 0) throw new CommandError(`resume: found "${operands[0]}", expected nothing: it lets all go`)
    const { lines, value } = counted('released', await running.ask('POST', 'gate/resume'))
    return { value, lines: ['nothing is held any more', ...lines] }
  },
} as const

// The keys are those of the table.
const names = Object.keys(words) as (keyof typeof words)[]

export const verb = defineVerb({
  operands: `${names.join('|')} [ID|FIELD=VALUE...]`,
  flags,
  more: [
    'Fields are those of the body, and event, reference, account_id, url and state (held, planned, failed, dropped,',
    'delivered, nowhere to go); `*` stands for any characters. Without any, all are meant.',
  ].join('\n'),
  examples: [
    'midtrans-emulator notifications list order_id=order-1',
    'midtrans-emulator notifications show order_id=order-1 transaction_status=settlement',
    'midtrans-emulator notifications resend order_id=order-1 transaction_status=settlement',
    'midtrans-emulator notifications hold event=transaction.settlement',
    'midtrans-emulator notifications release --first 1 --twice',
    'midtrans-emulator notifications resume',
  ],
  choices: async () => names,
  async run({ flags: wish, operands: [word = 'list', ...operands] }) {
    const { value, lines } = await words[readWord(word, names)](targetOf(wish), operands, wish)
    print(wish.json, value, lines)
    return 0
  },
})

const found = async (running: Running, filter: Filter) =>
  (await running.ask('GET', `notifications?${new URLSearchParams(filter)}`)) as readonly Shown[]

/** Those that are meant: of a filter, or so many of the oldest; where nothing is said, all. */
function chosen(filter: Filter, { first }: Wish) {
  const count = readCount('--first', first)
  return {
    ...(Object.keys(filter).length > 0 || count === undefined ? { filter } : {}),
    ...(count !== undefined && { first: count }),
  }
}

function counted(what: string, value: unknown): Done {
  const { [what]: count } = value as Readonly<Record<string, unknown>>
  return { value, lines: [`${what} ${count}`] }
}
