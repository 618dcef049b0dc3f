import type { TSchema } from 'typebox'
import { faultForms } from '../../engine/scenarios/fault.ts'
import {
  type EndpointAbout,
  pathName,
  type RequestHeader,
  type Routes,
  routeName,
} from '../../midtrans/merchant-api/routes.ts'
import { outcomeForms } from '../../midtrans/outcome.ts'
import type { Answers, KeptAnswer } from './answers.ts'
import { answered, json, type OpenApi, type Operation, operationId, type Parameter, pathsOf } from './openapi.ts'

const chapters: Readonly<Record<EndpointAbout['chapter'], string>> = {
  linking: 'GoPay Tokenization: a payer links a wallet once, and the shop charges it from then on.',
  promotions: 'What GoPay offers the payer.',
  subscriptions: 'A linked wallet is charged again and again, without a PIN.',
  snap: "Orders that customers pay for on a page of Midtrans's, where they can link a wallet as well.",
  payments: 'Charges, and what can become of them.',
}

const headerTexts: Readonly<Record<RequestHeader, string>> = {
  'Idempotency-Key': 'Up to 46 characters. The first successful answer to a key is answered again for five minutes.',
  'X-Payment-Locale': "The language of the payer's pages: id-ID or en-EN.",
  'X-Override-Notification':
    'URLs, with commas between them, that are told of this payment instead of those of the settings.',
  'X-Append-Notification': 'URLs, with commas between them, that are told of this payment as well.',
}

const description = `The part of Midtrans's APIs that midtrans-emulator has: the Core API, subscriptions, and Snap. Any server key opens a sandbox of its own.

In the Core API (\`/v2\`) the HTTP status and the \`status_code\` of a body are different things: most refusals come over HTTP 200.
Subscriptions (\`/v1\`) and Snap (\`/snap\`) have true HTTP codes, and no \`status_code\`.

All examples are answers that the emulator gave; shapes of answers are made from them, so other fields may come.
Where the example of a request says \`ACCOUNT_ID\`, \`TOKEN\`, \`TRANSACTION_ID\`, \`SUBSCRIPTION_ID\` or \`SNAP_TOKEN\`, put in what an earlier answer has told.`

/** The Core API as an OpenAPI document. */
export function coreApiDocument(routes: Routes, answers: Answers, version: string): Omit<OpenApi, 'servers'> {
  return {
    openapi: '3.1.0',
    info: { title: 'midtrans-emulator: Core API', version, description },
    tags: Object.entries(chapters).map(([name, text]) => ({ name, description: text })),
    components: {
      securitySchemes: {
        serverKey: { type: 'http', scheme: 'basic', description: 'The server key as user name, without password.' },
      },
      headers: answerHeaders,
    },
    security: [{ serverKey: [] }],
    paths: pathsOf(
      routes.all.flatMap(({ method, url, about, schema = {} }) =>
        about === undefined
          ? []
          : [
              [
                pathName(url),
                method.toLowerCase(),
                // Those of the Core API are registered with schemas of objects.
                operationOf(
                  routeName({ method, url }),
                  about,
                  schema as Schemas,
                  answers[routeName({ method, url })] ?? [],
                ),
              ] as const,
            ],
      ),
    ),
  }
}

interface Schemas {
  readonly body?: TSchema
  readonly params?: ObjectSchema
  readonly querystring?: ObjectSchema
}

type FieldSchema = TSchema & { readonly description?: string; readonly examples?: readonly unknown[] }

interface ObjectSchema {
  readonly properties: Readonly<Record<string, FieldSchema>>
  readonly required?: readonly string[]
}

function operationOf(name: string, about: EndpointAbout, schemas: Schemas, answers: readonly KeptAnswer[]): Operation {
  const { chapter, summary, order, decides, takes = [], examples = {} } = about
  const [method = '', path = ''] = name.split(' ')
  const headers: Readonly<Record<string, string>> = {
    ...Object.fromEntries(takes.map((header) => [header, headerTexts[header]])),
    ...(decides && { 'X-Emulator-Outcome': `What shall happen: \`${outcomeForms(decides)}\`` }),
    'X-Emulator-Fault': `What shall break: \`${faultForms}\``,
  }
  return {
    operationId: operationId(method, path),
    summary,
    tags: [chapter],
    parameters: [
      ...parametersIn('path', schemas.params).map((each) => (order === undefined ? each : { ...each, example: order })),
      ...parametersIn('query', schemas.querystring),
      ...Object.entries(headers).map(([header, text]) => ({
        name: header,
        in: 'header' as const,
        description: text,
        schema: { type: 'string' },
      })),
    ],
    ...(schemas.body && {
      requestBody: { required: Object.keys(schemas.body).includes('required'), content: json(schemas.body, examples) },
    }),
    responses: responsesOf(answers),
  }
}

const parametersIn = (place: 'path' | 'query', { properties, required = [] }: ObjectSchema = { properties: {} }) =>
  Object.entries(properties).map(
    ([name, { description: text, examples, ...schema }]): Parameter => ({
      name,
      in: place,
      ...((place === 'path' || required.includes(name)) && { required: true }),
      ...(text !== undefined && { description: text }),
      schema,
      ...(examples && { example: examples[0] }),
    }),
  )

function responsesOf(answers: readonly KeptAnswer[]) {
  const byStatus = Map.groupBy(answers, ({ http }) => String(http))
  return Object.fromEntries(
    Array.from(byStatus, ([http, all]) => [
      http,
      {
        description: codesText(all),
        // All answers have them; once is enough to read.
        ...(http === '200' && { headers: answerHeaderRefs }),
        content: answered(all),
      },
    ]),
  )
}

function codesText(answers: readonly KeptAnswer[]): string {
  const codes = answers.map(({ body }) => (body as { status_code?: string }).status_code)
  const known = [...new Set(codes.filter((code) => code !== undefined))].sort()
  return known.length === 0 ? 'Without a status_code' : `status_code ${known.join(', ')}`
}

const text = (words: string) => ({ description: words, schema: { type: 'string' } })

const answerHeaders = {
  'X-Emulator-Sandbox': text('merchant_id of the sandbox.'),
  'X-Emulator-Request-Id': text('Its id in the journal: GET /__admin/requests/{id}.'),
  'X-Emulator-Rule': text('The rule that decided, where one did.'),
  'X-Emulator-Fault': text('What broke, and the seed that repeats it.'),
}

const answerHeaderRefs = Object.fromEntries(
  Object.keys(answerHeaders).map((name) => [name, { $ref: `#/components/headers/${name}` }]),
)
