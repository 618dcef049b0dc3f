import { NoStream } from '../client/events.ts'
import { reasonOf } from '../client/http.ts'
import { realNow } from '../engine/time/clock.ts'
import { parseDuration } from '../engine/time/duration.ts'
import { pause } from '../engine/time/pause.ts'
import { isEntry, lineOf, missedLine } from './log-line.ts'
import { commonFlags } from './parse.ts'
import { type Running, targetFlags, targetOf } from './target.ts'
import { CommandError, defineVerb } from './verb.ts'

export const verb = defineVerb({
  flags: {
    follow: { about: 'goes on with what happens, until Ctrl-C (-f)', short: 'f' },
    'order-id': { about: 'only what is about this order; `*` for any characters', value: 'ID' },
    wait: { about: 'with --follow: how long to look for an emulator that has gone (30s)', value: 'DURATION' },
    ...targetFlags,
    ...commonFlags,
  },
  examples: ['midtrans-emulator logs --order-id order-1', 'midtrans-emulator logs --json | head -n 1'],
  more: 'A line each: the time in the sandbox (WIB), what kind of thing, which order or account, what happened.',
  async run({ flags }) {
    const waitMs = parseDuration(flags.wait ?? '30s')
    if (waitMs === undefined || waitMs > longestWaitMs) {
      throw new CommandError(`--wait: found "${flags.wait}", expected e.g. 30s or 5m, up to one hour`)
    }
    const running = targetOf(flags)
    const query = new URLSearchParams({ follow: String(flags.follow) })
    if (flags['order-id'] !== undefined) query.set('order_id', flags['order-id'])
    const print = (type: string, data: unknown) => printed(type, data, flags.json)
    const log = { running, path: `events?${query}`, waitMs: flags.follow ? waitMs : 0, print }
    const stop = new AbortController()
    const onSignal = () => stop.abort()
    process.once('SIGINT', onSignal).once('SIGTERM', onSignal)
    // A reader such as `head` may leave first.
    process.stdout.once('error', onSignal)
    await follow(log, flags.follow, stop.signal)
    return 0
  },
})

interface Log {
  readonly running: Running
  readonly path: string
  readonly waitMs: number
  print(type: string, data: unknown): void
}

const longestWaitMs = 3_600_000
const firstPauseMs = 250
const longestPauseMs = 5_000

/** Until the sandbox or the wish to know has an end. Rejects where the emulator is gone, and stays so. */
async function follow({ running, path, waitMs, print }: Log, goesOn: boolean, signal: AbortSignal): Promise<void> {
  let after: string | undefined
  let goneSince: number | undefined
  let pauseMs = firstPauseMs
  while (!signal.aborted) {
    try {
      for await (const { id, type, data } of running.listen({ path, after }, signal)) {
        if (goneSince !== undefined) console.error(`midtrans-emulator: the emulator at ${running.url} is back`)
        goneSince = undefined
        pauseMs = firstPauseMs
        after = id ?? after
        print(type, data)
        if (type === 'end') return
      }
      if (!goesOn) return
    } catch (error) {
      if (signal.aborted) return
      if (error instanceof NoStream) throw running.objectionTo(error.answer)
      const told = `found no emulator at ${running.url} (${reasonOf(error)})`
      // Whoever never was there has not gone away.
      if (after === undefined && goneSince === undefined) throw new CommandError(`${told}; say where it is with --url`)
      if (goneSince === undefined && waitMs > 0) {
        console.error(`midtrans-emulator: the emulator at ${running.url} has gone away; looking for it`)
      }
      goneSince ??= realNow()
      if (realNow() - goneSince >= waitMs) throw new CommandError(`${told}: it has gone away`)
    }
    await pause(pauseMs, signal)
    pauseMs = Math.min(longestPauseMs, pauseMs * 2)
  }
}

function printed(type: string, data: unknown, isJson: boolean): void {
  const line = isJson ? JSON.stringify(type === 'entry' ? data : { [type]: data }) : textOf(type, data)
  if (line !== undefined) console.log(line)
}

function textOf(type: string, data: unknown): string | undefined {
  if (type === 'end') return 'the sandbox was deleted'
  if (type === 'dropped') return missedLine(data)
  return isEntry(data) ? lineOf(data) : undefined
}
