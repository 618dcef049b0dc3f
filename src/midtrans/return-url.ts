/** Schemes that run or read something instead of leading somewhere. */
const harmful = new Set(['javascript:', 'data:', 'vbscript:', 'file:', 'blob:', 'about:'])

/** A web address, or a deep link into the merchant's app. */
export function isReturnUrl(text: string): boolean {
  // URL.parse overlooks blanks around an address; the browser that gets it as a Location may not.
  if (text !== text.trim()) return false
  const url = URL.parse(text)
  return url !== null && !harmful.has(url.protocol)
}

/** Deep links have no host of the web's kind, and are always allowed. No host in the list: all are. */
export function isAllowedHost(text: string | undefined, allowed: readonly string[]): boolean {
  if (!text || allowed.length === 0) return true
  const url = URL.parse(text)
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:')) return true
  return allowed.some((host) => [url.hostname, url.host].includes(host.toLowerCase()))
}

/** Adds parameters behind those that the merchant put there, which stay as they are (facts.md, section 12). */
export function withParameters(url: string, parameters: Readonly<Record<string, string>>): string {
  const [rest = '', ...fragment] = url.split('#')
  const joint = !rest.includes('?') ? '?' : rest.endsWith('?') || rest.endsWith('&') ? '' : '&'
  const address = [rest + joint + new URLSearchParams(parameters), ...fragment].join('#')
  // A header takes printable ASCII alone.
  return address.replace(/[^\x21-\x7e]+/g, (text) => encodeURIComponent(text.toWellFormed()))
}
