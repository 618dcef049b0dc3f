import { Type } from 'typebox'
import type { Happening } from '../../engine/journal.ts'
import { fastestSpeed, slowestSpeed } from '../../engine/time/clock.ts'
import { parseDuration } from '../../engine/time/duration.ts'
import { wireTime } from '../../midtrans/wire-time.ts'
import type { Sandbox } from '../../sandbox.ts'
import type { Advanced } from '../../sandbox-time.ts'
import { latestTime } from '../state-shapes.ts'
import type { AdminApi } from './admin-api.ts'
import { Problem } from './problem.ts'
import { parseTime } from './time.ts'
import { isoTime, wireHappening } from './wire.ts'

const AdvanceBody = Type.Object(
  { by: Type.String({ description: '"90s", "5m", "6h", "2d" or "PT5M"; up to ten years.' }) },
  { additionalProperties: false },
)
const SpeedBody = Type.Object(
  { speed: Type.Number({ minimum: slowestSpeed, maximum: fastestSpeed, description: '60: a minute a second.' }) },
  { additionalProperties: false },
)
const SetBody = Type.Object(
  { to: Type.String({ description: 'ISO 8601 with a zone. Back only while the sandbox is empty.' }) },
  { additionalProperties: false },
)

/** The longest jump: ten years, more than any timer. */
const longestJumpMs = 3_653 * 86_400_000

/** GET /__admin/clock, POST /__admin/clock/freeze, advance, next, set, speed, resume: the sandbox's own time. */
export function clock(api: AdminApi): void {
  api.get('/__admin/clock', { summary: 'How the clock of the sandbox stands' }, reading)

  api.post('/__admin/clock/freeze', { summary: 'Stops the clock until it is set, advanced or resumed' }, (sandbox) => {
    sandbox.time.freeze()
    return reading(sandbox)
  })

  api.post('/__admin/clock/resume', { summary: 'Lets the clock go on from where it stands' }, (sandbox) => {
    sandbox.time.resume()
    return reading(sandbox)
  })

  const advance = {
    summary: 'Moves the clock, and lets all happen on the way',
    body: AdvanceBody,
    example: { by: '5m' },
  }
  api.post('/__admin/clock/advance', advance, async (sandbox, { body: { by } }) => {
    const ms = parseDuration(by)
    if (ms === undefined || ms > longestJumpMs || sandbox.clock.now() + ms > latestTime) {
      throw new Problem(
        400,
        'Bad duration',
        `by: found "${by}", expected e.g. "5m", "6h", "2d" or "PT5M", up to ten years and the year 9999`,
      )
    }
    return answer(sandbox, await sandbox.time.advanceTo(sandbox.clock.now() + ms))
  })

  const next = { summary: 'Moves the clock to the next thing that will happen, and lets it happen' }
  api.post('/__admin/clock/next', next, async (sandbox) => {
    const advanced = await sandbox.time.advanceToNext()
    if (!advanced?.wasIdle) return answer(sandbox, advanced)
    throw new Problem(
      409,
      'Nothing is ahead',
      'Found no timer and no notification that waits for its time',
      'GET /__admin/clock/upcoming lists what will happen; notifications that are held wait for POST /__admin/gate/release.',
    )
  })

  const speed = {
    summary: 'Lets the clock run so many times as fast as real time; 1 is normal',
    body: SpeedBody,
    example: { speed: 60 },
  }
  api.post('/__admin/clock/speed', speed, (sandbox, { body }) => {
    sandbox.time.setSpeed(body.speed)
    return reading(sandbox)
  })

  const set = {
    summary: 'Sets the clock to a time, and lets all happen on the way',
    body: SetBody,
    example: { to: '2030-01-01T09:00:00+07:00' },
  }
  api.post('/__admin/clock/set', set, async (sandbox, { body: { to } }) => {
    const at = parseTime(to)
    if (at === undefined || at - sandbox.clock.now() > longestJumpMs || at > latestTime) {
      throw new Problem(
        400,
        'Bad time',
        `to: found "${to}", expected e.g. "2026-12-01T09:00:00+07:00", up to ten years ahead, and the year 9999`,
      )
    }
    if (at >= sandbox.clock.now()) return answer(sandbox, await sandbox.time.advanceTo(at))
    if (!sandbox.isEmpty) {
      throw new Problem(
        409,
        'The clock only goes forward',
        `Found ${to}, which is before the sandbox's time, ${isoTime(sandbox.clock.now())}`,
        'To go back, reset the sandbox first: POST /__admin/reset.',
      )
    }
    sandbox.time.setBack(at)
    return { ...reading(sandbox), happened: [], omitted: 0 }
  })
}

function answer(sandbox: Sandbox, advanced: Advanced | undefined) {
  if (!advanced) {
    throw new Problem(
      409,
      'The clock is moving already',
      'Another advance of this sandbox is under way',
      'Wait for its answer. A notification handler must not advance the clock: the advance waits for the handler.',
    )
  }
  if (advanced.wasInterrupted) {
    throw new Problem(
      409,
      'Interrupted',
      'A reset, a restore or an import has come between: the clock stands where that has put it',
      'What happened on the way is undone. GET /__admin/clock tells the time.',
    )
  }
  const { happenings, omitted } = advanced
  return { ...reading(sandbox), happened: happenings.filter(isWorthTelling).map(wireHappening), omitted }
}

/** What is planned is told by what it leads to, and the move itself by the answer. */
const isWorthTelling = ({ what }: Happening): boolean => what !== 'delivery' && what !== 'clock'

function reading({ clock, timers, outbox }: Sandbox) {
  const now = clock.now()
  const next = timers.next()
  return {
    mode: clock.mode,
    speed: clock.speed,
    now: isoTime(now),
    midtrans_time: wireTime(now),
    next_timer: next && { kind: next.kind, subject: next.subject, due_at: isoTime(next.dueAt) },
    next_delivery_at: outbox.nextDueAt === undefined ? undefined : isoTime(outbox.nextDueAt),
  }
}
