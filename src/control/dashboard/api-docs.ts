import type { FastifyInstance } from 'fastify'
import type { Sandboxes } from '../../sandboxes.ts'
import { type Documented, documentsOf } from '../api-docs/documents.ts'
import { baseOf, inPath, textsOf } from './visit.ts'

/** As strict as that of all other pages, but that Swagger UI has its icons as data. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const apis = { 'core-api': ['Core API', 'coreApi'], 'admin-api': ['Admin API', 'admin'] } as const

/**
 * GET /dashboard/api: the descriptions of both APIs, to read and to try; as ?sandbox= with its server key.
 * GET /dashboard/api/core-api.json, admin-api.json: the documents, for whoever has signed in.
 */
export function apiDocs(
  app: FastifyInstance,
  { sandboxes, documented }: { sandboxes: Sandboxes; documented: Documented },
): void {
  const documents = documentsOf(documented)
  app.get('/dashboard/api', (request, reply) => {
    const { sandbox: id, of } = textsOf(request.query)
    const candidates = id === undefined ? sandboxes.usual : sandboxes.ofMerchantId(id)
    const sandbox = candidates.length === 1 ? candidates[0] : undefined
    const shown = of === 'admin-api' ? of : 'core-api'
    reply.header('content-security-policy', contentSecurityPolicy)
    return reply.view('dashboard/api.eta', {
      title: apis[shown][0],
      document: `/dashboard/api/${shown}.json`,
      tabs: Object.entries(apis).map(([name, [label]]) => ({
        label,
        isHere: name === shown,
        href: `/dashboard/api?of=${name}${sandbox ? `&sandbox=${inPath(sandbox.settings.merchantId)}` : ''}`,
        testId: name,
      })),
      back: sandbox ? baseOf(sandbox) : '/dashboard',
      sandboxId: sandbox?.settings.merchantId,
      serverKey: sandbox?.serverKey,
    })
  })
  for (const [name, [, document]] of Object.entries(apis)) {
    app.get(`/dashboard/api/${name}.json`, ({ protocol, host }) => documents[document](`${protocol}://${host}`))
  }
}
