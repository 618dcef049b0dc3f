import type { Triggered } from '../client/trigger.ts'
import { readCount, readPairs } from './pairs.ts'
import { commonFlags } from './parse.ts'
import { print, table } from './print.ts'
import { targetFlags, targetOf } from './target.ts'
import { CommandError, defineVerb } from './verb.ts'

interface Listed {
  readonly event: string
  readonly summary: string
  readonly takes: readonly string[]
}

export const verb = defineVerb({
  operands: '[EVENT]',
  flags: {
    list: { about: 'the events that there are' },
    'order-id': { about: 'of a payment that is there; where none is called so, one is begun', value: 'ID' },
    amount: { about: 'of the payment that is begun', value: 'RUPIAH' },
    phone: { about: 'whose wallet; without it that of a payer with whom all goes well', value: 'PHONE' },
    'account-id': { about: 'an account that is linked already', value: 'ID' },
    'subscription-id': { about: 'subscription.charge: one that is there; else one is made', value: 'ID' },
    by: { about: 'account.disabled: payer, merchant or new-number', value: 'WHO' },
    code: { about: 'deny: why, as a channel_response_code', value: 'CODE' },
    'refund-amount': { about: 'partial_refund: how much', value: 'RUPIAH' },
    override: { about: 'a field of the notification; null takes it away (several)', value: 'KEY=VALUE', isList: true },
    header: { about: 'goes along with the charge or link that begins it (several)', value: 'NAME=VALUE', isList: true },
    ...targetFlags,
    ...commonFlags,
  },
  examples: [
    'midtrans-emulator trigger pending --order-id order-1',
    'midtrans-emulator trigger settlement --override gross_amount=1.00',
    'midtrans-emulator trigger --list',
  ],
  choices: async () => Object.keys((await import('../control/trigger/events.ts')).triggers),
  async run({ flags, operands: [event, ...others] }) {
    const running = targetOf(flags)
    if (flags.list || event === undefined) {
      if (!flags.list) throw new CommandError('found no event, expected one; --list tells which there are')
      // The endpoints answer so, here and below.
      const events = (await running.ask('GET', 'trigger')) as readonly Listed[]
      const rows = events.map(({ event: name, summary, takes }) => [name, summary, takes.map(flagOf).join(' ')])
      print(flags.json, events, table(rows))
      return 0
    }
    if (others.length > 0) throw new CommandError(`found "${others[0]}", expected one event`)
    const body = {
      event,
      order_id: flags['order-id'],
      amount: readCount('--amount', flags.amount),
      phone: flags.phone,
      account_id: flags['account-id'],
      subscription_id: flags['subscription-id'],
      by: flags.by,
      code: flags.code,
      refund_amount: readCount('--refund-amount', flags['refund-amount']),
      ...(flags.override.length > 0 && { overrides: readOverrides(readPairs(flags.override)) }),
      ...(flags.header.length > 0 && { headers: readPairs(flags.header) }),
    }
    const triggered = (await running.ask('POST', 'trigger', body)) as Triggered
    print(flags.json, triggered, linesOf(triggered))
    return 0
  },
})

const flagOf = (name: string): string => `--${name.replaceAll('_', '-')}`

/** Midtrans sends texts, amounts too; only what looks like it is JSON. */
const readOverrides = (pairs: Readonly<Record<string, string>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(pairs).map(([name, text]) => [name, readValue(name, text)]))

function readValue(name: string, text: string): unknown {
  if (text !== 'null' && !/^[[{]/.test(text)) return text
  try {
    return JSON.parse(text)
  } catch {
    throw new CommandError(`--override ${name}: found "${text}", which begins as JSON and is none`)
  }
}

function linesOf({
  event,
  status,
  order_id,
  subscription_id,
  account_id,
  notifications,
  actions = [],
  hint,
}: Triggered): string[] {
  const name = order_id ? `order ${order_id}, ` : subscription_id ? `subscription ${subscription_id}, ` : ''
  const told = notifications.flatMap(({ event: name, state, deliveries }) =>
    deliveries.length === 0
      ? [[`  ${name}`, state]]
      : deliveries.map(({ status: at, url, attempts }) => [`  ${name}`, at, url, ...answerOf(attempts.at(-1))]),
  )
  const links = actions.map(({ name, url }) => [`  ${name}`, url])
  return [
    `${event}: ${name}account ${account_id} is ${status}`,
    ...table(told),
    ...table(links),
    ...(hint === undefined ? [] : [hint]),
  ]
}

function answerOf(attempt: { readonly answer?: number; readonly error?: string } | undefined): string[] {
  return attempt === undefined ? [] : [String(attempt.answer ?? attempt.error)]
}
