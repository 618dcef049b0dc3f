import { GatewayError } from '../errors.ts'

/**
 * Reads a request body as Midtrans does. Clients send JSON texts, the text `null`, nothing at all, and content types
 * of their own (recordings.md, "What each client sends that is unusual"). A field that is null counts as absent, but
 * for what stands in `metadata`, which is echoed.
 */
export function parseBody(text: string): unknown {
  if (text.trim() === '') return null
  try {
    const body: unknown = JSON.parse(text)
    refuseUnwieldy(body, 0)
    return text.includes('null') ? withoutNulls(body) : body
  } catch {
    throw new GatewayError('malformed-body')
  }
}

/** Deeper than any JSON that people write, and far from what a call stack can take. */
const deepest = 100
/** Longer than any list of a request. Each fault in it would be looked for. */
const longestList = 10_000

/** UNCERTAIN: limits of Midtrans's own are not documented. */
function refuseUnwieldy(value: unknown, depth: number): void {
  if (typeof value !== 'object' || value === null) return
  if (depth === deepest || (Array.isArray(value) && value.length > longestList))
    throw new GatewayError('malformed-body')
  for (const field of Object.values(value)) refuseUnwieldy(field, depth + 1)
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, field]) =>
      field === null ? [] : [[key, key === 'metadata' ? field : withoutNulls(field)]],
    ),
  )
}
