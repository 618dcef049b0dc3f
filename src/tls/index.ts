import type { Server } from 'node:http'
import { realNow } from '../engine/time/clock.ts'
import { newAuthority, serverCertificate } from './authority.ts'
import { openAuthority } from './authority-files.ts'
import { openFrontDoor } from './front-door.ts'

/** What makes an emulator speak HTTPS. */
export interface Tls {
  /** The certificate of the CA, as PEM: what clients have to trust. */
  readonly authority: string
  /** Has a server speak it; returns what ends its connections. */
  openFrontDoor(server: Server): () => void
}

/** Opens the CA of a data folder, or makes one. Rejects where its files cannot be used. */
export async function openTls(data: string | undefined): Promise<Tls> {
  const now = realNow()
  const authority = await openAuthority(data, () => newAuthority(now), now)
  const certified = await serverCertificate(authority, now)
  return {
    authority: authority.certificate,
    openFrontDoor: (server) => openFrontDoor(server, certified),
  }
}
