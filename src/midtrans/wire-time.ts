const wibOffsetMs = 7 * 3_600_000

/** "2016-06-28 09:42:20": Midtrans's times, in GMT+7 without a zone (recordings.md, HTTP status). */
export const wireTime = (at: number): string => new Date(at + wibOffsetMs).toISOString().slice(0, 19).replace('T', ' ')

/** The milliseconds since epoch of "2016-06-28 09:42:20 +0700", or undefined where the text is no such time. */
export function parseWireTime(text: string): number | undefined {
  const parts = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) ([+-]\d\d):?(\d\d)$/.exec(text)
  if (!parts) return undefined
  const at = Date.parse(`${parts[1]}T${parts[2]}${parts[3]}:${parts[4]}`)
  return Number.isNaN(at) ? undefined : at
}
