/** Keys as Midtrans writes them, wherever they stand in a text. */
const keys = /\b((?:SB-)?(?:Mid|VT)-server-)[\w-]{4,}/g

/** Credentials in an address. */
const passwords = /(\/\/)[^/@\s]*@/g

export const withoutPassword = (url: string): string => url.replace(passwords, '$1')

/** A text without server keys and passwords, this key among them: it may look like none. */
export const withoutSecrets = (text: string, serverKey: string): string =>
  withoutPassword(text.replaceAll(serverKey, '(server key)').replace(keys, '$1...'))
