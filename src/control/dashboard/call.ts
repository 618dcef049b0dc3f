import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type HttpAnswer, send } from '../../client/http.ts'
import type { StepResult } from '../../client/scenarios.ts'
import type { Sandboxes } from '../../sandboxes.ts'
import type { AdminAccess } from '../admin/access.ts'
import { curlOf } from './copies/curl.ts'
import { type Form, readForm } from './form.ts'
import { backOf } from './sign-in.ts'
import type { Note, Told } from './told.ts'
import { textsOf, type Visit, visitOf } from './visit.ts'

interface CallsOptions {
  readonly sandboxes: Sandboxes
  readonly told: Told
  readonly access: AdminAccess
}

/** Longer than any jump of the clock takes. */
const patienceMs = 120_000

/**
 * POST /dashboard/{merchant_id}/call: what a button stands for, sent to the API over HTTP as anybody else would send it;
 * then the page that comes next, with a note of what was answered. So nothing can be done here that a script cannot do.
 */
export function calls(app: FastifyInstance, { sandboxes, told, access }: CallsOptions): void {
  app.post('/dashboard/:sandbox/call', async (request, reply) => {
    const visit = visitOf(request, sandboxes)
    const form = readForm(textsOf(request.body))
    const answer = await answerTo(form, visit, request, access)
    const note = noteOf(form, answer, curlOf(form, visit.sandbox.serverKey, visit.origin))
    const next = isRefused(answer) ? undefined : filled(form.next, answer.body)
    return reply.redirect(withNote(backOf(next ?? form.back), told.put(note)), 303)
  })
}

async function answerTo({ method, path, body }: Form, visit: Visit, request: FastifyRequest, { token }: AdminAccess) {
  const target = {
    url: visit.ownUrl,
    serverKey: visit.sandbox.serverKey,
    signal: AbortSignal.timeout(patienceMs),
    ...(path.startsWith('/__admin') && { adminToken: token }),
  }
  // So that the links in the answer lead where this browser is.
  const headers = { 'x-forwarded-host': request.host, 'x-forwarded-proto': request.protocol }
  try {
    return await send(target, method, path, { headers, ...(body !== undefined && { body }) })
  } catch {
    return { status: 0, body: undefined }
  }
}

const isRefused = ({ status }: HttpAnswer): boolean => status === 0 || status >= 400

/** What Midtrans, or the admin API, has said. */
function noteOf({ label }: Form, answer: HttpAnswer, curl: string): Note {
  const { status, body } = answer
  if (status === 0) {
    const lines = ['The connection broke off: a fault, or the sandbox was deleted meanwhile.']
    return { isGood: false, title: `${label}: no answer`, lines, curl, links: [] }
  }
  const fields = plainObject(body)
  const { status_code, status_message, channel_response_message, validation_messages, title } = fields
  const isGood = !isRefused(answer) && !(Number(status_code) >= 300) && status_code !== '202' && fields.passed !== false
  const said = [fields.detail, fields.hint, channel_response_message, validation_messages, fields.says, fields.failure]
  const code = status_code ?? (isRefused(answer) ? status : undefined)
  const heading = [code, status_message ?? title].filter(Boolean).join(' ')
  return {
    isGood,
    title: heading === '' ? label : `${label}: ${heading}`,
    lines: said.flat().flatMap((line) => (typeof line === 'string' ? [line] : [])),
    curl,
    steps: stepsIn(fields),
    links: linksIn(body),
  }
}

/** How the steps of a scenario went, which runs alone tell of in this form. */
const stepsIn = ({ passed, steps }: Readonly<Record<string, unknown>>): Note['steps'] =>
  typeof passed === 'boolean' && Array.isArray(steps) ? (steps as StepResult[]) : undefined

/** The pages that an answer leads to: the payer's, and the sandbox of a run that was kept. */
function linksIn(body: unknown): Note['links'] {
  const { actions, merchant_id, passed } = plainObject(body)
  if (typeof passed === 'boolean' && typeof merchant_id === 'string')
    return [{ label: 'Look at its sandbox', href: `/dashboard/${encodeURIComponent(merchant_id)}` }]
  const names = ['activation-link-url', 'verification-link-url', 'deeplink-redirect']
  return (Array.isArray(actions) ? actions : []).flatMap((action) => {
    const { name, url } = plainObject(action)
    const isPage = typeof name === 'string' && names.includes(name) && typeof url === 'string'
    return isPage ? [{ label: "Open the payer's page", href: url }] : []
  })
}

/** `{name}` becomes the field of the answer; undefined where it has none. */
function filled(template: string | undefined, body: unknown): string | undefined {
  if (template === undefined) return undefined
  const fields = plainObject(body)
  const names = Array.from(template.matchAll(/\{(\w+)\}/g), ([, name = '']) => name)
  if (!names.every((name) => typeof fields[name] === 'string')) return undefined
  return template.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(String(fields[name])))
}

function withNote(address: string, id: string): string {
  const [path, query] = address.split('?')
  const parameters = new URLSearchParams(query)
  parameters.set('told', id)
  return `${path}?${parameters}`
}

// Whatever is an object has fields that are not known.
const plainObject = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
