/** Keys as Midtrans writes them, wherever they stand in a text. */
const keys = /\b((?:SB-)?(?:Mid|VT)-server-)[\w-]{4,}/g

/** Credentials in an address. */
const passwords = /(\/\/)[^/@\s]*@/g

export const withoutPassword = (url: string): string => url.replace(passwords, '$1')

/** A text without server keys and passwords, this key among them: it may look like none. */
export const withoutSecrets = (text: string, serverKey: string): string =>
  withoutPassword(text.replaceAll(serverKey, '(server key)').replace(keys, '$1...'))

/** Enough to tell keys apart, too little to use one. */
export function shortKey(key: string): string {
  const prefix = /^.*?-server-/.exec(key)?.[0] ?? ''
  return key.length - prefix.length > 8 ? `${prefix}...${key.slice(-4)}` : `${prefix}...`
}
