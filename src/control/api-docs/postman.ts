import type { OpenApi, Operation, Parameter } from './openapi.ts'

type Document = Omit<OpenApi, 'servers'>

/** A Postman collection, v2.1, as far as we need it. Bruno imports the same file. */
export interface Collection {
  readonly info: {
    readonly name: string
    readonly description: string
    readonly version: string
    readonly schema: string
  }
  readonly auth: object
  readonly variable: readonly Variable[]
  readonly item: readonly Folder[]
}

interface Variable {
  readonly key: string
  readonly value: string
  readonly description?: string
}

interface Folder {
  readonly name: string
  readonly description?: string
  readonly item: readonly (Folder | Item)[]
}

interface Item {
  readonly name: string
  readonly request: {
    readonly method: string
    readonly description: string
    readonly header: readonly Variable[]
    readonly url: {
      readonly raw: string
      readonly host: readonly string[]
      readonly path: readonly string[]
      readonly query?: readonly (Variable & { readonly disabled?: true })[]
    }
    readonly body?: { readonly mode: 'raw'; readonly raw: string; readonly options: object }
    readonly auth?: object
  }
  readonly event?: readonly object[]
}

/** What an answer tells, for the requests after it: the only scripts that there are. */
const kept: Readonly<Record<string, readonly [variable: string, expression: string]>> = {
  'POST /v2/pay/account': ['account_id', 'answer.account_id'],
  'GET /v2/pay/account/{account_id}': ['token', 'answer.metadata?.payment_options?.[0]?.token'],
  'POST /v2/charge': ['transaction_id', 'answer.transaction_id'],
  'POST /v1/subscriptions': ['subscription_id', 'answer.id'],
  'POST /snap/v1/transactions': ['snap_token', 'answer.token'],
}

/** Both APIs as a collection of requests, for the emulator at an origin: a folder for each tag. */
export function collectionOf({ coreApi, admin }: { readonly coreApi: Document; readonly admin: Document }) {
  const apis = [
    ['Core API', coreApi],
    ['Admin API', admin],
  ] as const
  const item = apis.map(([name, document]): Folder => ({ name, item: foldersOf(document) }))
  const names = [...new Set(JSON.stringify(item).match(/(?<=\{\{)\w+(?=\}\})/g))].filter((name) => name !== 'base_url')
  return (origin: string): Collection => ({
    info: {
      name: 'midtrans-emulator',
      description:
        'The Core API, subscriptions and Snap as midtrans-emulator has them, and its admin API. Any server key opens a sandbox.',
      version: String(coreApi.info.version),
      schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
    },
    auth: {
      type: 'basic',
      basic: [
        { key: 'username', value: '{{server_key}}', type: 'string' },
        { key: 'password', value: '', type: 'string' },
      ],
    },
    variable: [
      { key: 'base_url', value: origin },
      { key: 'server_key', value: 'SB-Mid-server-local' },
      ...names.map((key) => ({ key, value: '' })),
    ],
    item,
  })
}

function foldersOf({ tags, paths }: Document): readonly Folder[] {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  )
  return tags.flatMap(({ name, description }) => {
    const item = operations
      .filter(({ operation }) => operation.tags.includes(name))
      .flatMap(({ path, method, operation }) => itemsOf(method, path, operation))
    return item.length === 0 ? [] : { name, description, item }
  })
}

/** One for each example of a body. */
function itemsOf(method: string, path: string, operation: Operation): readonly Item[] {
  const examples = Object.entries(operation.requestBody?.content['application/json']?.examples ?? {})
  if (examples.length === 0) return [itemOf(method, path, operation, operation.summary, undefined)]
  return examples.map(([name, { value }]) =>
    itemOf(method, path, operation, examples.length > 1 ? `${operation.summary}: ${name}` : operation.summary, value),
  )
}

function itemOf(method: string, path: string, operation: Operation, name: string, body: unknown): Item {
  const { parameters = [], security } = operation
  const query = parameters.filter((each) => each.in === 'query' && /^\w+$/.test(each.name))
  const segments = path
    .split('/')
    .slice(1)
    .map((part) => inPath(part, parameters))
  const set = query.filter(({ required }) => required).map(queryText)
  const script = kept[`${method} ${path}`]
  return {
    name,
    request: {
      method,
      description: `${method} ${path}`,
      header: body === undefined ? [] : [{ key: 'Content-Type', value: 'application/json' }],
      url: {
        raw: `{{base_url}}/${segments.join('/')}${set.length > 0 ? `?${set.join('&')}` : ''}`,
        host: ['{{base_url}}'],
        path: segments,
        ...(query.length > 0 && {
          query: query.map((each) => ({
            key: each.name,
            value: asVariable(String(each.example ?? '')),
            ...(each.description !== undefined && { description: each.description }),
            ...(!each.required && { disabled: true as const }),
          })),
        }),
      },
      ...(body !== undefined && {
        body: { mode: 'raw', raw: bodyText(body), options: { raw: { language: 'json' } } },
      }),
      ...(security?.length === 0 && { auth: { type: 'noauth' } }),
    },
    ...(script && { event: [scriptOf(script)] }),
  }
}

const queryText = ({ name, example = '' }: Parameter) => `${name}=${asVariable(String(example))}`

function inPath(part: string, parameters: readonly Parameter[]): string {
  const name = /^\{(\w+)\}$/.exec(part)?.[1]
  if (name === undefined) return part
  return asVariable(String(parameters.find((each) => each.in === 'path' && each.name === name)?.example ?? ''))
}

/** What stands in capitals is told by an earlier answer, but for the currency. */
const asVariable = (text: string): string =>
  /^(?!IDR$)[A-Z]+(?:_[A-Z]+)*$/.test(text) ? `{{${text.toLowerCase()}}}` : text

const bodyText = (body: unknown): string =>
  JSON.stringify(body, (_, value) => (typeof value === 'string' ? asVariable(value) : value), 2)

const scriptOf = ([variable, expression]: readonly [string, string]) => ({
  listen: 'test',
  script: {
    type: 'text/javascript',
    exec: [
      'const answer = pm.response.json()',
      `if (${expression}) pm.collectionVariables.set('${variable}', ${expression})`,
    ],
  },
})
