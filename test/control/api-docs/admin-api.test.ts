import { Validator } from '@seriousme/openapi-schema-validator'
import { expect, test } from 'vitest'
import { emulatorOfFile } from '../../midtrans/merchant.ts'
import { answerOf, documentAt, faultsOf, operationsOf } from './document.ts'

const emulator = await emulatorOfFile()
const document = await documentAt(emulator.url, 'openapi.json')
const operations = operationsOf(document)

test('the description of the admin API is a valid OpenAPI 3.1 document', async () => {
  const { valid, errors } = await new Validator().validate(structuredClone(document) as never)
  expect(errors).toBeUndefined()
  expect(valid).toBe(true)
})

test('it describes each call that GET /__admin lists, and what stands outside of both APIs', async () => {
  const index = (await (await fetch(`${emulator.url}/__admin`)).json()) as Readonly<Record<string, string>>
  const listed = Object.keys(index).filter((name) => name.includes('/__admin'))
  expect(listed.length).toBeGreaterThan(50)
  const outside = [
    'GET /',
    'GET /livez',
    'GET /readyz',
    'GET /llms.txt',
    'GET /README.md',
    'GET /docs/{page}',
    'GET /skills/midtrans-emulator/SKILL.md',
    'GET /__admin',
    'POST /practice/notifications/{status}',
  ]
  expect([...operations.keys()].sort()).toEqual(
    [...listed.map((name) => name.replace(/:(\w+)/g, '{$1}')), ...outside].sort(),
  )
})

test('each noun is described, and each description is of a noun that exists', () => {
  const used = new Set([...operations.values()].flatMap(({ tags }) => tags))
  expect(new Set(document.tags.map(({ name }) => name))).toEqual(used)
  for (const { description } of document.tags) expect(description).toMatch(/\.$/)
})

test.each([...operations])(
  '%s says what stands in its address, and shows a body that it allows',
  (endpoint, operation) => {
    const { parameters = [], requestBody } = operation
    const inPath = parameters.filter((each) => each.in === 'path')
    expect(inPath.map(({ name }) => name)).toEqual(Array.from(endpoint.matchAll(/\{(\w+)\}/g), ([, name]) => name))
    for (const { example, description } of inPath) expect([example, description]).not.toContain(undefined)
    const media = requestBody?.content['application/json']
    if (!media) return
    const examples = Object.values(media.examples ?? {})
    expect(examples.length).toBeGreaterThan(0)
    for (const { value } of examples) expect(faultsOf(media.schema ?? {}, value)).toEqual([])
  },
)

test('an answer is as described', async () => {
  const admin = emulator.admin('SB-Mid-server-described')
  const answers = {
    'GET /__admin/clock': await admin.get('clock'),
    'GET /__admin/settings': await admin.get('settings'),
    'GET /__admin/payers': await admin.get('payers'),
    'GET /__admin/personas': await admin.get('personas'),
    'GET /__admin/ledger': await admin.get('ledger'),
    'POST /__admin/reset': await admin.post('reset'),
  }
  for (const [endpoint, answer] of Object.entries(answers)) {
    const operation = operations.get(endpoint)
    const media = operation && answerOf(operation, 200)?.content['application/json']
    expect(media?.examples, endpoint).toBeDefined()
    expect(faultsOf(media?.schema ?? {}, answer), endpoint).toEqual([])
  }
})

test('a start without admin API has no description of it', async () => {
  await using without = await (await import('../../../src/testkit/index.ts')).startEmulator({ admin: 'off' })
  expect((await fetch(`${without.url}/__admin/core-api.openapi.json`)).status).toBe(404)
  expect(await (await fetch(without.url)).json()).not.toHaveProperty('openapi')
})
