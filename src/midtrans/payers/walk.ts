import { parseDuration } from '../../engine/time/duration.ts'

/** What a page can ask the payer for. */
export const questions = ['phone', 'consent', 'name', 'otp', 'pin', 'new_pin'] as const
export type Question = (typeof questions)[number]

/** How a payer behaves on the pages, as fixtures/personas.json and the admin API write it; absent: right, at once. */
export interface WrittenWalk {
  /** Durations: before the first page, and between two questions. */
  readonly waits?: string
  readonly pace?: string
  /** What is typed at the first, second, third try: "right", "wrong" or digits; then the right one. */
  readonly otp?: readonly string[]
  readonly pin?: readonly string[]
  readonly name?: string
  /** Who pays, where nobody is linked: plain GoPay asks. */
  readonly phone?: string
  /** Closes the page that asks for this. */
  readonly leaves_at?: Question
  readonly declines_at?: Question
  /** What a payer does in the app some time after a link. */
  readonly later?: { readonly after: string; readonly does: 'unlink' }
  /** Behaves so on these pages; on the others, right and at once. */
  readonly only?: 'link' | 'payment'
}

/** The same, read. */
export interface Walk {
  readonly waitsMs: number
  readonly paceMs: number
  readonly otp: readonly string[]
  readonly pin: readonly string[]
  readonly name?: string
  readonly phone?: string
  readonly leavesAt?: Question
  readonly declinesAt?: Question
  readonly unlinksAfterMs?: number
}

/** A walk that has begun and is not over. `id` is that of the verification whose pages are walked. */
export interface WalkUnderWay extends Walk {
  readonly id: string
}

export function readWalk(written: WrittenWalk): Walk {
  const { waits = '0s', pace = '0s', otp = [], pin = [], name, phone, leaves_at, declines_at, later } = written
  return {
    waitsMs: milliseconds(waits),
    paceMs: milliseconds(pace),
    otp,
    pin,
    ...(name !== undefined && { name }),
    ...(phone !== undefined && { phone }),
    ...(leaves_at && { leavesAt: leaves_at }),
    ...(declines_at && { declinesAt: declines_at }),
    ...(later && { unlinksAfterMs: milliseconds(later.after) }),
  }
}

/** Right answers at once. */
export const rightWalk = readWalk({})

function milliseconds(duration: string): number {
  const ms = parseDuration(duration)
  if (ms === undefined) throw new Error(`a walk knows no duration "${duration}"`)
  return ms
}
