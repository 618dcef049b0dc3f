import { Type } from 'typebox'
import { parseDuration } from '../../engine/time/duration.ts'
import { wireTime } from '../../midtrans/wire-time.ts'
import type { Advanced, Sandbox } from '../../sandbox.ts'
import type { AdminApi } from './admin-api.ts'
import { Problem } from './problem.ts'
import { parseTime } from './time.ts'
import { isoTime, wireHappening } from './wire.ts'

const AdvanceBody = Type.Object({ by: Type.String() }, { additionalProperties: false })
const SetBody = Type.Object({ to: Type.String() }, { additionalProperties: false })

/** The longest jump: ten years, more than any timer. */
const longestJumpMs = 3_653 * 86_400_000

/** GET /__admin/clock, POST /__admin/clock/freeze, advance, set, resume: the sandbox's own time. */
export function clock(api: AdminApi): void {
  api.get('/__admin/clock', { summary: 'How the clock of the sandbox stands' }, reading)

  api.post('/__admin/clock/freeze', { summary: 'Stops the clock until it is set, advanced or resumed' }, (sandbox) => {
    sandbox.freeze()
    return reading(sandbox)
  })

  api.post('/__admin/clock/resume', { summary: 'Lets the clock go on from where it stands' }, (sandbox) => {
    sandbox.resume()
    return reading(sandbox)
  })

  const advance = { summary: 'Moves the clock, and lets all happen on the way', body: AdvanceBody }
  api.post('/__admin/clock/advance', advance, async (sandbox, { body: { by } }) => {
    const ms = parseDuration(by)
    if (ms === undefined || ms > longestJumpMs) {
      throw new Problem(
        400,
        'Bad duration',
        `by: found "${by}", expected e.g. "5m", "6h", "2d" or "PT5M", up to ten years`,
      )
    }
    return jump(sandbox, sandbox.clock.now() + ms)
  })

  const set = { summary: 'Sets the clock to a time, and lets all happen on the way', body: SetBody }
  api.post('/__admin/clock/set', set, async (sandbox, { body: { to } }) => {
    const at = parseTime(to)
    if (at === undefined || at - sandbox.clock.now() > longestJumpMs) {
      throw new Problem(
        400,
        'Bad time',
        `to: found "${to}", expected e.g. "2026-12-01T09:00:00+07:00", up to ten years ahead`,
      )
    }
    if (at >= sandbox.clock.now()) return jump(sandbox, at)
    if (!sandbox.isEmpty) {
      throw new Problem(
        409,
        'The clock only goes forward',
        `Found ${to}, which is before the sandbox's time, ${isoTime(sandbox.clock.now())}`,
        'To go back, reset the sandbox first: POST /__admin/reset.',
      )
    }
    sandbox.setBack(at)
    return { ...reading(sandbox), happened: [], omitted: 0 }
  })
}

async function jump(sandbox: Sandbox, target: number) {
  const advanced = await sandbox.advanceTo(target)
  if (!advanced) {
    throw new Problem(
      409,
      'The clock is moving already',
      'Another advance of this sandbox is under way',
      'Wait for its answer. A notification handler must not advance the clock: the advance waits for the handler.',
    )
  }
  return answer(sandbox, advanced)
}

const answer = (sandbox: Sandbox, { happenings, omitted }: Advanced) => ({
  ...reading(sandbox),
  // What is planned is told by what it leads to.
  happened: happenings.filter(({ what }) => what !== 'delivery').map(wireHappening),
  omitted,
})

function reading({ clock, timers, outbox }: Sandbox) {
  const now = clock.now()
  const next = timers.next()
  return {
    mode: clock.mode,
    now: isoTime(now),
    midtrans_time: wireTime(now),
    next_timer: next && { kind: next.kind, subject: next.subject, due_at: isoTime(next.dueAt) },
    next_delivery_at: outbox.nextDueAt === undefined ? undefined : isoTime(outbox.nextDueAt),
  }
}
