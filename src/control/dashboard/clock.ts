import { fastestSpeed } from '../../engine/time/clock.ts'
import type { Sandbox } from '../../sandbox.ts'
import { upcomingIn } from '../admin/upcoming.ts'
import { adminButton, type Button } from './button.ts'
import { inPath, type View, type Visit } from './visit.ts'

const mostShown = 50

const speeds = [1, 10, 60, 600]

/** The sandbox's own time: how it stands, what is ahead, and every way to move it. */
export function clock(visit: Visit): View {
  const { sandbox, base } = visit
  const { mode, speed } = sandbox.clock
  const { total, upcoming } = upcomingIn(sandbox.state, mostShown)
  return {
    title: 'Clock',
    steer: [...standing(visit, ''), nextEvent(visit, '')],
    jumps: [
      jump('+1 minute', '1m', ''),
      jump('+15 minutes', '15m', ''),
      jump('+1 hour', '1h', ''),
      jump('+1 day', '1d', ''),
    ],
    anyJump: adminButton('Jump', 'advance', 'clock/advance'),
    set: adminButton('Set the clock', 'set-clock', 'clock/set'),
    speeds: speeds.map((each) =>
      adminButton(each === 1 ? 'Normal' : `${each} times`, `speed-${each}`, 'clock/speed', {
        body: { speed: each },
        why: each === speed ? 'it is so already' : undefined,
      }),
    ),
    anySpeed: adminButton('Set the speed', 'speed', 'clock/speed'),
    fastestSpeed,
    isFrozen: mode === 'frozen',
    total,
    upcoming: upcoming.map((each) => ({ ...each, ...aboutOf(sandbox, base, each) })),
  }
}

/** The few buttons that stand in the frame of every page. */
export function quickJumps(visit: Visit): readonly Button[] {
  const possible = standing(visit, 'quick-').filter(({ why }) => why === undefined)
  return [...possible, jump('+15 minutes', '15m', 'quick-'), nextEvent(visit, 'quick-')]
}

function standing({ sandbox }: Visit, prefix: string): readonly Button[] {
  const isFrozen = sandbox.clock.mode === 'frozen'
  return [
    adminButton('Freeze', `${prefix}freeze`, 'clock/freeze', { why: isFrozen ? 'it stands still already' : undefined }),
    adminButton('Resume', `${prefix}resume`, 'clock/resume', { why: isFrozen ? undefined : 'it is running' }),
  ]
}

const jump = (label: string, by: string, prefix: string): Button =>
  adminButton(label, `${prefix}jump-${by}`, 'clock/advance', { body: { by } })

const nextEvent = ({ sandbox }: Visit, prefix: string): Button =>
  adminButton('Next event', `${prefix}next`, 'clock/next', {
    why: sandbox.time.nextDueAt === undefined ? 'nothing is ahead' : undefined,
    tone: 'primary',
  })

type Upcoming = ReturnType<typeof upcomingIn>['upcoming'][number]

/** The order or the account that something is about, with its page, and the notification that is sent. */
function aboutOf({ state }: Sandbox, base: string, each: Upcoming) {
  const page = (name: string, id: string) => `${base}/${name}/${inPath(id)}`
  if (!('delivery' in each)) {
    if (each.subscription_id !== undefined) {
      const name = state.subscriptions.get(each.subscription_id)?.name
      return { about: `subscription ${name}`, href: page('subscriptions', each.subscription_id) }
    }
    if (each.order_id !== undefined) {
      const href = each.snap_token ? page('snap', each.snap_token) : page('transactions', each.order_id)
      return { about: `order ${each.order_id}`, href }
    }
    return each.account_id === undefined
      ? {}
      : { about: `account ${each.account_id}`, href: page('accounts', each.account_id) }
  }
  const { notificationId = '' } = state.deliveries.get(each.delivery) ?? {}
  const subject = state.notifications.get(notificationId)?.subject ?? ''
  const subscription = state.subscriptions.get(subject)
  const [name, place] = subscription
    ? ['subscription', 'subscriptions']
    : state.transactions.get(subject)
      ? ['order', 'transactions']
      : ['account', 'accounts']
  return {
    about: `${name} ${subscription?.name ?? each.reference}`,
    href: page(place ?? '', subject),
    notification: page('notifications', notificationId),
  }
}
