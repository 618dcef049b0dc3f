import { packageVersion } from '../../package-files.ts'
import type { ProcessApi } from './admin-api.ts'
import type { RegisteredEndpoint } from './registration.ts'

const problem = {
  description: 'A refusal: what was found, what was expected, and what to do next',
  content: {
    'application/problem+json': {
      schema: {
        type: 'object',
        required: ['type', 'title', 'status', 'detail'],
        properties: {
          type: { type: 'string' },
          title: { type: 'string' },
          status: { type: 'integer' },
          detail: { type: 'string' },
          hint: { type: 'string' },
        },
      },
    },
  },
}

const sandboxParameter = {
  name: 'sandbox',
  in: 'query',
  description: 'merchant_id of the sandbox, where no server key is sent and there are several.',
  schema: { type: 'string' },
}

/** GET /__admin/openapi.json: this API, described by the very schemas that check its requests. */
export function openapi(api: ProcessApi, endpoints: readonly RegisteredEndpoint[]): void {
  api.get('/__admin/openapi.json', { summary: 'This description' }, async () => ({
    openapi: '3.1.0',
    info: {
      title: 'midtrans-emulator: admin API',
      version: await packageVersion(),
      description:
        'How the emulator is driven. The server key (HTTP Basic, as for the Core API) says which sandbox is meant.',
    },
    components: {
      securitySchemes: {
        serverKey: { type: 'http', scheme: 'basic', description: 'The server key as user name, without password.' },
        adminToken: { type: 'apiKey', in: 'header', name: 'X-Emulator-Admin-Token' },
      },
    },
    security: [{ serverKey: [] }, { adminToken: [] }, {}],
    paths: pathsOf(endpoints),
  }))
}

function pathsOf(endpoints: readonly RegisteredEndpoint[]) {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const { method, url, about, isOfSandbox } of endpoints) {
    const path = url.replace(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [method]: operation(method, url, about, isOfSandbox) }
  }
  return paths
}

function operation(
  method: string,
  url: string,
  { summary, body, query = {}, isStream }: RegisteredEndpoint['about'],
  isOfSandbox: boolean,
) {
  const inPath = Array.from(url.matchAll(/:(\w+)/g), ([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
  const inQuery = Object.entries(query).map(([name, description]) => ({
    name,
    in: 'query',
    description,
    schema: { type: 'string' },
  }))
  const parameters = [...inPath, ...inQuery, ...(isOfSandbox ? [sandboxParameter] : [])]
  return {
    operationId: operationId(method, url),
    summary,
    tags: [url.split('/')[2]?.split('.')[0]],
    ...(parameters.length > 0 && { parameters }),
    ...(body && { requestBody: { required: true, content: { 'application/json': { schema: body } } } }),
    responses: {
      200: { description: 'Done', content: { [isStream ? 'text/event-stream' : 'application/json']: {} } },
      default: problem,
    },
  }
}

/** "postClockAdvance". */
const operationId = (method: string, url: string): string =>
  method +
  url
    .split(/[/:.-]/)
    .slice(2)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')
