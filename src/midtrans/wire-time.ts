/** GMT+7, in which Midtrans writes times. */
export const wibOffsetMs = 7 * 3_600_000

const yearTenThousand = Date.UTC(10_000, 0)

/** Under load the same few seconds are written again and again. */
const written = new Map<number, string>()
const mostWritten = 1_000

/** "2016-06-28 09:42:20": Midtrans's times, in GMT+7 without a zone (recordings.md, HTTP status). */
export function wireTime(at: number): string {
  const second = Math.floor(at / 1_000)
  const known = written.get(second)
  if (known !== undefined) return known
  const text = new Date(second * 1_000 + wibOffsetMs).toISOString().slice(0, 19).replace('T', ' ')
  if (written.size >= mostWritten) written.clear()
  written.set(second, text)
  return text
}

/** "2021-12-17T04:05:16.000000Z": as the documentation of subscriptions has times, in UTC. */
export const isoMicroseconds = (at: number): string => new Date(at).toISOString().replace('Z', '000Z')

/** The milliseconds since epoch of "2016-06-28 09:42:20 +0700", or undefined where the text is no such time. */
export function parseWireTime(text: string): number | undefined {
  const parts = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) ([+-]\d\d):?(\d\d)$/.exec(text)
  if (!parts) return undefined
  const at = Date.parse(`${parts[1]}T${parts[2]}${parts[3]}:${parts[4]}`)
  // Date.parse takes the 31st of June for the 1st of July.
  const isReal = !Number.isNaN(at) && new Date(`${parts[1]}T00:00:00Z`).toISOString().startsWith(parts[1] ?? '')
  // Near the end of the year 9999 a zone can lead beyond it, where times are written in another form.
  return isReal && at + wibOffsetMs < yearTenThousand ? at : undefined
}
