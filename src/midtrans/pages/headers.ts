import type { FastifyRequest } from 'fastify'

/**
 * Nothing from elsewhere, nothing inline, and no frames but those of merchants who were named. form-action is left open
 * on purpose: browsers apply it to the redirect after a form, too, and that leads to the merchant.
 */
export const contentSecurityPolicy = (frameAncestors: readonly string[] | 'anybody'): string =>
  [
    "default-src 'none'",
    "style-src 'self'",
    "script-src 'self'",
    "connect-src 'self'",
    "img-src 'self'",
    "base-uri 'none'",
    ...ancestors(frameAncestors),
  ].join('; ')

/** Nothing is said where anybody may: `*` leaves out pages that were opened as a file. */
function ancestors(named: readonly string[] | 'anybody'): string[] {
  if (named === 'anybody') return []
  return [`frame-ancestors ${named.length === 0 ? "'none'" : named.join(' ')}`]
}

export const pageHeaders = {
  'content-security-policy': contentSecurityPolicy([]),
  'cache-control': 'no-store',
  // With no-referrer browsers would send "Origin: null" with our own forms.
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
}

/**
 * Whether a form was sent by a page of another site, which must not press buttons for the payer. What is no browser
 * sends neither header. Browsers send Sec-Fetch-Site to https and to localhost alone, and Origin with every form.
 */
export function isForeign({ method, headers }: FastifyRequest): boolean {
  if (method !== 'POST') return false
  const site = headers['sec-fetch-site']
  if (site !== undefined) return site !== 'same-origin' && site !== 'none'
  const { origin } = headers
  if (origin === undefined) return false
  const from = URL.parse(origin)
  // Behind a proxy the browser knows another name than we are reached by.
  const names = [headers.host, ...String(headers['x-forwarded-host'] ?? '').split(',')]
  return !names.some((name = '') => from && from.host === URL.parse(`${from.protocol}//${name.trim()}`)?.host)
}
