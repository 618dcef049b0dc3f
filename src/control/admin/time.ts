import { parseWireTime } from '../../midtrans/wire-time.ts'

/** The time of "2026-12-01 09:00:00 +0700" or "2026-12-01T09:00:00+07:00"; undefined where the text is none. */
export const parseTime = (text: string): number | undefined => parseWireTime(text) ?? parseIsoTime(text)

/** ISO 8601 with a zone: without one, it would mean something else on every machine. */
function parseIsoTime(text: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:\d\d)$/.test(text)) return undefined
  const at = Date.parse(text)
  return Number.isNaN(at) ? undefined : at
}
