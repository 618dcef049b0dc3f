const shortUnits = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const

const shortForm = /^(\d+)(ms|s|m|h|d)$/
const isoForm = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/

/**
 * Milliseconds of a duration such as "5m", "90s", "6h", "2d" or ISO 8601 "PT5M", "P1DT12H"; undefined where the text
 * is neither. Years and months are left out: they have no fixed length.
 */
export function parseDuration(text: string): number | undefined {
  const short = shortForm.exec(text)
  if (short) return Number(short[1]) * shortUnits[short[2] as keyof typeof shortUnits]
  const iso = isoForm.exec(text)
  if (!iso || /[PT]$/.test(text)) return undefined
  const [weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = iso.slice(1).map((part) => Number(part ?? 0))
  return (((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60_000 + seconds * 1_000
}
