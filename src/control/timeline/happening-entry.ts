import type { Happening, Noted } from '../../engine/journal.ts'
import { wireTime } from '../../midtrans/wire-time.ts'
import type { Entry } from './entry.ts'

type Told = Pick<Entry, 'from' | 'to' | 'kind' | 'title'>

/** What happened, as a line of a story. */
export function entryOf({ seq, happening }: Noted): Entry {
  const { at, what, ...details } = happening
  return { seq, at, ...told(happening), details }
}

/** What happened, in plain words. */
export const titleOf = (happening: Happening): string => told(happening).title

/** Where something happens in the emulator itself. */
const inside = (kind: Entry['kind'], title: string): Told => ({ from: 'emulator', to: 'emulator', kind, title })

function told(happening: Happening): Told {
  switch (happening.what) {
    case 'page':
      return { from: 'payer', to: 'emulator', kind: 'page', title: pageTitle(happening) }
    case 'visit':
      return {
        from: 'payer',
        to: 'emulator',
        kind: 'page',
        title: `closes the ${pageName(happening)}, ${happening.page}`,
      }
    case 'panel':
      return {
        from: 'payer',
        to: 'emulator',
        kind: 'page',
        title: `test panel of the ${pageName(happening)}, ${happening.page}: ${happening.did}`,
      }
    case 'notification':
      return { from: 'emulator', to: 'merchant', kind: 'notification', title: tryTitle(happening) }
    case 'delivery':
      return inside('notification', deliveryTitle(happening))
    case 'rule':
      return inside('rule', `rule: ${happening.says}`)
    case 'refund':
      return inside('change', `refund ${happening.key} ${happening.to}`)
    case 'subscription':
      return inside('change', subscriptionTitle(happening))
    case 'clock':
      return { from: 'clock', to: 'emulator', kind: 'clock', title: clockTitle(happening) }
    case 'settings':
      return inside('settings', `settings changed: ${happening.names}`)
    case 'restore':
      return inside('reset', `the sandbox is as it was at ${wireTime(Number(happening.toAt))}`)
    case 'reset':
      return inside('reset', 'the sandbox is reset')
    default:
      return inside('change', changeTitle(happening))
  }
}

/** Of accounts, transactions, verifications and Snap sessions: a begin has no status before it. */
function changeTitle({ what, from, to }: Happening): string {
  const name = plainNames[what] ?? what
  return from === undefined ? `${name} begins: ${to}` : `${name} ${from} -> ${to}`
}

const plainNames: Readonly<Record<string, string>> = { verification: 'page', snap: 'Snap session' }

/** Its begin and its end, a change that the merchant has made, or a charge. */
function subscriptionTitle({ what, did, name, names, from, to, because, againAt, ...happening }: Happening): string {
  if (did === undefined) return changeTitle({ ...happening, what: `subscription ${name}`, from, to })
  if (did === 'update') return `subscription: ${names} changed`
  const why = because === undefined ? '' : ` (${because})`
  const next = typeof againAt === 'number' ? `, again at ${wireTime(againAt)}` : ''
  return `subscription, ${did}: ${to}${why}${next}`
}

/** As its timeline calls a page: those of GoPay by what they are for. */
const pageName = ({ kind }: Happening) => `${kind === 'snap' ? 'Snap' : kind} page`

function pageTitle({ action, question, judgement, shown, ...page }: Happening): string {
  const name = pageName(page)
  if (action === 'open') return `opens the ${name}: ${shown}`
  if (action !== 'answer') return `presses ${action} on the ${name}`
  const end = judgement === 'wrong' && shown === 'failed' ? ', for the last time' : ''
  return `${name}, ${question}: ${judgement}${end}`
}

function tryTitle({ event, url, attempt, answer, error, status, nextAttemptAt }: Happening): string {
  const next = typeof nextAttemptAt === 'number' ? `, again at ${wireTime(nextAttemptAt)}` : ''
  const end = status === 'failed' ? ', given up' : status === 'held' ? ', held' : next
  return `${event} to ${url}, try ${attempt}: ${answer ?? error}${end}`
}

const deeds: Readonly<Record<string, string>> = {
  hold: 'held at the gate',
  release: 'released from the gate',
  drop: 'dropped at the gate',
  edit: 'edited at the gate',
}

function deliveryTitle({ at, event, did, url, status, because, nextAttemptAt }: Happening): string {
  const way = url === undefined ? '' : ` for ${url}`
  const why = because === undefined ? '' : ` (${because})`
  const later = typeof nextAttemptAt === 'number' && nextAttemptAt > at ? ` at ${wireTime(nextAttemptAt)}` : ''
  return `${event} ${deeds[String(did)] ?? status}${later}${way}${why}`
}

function clockTitle({ at, did, toAt, speed }: Happening): string {
  if (did === 'freeze') return `the clock stops at ${wireTime(at)}`
  if (did === 'speed') return `the clock goes ${speed} times as fast`
  if (did === 'resume') return `the clock goes on from ${wireTime(at)}`
  return `the clock moves from ${wireTime(at)} to ${wireTime(Number(toAt))}`
}
