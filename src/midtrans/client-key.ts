import { hash } from 'node:crypto'

const signs = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const length = 16

/**
 * The client key of a sandbox whose settings name none: the same for the same server key, which cannot be told from it. It
 * looks like those that Midtrans shows beside server keys in its dashboard.
 */
export function clientKeyOf(serverKey: string): string {
  const digest = hash('sha256', `client key of ${serverKey}`, 'buffer')
  return `SB-Mid-client-${[...digest.subarray(0, length)].map((byte) => signs[byte % signs.length]).join('')}`
}

/** Browsers see it: one that looks like a server key was surely put in the wrong place. */
export const isClientKey = (text: string): boolean => /^(?!.*-server-)[\w-]{0,100}$/i.test(text)
