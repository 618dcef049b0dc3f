/** A request as it comes in. */
export interface Arrival {
  /** Unguessable. */
  readonly id: string
  readonly from: 'merchant' | 'payer'
  readonly method: string
  /** Path and query. */
  readonly url: string
  /** What it asks for; undefined: something that is not there. */
  readonly operation: string | undefined
  /** Those that matter. */
  readonly headers: Readonly<Record<string, string>>
  /** What it is about, as far as its address says. */
  readonly about: Readonly<Record<string, string>>
  /** What the emulator did to it; written to while it is under way. */
  readonly marks: { readonly rule?: string; readonly fault?: string }
}

/** How a request ended. */
export interface Ending {
  /** The sandbox's time. */
  readonly at: number
  /** Undefined: nothing was answered. */
  readonly status: number | undefined
  /** Where the payer was sent. */
  readonly location: string | undefined
  readonly tookMs: number
  /** Whether the whole answer has left. */
  readonly hasLeft: boolean
}

/**
 * A request and its answer, as raw as they came and bounded: whoever reads them masks them. `at` is the sandbox's time,
 * `realAt` real time. Written to until it has ended.
 */
export interface Exchange extends Arrival {
  readonly seq: number
  readonly at: number
  readonly realAt: number
  body?: string
  answer?: string
  ending?: Ending & {
    /** Its own place in the order of all that happens. */
    readonly seq: number
  }
}

const mostKept = 8 * 1_024

/** As much of a text as is kept. A copy: a plain slice would hold on to all of it. */
export function bounded(text: string, most = mostKept): string {
  if (text.length <= most) return text
  return `${Buffer.from(text.slice(0, most)).toString()} ... (${text.length - most} more characters)`
}

/** Whether some of a text was not kept. */
export const isCut = (text: string): boolean => / \.\.\. \(\d+ more characters\)$/.test(text)

/** How many characters an exchange takes up; nothing before it has ended. */
export function weightOf({ ending, url, headers, body = '', answer = '' }: Exchange): number {
  if (!ending) return 0
  let weight = url.length + body.length + answer.length + (ending.location?.length ?? 0)
  for (const name in headers) weight += headers[name]?.length ?? 0
  return weight
}
