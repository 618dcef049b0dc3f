/** Which server keys open a sandbox. */
export type KeyPolicy = 'midtrans' | 'any' | 'listed'

/** SB-Mid-server-..., Mid-server-... and the old VT-server-... (recordings.md, signature_key). */
const midtransKey = /^(?:SB-)?(?:Mid|VT)-server-[\w-]{1,200}$/

/** Why a server key opens no sandbox; undefined: it opens one. */
export function objectionToKey(
  serverKey: string,
  { keys, serverKeys }: { readonly keys: KeyPolicy; readonly serverKeys: readonly string[] },
): string | undefined {
  switch (keys) {
    case 'listed':
      return serverKeys.includes(serverKey) ? undefined : 'expected one of those that the emulator was started with'
    case 'any':
      return serverKey !== '' && serverKey.length <= 255 ? undefined : 'expected 1 to 255 characters'
    case 'midtrans':
      return midtransKey.test(serverKey) ? undefined : 'expected one like SB-Mid-server-local'
  }
}
