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
    return text.includes('null') ? withoutNulls(body) : body
  } catch {
    throw new GatewayError('malformed-body')
  }
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
