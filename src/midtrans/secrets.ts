/** Keys as Midtrans writes them, wherever they stand in a text. */
const keys = /\b((?:SB-)?(?:Mid|VT)-server-)[\w-]{4,}/g

/** Credentials in an address, up to its last @; in a JSON its slashes may be escaped, or be the other ones. */
const passwords = /((?:\\?\/|\\\\?){2})(?:[^/\\\s]|\\[^/\\])*@/g

/** A token in an address or a form. */
const tokensInQuery = /(\b(?:payment_option_)?token=)([^&\s]+)/g

/** Where payment option tokens stand in a body. */
const tokenNames: ReadonlySet<unknown> = new Set(['token', 'payment_option_token'])

/** The texts of a JSON that may be cut or broken: what stands between the quotes, and whether it is a name. */
const jsonTexts = /"((?:[^"\\]|\\.)*)("?)(\s*:)?/gs

export const withoutPassword = (url: string): string => url.replace(passwords, '$1')

const withoutKeys = (text: string, serverKey: string): string =>
  (serverKey === '' ? text : text.replaceAll(serverKey, '(server key)')).replace(keys, '$1...')

/** A text without server keys and passwords, this key among them: it may look like none. */
export const withoutSecrets = (text: string, serverKey: string): string => withoutPassword(withoutKeys(text, serverKey))

/** An address or a body, as it was sent but for its secrets; payment option tokens are secrets as well. */
export function withoutTokens(text: string, serverKey = ''): string {
  const isJson = /^\s*["[{]/.test(text)
  if (!isJson) {
    return withoutSecrets(text, serverKey).replace(tokensInQuery, (_, name, token) => name + shortToken(token))
  }
  let name: unknown
  // Text by text: an address ends where its text ends, whatever comes behind it.
  return withoutKeys(text, serverKey).replace(jsonTexts, (_, content: string, quote: string, colon = '') => {
    if (colon) name = plain(content)
    const shown = !colon && tokenNames.has(name) ? shortToken(content) : withoutPassword(content)
    return `"${shown}${quote}${colon}`
  })
}

/** A text of a JSON as it is meant: any letter of it may be written as its number. */
function plain(content: string): unknown {
  try {
    return content.includes('\\') ? JSON.parse(`"${content}"`) : content
  } catch {
    return content
  }
}

/** Enough to tell keys apart, too little to use one. */
export function shortKey(key: string): string {
  const prefix = /^.*?-server-/.exec(key)?.[0] ?? ''
  return key.length - prefix.length > 8 ? `${prefix}...${key.slice(-4)}` : `${prefix}...`
}

const shortToken = (token: string): string => (token.length > 12 ? `${token.slice(0, 4)}...${token.slice(-4)}` : '...')
