import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { type Known, prepare } from '../../../scripts/docs/prepared.ts'
import type { Collection } from '../../../src/control/api-docs/postman.ts'
import { basic, emulatorOfFile } from '../../midtrans/merchant.ts'

const emulator = await emulatorOfFile()
const collection = (await (await fetch(`${emulator.url}/__admin/postman.json`)).json()) as Collection

type Folder = Collection['item'][number]
type Entry = Folder['item'][number]
type Item = Extract<Entry, { request: unknown }>

const itemsIn = (entries: readonly Entry[], folder: string): (readonly [name: string, item: Item])[] =>
  entries.flatMap((entry) =>
    'item' in entry
      ? itemsIn(entry.item, `${folder}${entry.name}/`)
      : [[`${folder}${entry.request.method} ${entry.request.url.raw}: ${entry.name}`, entry] as const],
  )
/** The certificate is there with --tls alone. */
const items = itemsIn(collection.item, '').filter(([name]) => !name.includes('ca.pem'))

test('the collection names the form that Postman and Bruno read, and all variables that its requests use', () => {
  expect(collection.info.schema).toBe('https://schema.getpostman.com/json/collection/v2.1.0/collection.json')
  expect(collection.item.map(({ name }) => name)).toEqual(['Core API', 'Admin API'])
  const used = new Set(JSON.stringify(collection.item).match(/(?<=\{\{)\w+(?=\}\})/g))
  expect(new Set(collection.variable.map(({ key }) => key))).toEqual(new Set([...used, 'server_key']))
})

test('its address says the same as the parts of it', () => {
  for (const [, { request }] of items) {
    const { raw, host, path, query = [] } = request.url
    const sent = query.filter(({ disabled }) => !disabled).map(({ key, value }) => `${key}=${value}`)
    expect(raw).toBe([`${host.join('.')}/${path.join('/')}`, ...(sent.length > 0 ? [sent.join('&')] : [])].join('?'))
  }
})

test.each(items)('%s is answered', async (_name, { request }) => {
  const serverKey = `SB-Mid-server-${randomUUID()}`
  const known = await prepare(emulator, serverKey)
  // The examples pay for orders that the shop does not have yet.
  const isNewOrder = /\/v2\/charge$|\/snap\/v1\/transactions$/.test(request.url.raw)
  const text = (template: string) => filled(isNewOrder ? template.replace('order-', 'new-order-') : template, known)
  const response = await fetch(text(request.url.raw), {
    method: request.method,
    headers: {
      ...(request.auth === undefined && { authorization: basic(`${serverKey}:`) }),
      ...Object.fromEntries(request.header.map(({ key, value }) => [key, value])),
    },
    ...(request.body && { body: text(request.body.raw) }),
    redirect: 'manual',
  })
  // A stream does not end by itself.
  if (response.headers.get('content-type')?.includes('event-stream')) {
    expect(response.status).toBe(200)
    return void (await response.body?.cancel())
  }
  const answer = await response.text()
  expect(response.status, answer).toBeLessThan(300)
  if (!response.headers.get('content-type')?.includes('json')) return
  const { status_code = '200' } = JSON.parse(answer) as { status_code?: string }
  // GoPay has no payments under review, and no B2B ones.
  const isRefusedAlways = /(?:approve|deny|b2b)$/.test(request.url.raw)
  if (!isRefusedAlways) expect(['200', '201', '204', '407']).toContain(status_code)
})

function filled(template: string, known: Known): string {
  const variables: Readonly<Record<string, string>> = {
    base_url: emulator.url,
    ...Object.fromEntries(Object.entries(known).map(([name, value]) => [name.toLowerCase(), value])),
  }
  return template.replace(/\{\{(\w+)\}\}/g, (_, variable) => {
    const value = variables[variable]
    if (value === undefined) throw new Error(`nothing is known of {{${variable}}}`)
    return value
  })
}
