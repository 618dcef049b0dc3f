import { displayAmount } from '../../midtrans/money.ts'
import { shortKey } from '../../midtrans/secrets.ts'
import { wireTime } from '../../midtrans/wire-time.ts'
import { isoTime } from '../admin/wire.ts'
import { quickJumps } from './clock.ts'
import type { Told } from './told.ts'
import { baseOf, inPath, type Visit } from './visit.ts'

/** What stands around each page of a sandbox. */
export function frame(visit: Visit, told: Told) {
  const { sandbox, sandboxes, base, here, query } = visit
  const { clock, state, journal } = sandbox
  const now = clock.now()
  const [path = ''] = here.split('?')
  const id = sandbox.settings.merchantId
  const item = (label: string, word: string, count?: number) => {
    const href = word === '' ? base : `${base}/${word}`
    const isHere = word === '' ? path === base : path === href || path.startsWith(`${href}/`)
    return { label, href, isHere, testId: `nav-${word || 'overview'}`, count, isApart: false }
  }
  return {
    base,
    here,
    show,
    sandboxId: id,
    shortKey: shortKey(sandbox.serverKey),
    others: sandboxes.usual
      .filter((each) => each !== sandbox)
      .slice(0, 50)
      .map((each) => ({ href: baseOf(each), label: each.settings.merchantId })),
    clock: { mode: clock.mode, speed: clock.speed, now },
    quickJumps: quickJumps(visit),
    note: told.get(query.told),
    nav: [
      item('Overview', ''),
      item('Shop', 'shop'),
      item('Transactions', 'transactions', state.transactions.size),
      item('Accounts', 'accounts', state.accounts.size),
      item('Subscriptions', 'subscriptions', state.subscriptions.size),
      item('Snap', 'snap', state.snapSessions.size),
      item('Notifications', 'notifications', state.notifications.size),
      item('Requests', 'requests', journal.requests.size),
      item('Rules', 'rules', sandbox.rules.all.length),
      item('Scenarios', 'scenarios'),
      item('Payers', 'payers'),
      item('Clock', 'clock'),
      item('Settings', 'settings'),
      item('State', 'state'),
      item('Connect', 'connect'),
      // A page that stands for itself, with a policy of its own: it is loaded as a whole.
      { label: 'API', href: `/dashboard/api?sandbox=${inPath(id)}`, isHere: false, testId: 'nav-api', isApart: true },
    ],
  }
}

/** How templates write what is no text. */
export const show = {
  rupiah: (amount: number) => (amount < 0 ? `-${displayAmount(-amount)}` : displayAmount(amount)),
  /** The sandbox's time in WIB, and for machines in UTC. */
  wib: wireTime,
  iso: isoTime,
  /** A text inside of HTML that a template puts together itself. */
  html: (text: string) => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`),
  path: inPath,
  json: (value: unknown) => JSON.stringify(value, undefined, 2),
}
