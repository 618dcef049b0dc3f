/** A bare page of @fastify/view with eta, of as many bytes as wished: what our pages are measured against. */
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import view from '@fastify/view'
import { Eta } from 'eta'
import Fastify from 'fastify'

const bytes = Number(process.argv[2])
const facts = [
  { label: 'Merchant', value: 'G000000000' },
  { label: 'Order', value: 'order-1' },
  { label: 'Amount', value: 'Rp150.000' },
]

const app = Fastify()
const root = fileURLToPath(new URL('.', import.meta.url))
await app.register(view, { engine: { eta: new Eta() }, root, production: true })
app.get('/livez', () => ({ status: 'ok' }))
const page = (rest: string) => ({ title: 'A page', facts, rest })
let rest = ''
app.get('/', (_request, reply) => reply.view('bare-view.eta', page(rest)))
const empty = await app.inject('/')
rest = 'x'.repeat(Math.max(0, bytes - empty.rawPayload.length))
await app.listen({ port: 0, host: '127.0.0.1' })
console.log(`bare @fastify/view: ${(app.server.address() as AddressInfo).port}`)
process.on('SIGTERM', () => process.exit(0))
