import { GatewayError } from '../errors.ts'

/** The user name of HTTP Basic, or undefined where the header is missing or malformed. The password is ignored. */
export function basicUser(authorization: string | undefined): string | undefined {
  const encoded = /^Basic +([A-Za-z0-9+/_-]+={0,2}) *$/i.exec(authorization ?? '')?.[1]
  if (encoded === undefined) return undefined
  const text = Buffer.from(encoded, 'base64').toString('utf8')
  const colon = text.indexOf(':')
  return colon < 0 ? undefined : text.slice(0, colon)
}

/** The server key of a Core API request. */
export function serverKeyOf(authorization: string | undefined): string {
  const key = basicUser(authorization)
  if (key === '') throw new GatewayError('empty-key')
  // UNCERTAIN: no recording shows a request without an Authorization header.
  if (key === undefined) throw new GatewayError('unknown-key')
  return key
}
