import { type Documented, documentsOf } from '../api-docs/documents.ts'
import type { ProcessApi } from './admin-api.ts'

/**
 * GET /__admin/openapi.json: this API, described by the very schemas that check its requests;
 * /__admin/core-api.openapi.json: the Core API, likewise; /__admin/postman.json: both as a collection of requests.
 */
export function openapi(api: ProcessApi, documented: Documented): void {
  const files = {
    'openapi.json': ['This API, as an OpenAPI document', 'admin'],
    'core-api.openapi.json': ['The Core API, as an OpenAPI document', 'coreApi'],
    'postman.json': ['Both APIs, as a collection for Postman and Bruno', 'postman'],
  } as const
  const documents = documentsOf(documented)
  for (const [name, [summary, document]] of Object.entries(files)) {
    api.get(`/__admin/${name}`, { summary }, (_, { reply: { request } }) =>
      documents[document](`${request.protocol}://${request.host}`),
    )
  }
}
