/** Which server keys open a sandbox. */
export type KeyPolicy = 'midtrans' | 'any' | 'listed'

/** SB-Mid-server-..., Mid-server-... and the old VT-server-... (recordings.md, signature_key). */
const midtransKey = /^(?:SB-)?(?:Mid|VT)-server-[\w-]{1,200}$/

export const looksLikeKey = (text: string): boolean => midtransKey.test(text)

/** Begins the keys of sandboxes that are opened aside. One that was deleted stays so: no late request opens another. */
export const asideKey = 'SB-Mid-server-scenario-run-'

/** Why a server key opens no sandbox; undefined: it opens one. */
export function objectionToKey(
  serverKey: string,
  { keys, serverKeys }: { readonly keys: KeyPolicy; readonly serverKeys: readonly string[] },
): string | undefined {
  if (serverKey.startsWith(asideKey)) return 'expected another one: those of scenario runs are over with the run'
  switch (keys) {
    case 'listed':
      return serverKeys.includes(serverKey) ? undefined : 'expected one of those that the emulator was started with'
    case 'any':
      return serverKey !== '' && serverKey.length <= 255 ? undefined : 'expected 1 to 255 characters'
    case 'midtrans':
      return looksLikeKey(serverKey) ? undefined : 'expected one like SB-Mid-server-local'
  }
}
