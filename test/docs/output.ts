/** What differs from one run to the next. */
const masks: readonly (readonly [RegExp, string])[] = [
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g, '<uuid>'],
  [/\bg[ap]p?[rd]_[\w-]+/g, '<link>'],
  [/\b[0-9a-f]{128}\b/g, '<signature>'],
  [/\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?/g, '<time>'],
  [/\b(localhost|127\.0\.0\.1):\d+/g, '<host>'],
  [/\b\d+(\.\d+)? ?ms\b/g, '<ms>'],
  [/\bG\d{9}\b/g, '<merchant>'],
  [/ +/g, ' '],
]

const masked = (line: string) => masks.reduce((now, [what, mask]) => now.replace(what, mask), line).trim()

/** Lines of a page that were not printed, in this order; "..." stands for any lines. */
export function differences(written: string, printed: string): readonly string[] {
  const lines = printed.split('\n').map(masked)
  const missing: string[] = []
  let at = 0
  for (const line of written.split('\n').map(masked)) {
    if (line === '' || line === '...' || line === '…') continue
    const next = lines.findIndex((each, place) => place >= at && matches(line, each))
    if (next < 0) missing.push(line)
    else at = next + 1
  }
  return missing
}

/** "..." inside of a line stands for any text. */
function matches(written: string, printed: string): boolean {
  const parts = written.split(/\.\.\.|…/).map((part) => part.trim())
  let at = 0
  for (const part of parts) {
    const place = printed.indexOf(part, at)
    if (place < 0) return false
    at = place + part.length
  }
  return parts.length > 1 ? printed.startsWith(parts[0] ?? '') : written === printed
}
