import type { FastifyInstance, FastifyRequest } from 'fastify'
import { send } from '../../client/http.ts'
import type { Sandboxes } from '../../sandboxes.ts'
import type { AdminAccess } from '../admin/access.ts'
import { curlOf } from './copies/curl.ts'
import { type Form, readForm } from './form.ts'
import { isRefused, noteOf, plainObject } from './note.ts'
import { backOf } from './sign-in.ts'
import type { Told } from './told.ts'
import { inPath, textsOf, type Visit, visitOf, withParameter } from './visit.ts'

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
    return reply.redirect(withParameter(backOf(next ?? form.back), 'told', told.put(note)), 303)
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

/** `{name}` becomes the field of the answer; undefined where it has none. */
function filled(template: string | undefined, body: unknown): string | undefined {
  if (template === undefined) return undefined
  const fields = plainObject(body)
  const names = Array.from(template.matchAll(/\{(\w+)\}/g), ([, name = '']) => name)
  if (!names.every((name) => typeof fields[name] === 'string')) return undefined
  return template.replace(/\{(\w+)\}/g, (_, name) => inPath(String(fields[name])))
}
