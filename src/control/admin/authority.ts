import type { ProcessApi } from './admin-api.ts'
import { Problem } from './problem.ts'

/** GET /__admin/ca.pem: the certificate that clients have to trust, where the emulator speaks HTTPS. */
export function authority(api: ProcessApi, certificate: string | undefined): void {
  const type = 'application/x-pem-file'
  const about = { summary: 'The certificate of the CA that signs for the HTTPS of --tls, as PEM', type }
  api.get('/__admin/ca.pem', about, (_sandboxes, { reply }) => {
    if (certificate === undefined) {
      throw new Problem(409, 'No TLS', 'This emulator speaks HTTP only', 'Start it with --tls to have HTTPS and a CA.')
    }
    return reply.type(type).send(certificate)
  })
}
