import { pathName } from '../../midtrans/merchant-api/routes.ts'
import type { RegisteredEndpoint } from '../admin/registration.ts'
import type { Answers } from './answers.ts'
import { nounOf, nouns } from './nouns.ts'
import { answered, json, type OpenApi, type Operation, operationId, type Parameter, pathsOf } from './openapi.ts'
import type { PlainEndpoint } from './plain.ts'

const description = `How the emulator is driven. The server key (HTTP Basic, as for the Core API), or \`?sandbox=\` with a
merchant_id, says which sandbox is meant; where there is only one, nothing has to.

All examples are answers that the emulator gave; shapes of answers are made from them, so other fields may come.
Where an example says \`RULE_ID\` or the like, put in what an earlier answer has told. Refusals are problems (RFC 9457).`

/** The admin API, and what stands outside of both APIs, as an OpenAPI document. */
export function controlApiDocument(
  endpoints: readonly RegisteredEndpoint[],
  plain: readonly PlainEndpoint[],
  answers: Answers,
  version: string,
): Omit<OpenApi, 'servers'> {
  return {
    openapi: '3.1.0',
    info: { title: 'midtrans-emulator: admin API', version, description },
    tags: Object.entries(nouns).map(([name, text]) => ({ name, description: text })),
    components: {
      securitySchemes: {
        serverKey: { type: 'http', scheme: 'basic', description: 'The server key as user name, without password.' },
        adminToken: { type: 'apiKey', in: 'header', name: 'X-Emulator-Admin-Token' },
      },
      responses: { problem },
    },
    security: [{ serverKey: [] }, { adminToken: [] }, { serverKey: [], adminToken: [] }, {}],
    paths: pathsOf([
      ...endpoints.map((each) => [pathName(each.url), each.method, adminOperation(each, answers)] as const),
      ...plain.map((each) => [pathName(each.url), each.method, plainOperation(each, answers)] as const),
    ]),
  }
}

function adminOperation({ method, url, about, isOfSandbox }: RegisteredEndpoint, answers: Answers): Operation {
  const { summary, body, query = {}, params, example, type } = about
  const inQuery = Object.entries(query).map(
    ([name, text]): Parameter => ({ name, in: 'query', description: text, schema: { type: 'string' } }),
  )
  const parameters = [...inPath(params), ...inQuery, ...(isOfSandbox ? [sandboxParameter] : [])]
  return {
    operationId: operationId(method, url),
    summary,
    tags: [nounOf(url)],
    ...(parameters.length > 0 && { parameters }),
    ...(body && { requestBody: { required: true, content: json(body, example === undefined ? {} : { example }) } }),
    responses: { ...responsesOf({ method, url, type }, answers), default: { $ref: '#/components/responses/problem' } },
  }
}

function plainOperation({ method, url, about: { summary, type, params } }: PlainEndpoint, answers: Answers): Operation {
  const parameters = inPath(params)
  return {
    operationId: operationId(method, url === '/' ? '/root' : url, 0),
    summary,
    tags: ['emulator'],
    ...(parameters.length > 0 && { parameters }),
    responses: responsesOf({ method, url, type }, answers),
    security: [],
  }
}

interface Answering {
  readonly method: string
  readonly url: string
  readonly type: string | undefined
}

function responsesOf({ method, url, type = 'application/json' }: Answering, answers: Answers) {
  const all = answers[`${method.toUpperCase()} ${pathName(url)}`] ?? []
  if (all.length === 0) return { 200: { description: 'Done', content: { [type]: {} } } }
  const byStatus = Map.groupBy(all, ({ http }) => String(http))
  return Object.fromEntries(
    Array.from(byStatus, ([http, same]) => [http, { description: 'Done', content: answered(same) }]),
  )
}

const inPath = (params: NonNullable<RegisteredEndpoint['about']['params']> = {}) =>
  Object.entries(params).map(
    ([name, [text, example]]): Parameter => ({
      name,
      in: 'path',
      required: true,
      description: text,
      schema: { type: 'string' },
      example,
    }),
  )

const sandboxParameter: Parameter = {
  name: 'sandbox',
  in: 'query',
  description: 'merchant_id of the sandbox, where no server key is sent and there are several.',
  schema: { type: 'string' },
}

const textField = { type: 'string' }

const problem = {
  description: 'A refusal: what was found, what was expected, and what to do next',
  content: {
    'application/problem+json': {
      schema: {
        type: 'object',
        required: ['type', 'title', 'status', 'detail', 'hint'],
        properties: {
          type: textField,
          title: textField,
          status: { type: 'integer' },
          detail: textField,
          hint: textField,
        },
      },
      example: {
        type: 'about:blank',
        title: 'Which sandbox?',
        status: 409,
        detail: 'There are several: G123456789, G987654321',
        hint: 'Name one by its server key as for the Core API (curl -u SERVER_KEY: ...), by ?sandbox=MERCHANT_ID, or in the command by --sandbox.',
      },
    },
  },
}
