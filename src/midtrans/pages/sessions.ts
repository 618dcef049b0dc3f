import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { answerLink } from '../accounts/operations.ts'
import { answerPayment } from '../payments/operations.ts'
import type { PageAnswer } from '../verifications/operations.ts'
import type { Verification } from '../verifications/verification.ts'
import type { SandboxDoor, SandboxFinder } from '../world.ts'
import { endingOf, returnAddress } from './ending.ts'
import { findPlace, type Place, showUnknown } from './place.ts'
import { endingView, questionView } from './view.ts'

type SessionRequest = FastifyRequest<{ Params: { via: string; id: string } }>

/**
 * GET and POST /gopay/web/{session}, /gopay/app/{verification}: asks the payer one question after the other. A web
 * session belongs to whoever opened the link first; the app page may be opened again until the link expires.
 */
export function sessions(app: FastifyInstance, sandboxes: SandboxFinder): void {
  app.get('/gopay/:via/:id', async (request: SessionRequest, reply) => {
    const place = placeOf(sandboxes, request)
    if (!place) return showUnknown(reply)
    await place.sandbox.settled()
    return show(place.sandbox, place.found, reply)
  })

  app.post('/gopay/:via/:id', async (request: SessionRequest, reply) => {
    const place = placeOf(sandboxes, request)
    if (!place) return showUnknown(reply)
    const { sandbox, found: verification } = place
    if (endingOf(sandbox, verification)) return showEnding(sandbox, verification, reply)
    const operation = verification.kind === 'link' ? answerLink : answerPayment
    const result = sandbox.perform(operation, { id: verification.id, answer: readAnswer(request.body) })
    await sandbox.settled()
    if (result.complaint) {
      return reply.view('pages/question.eta', questionView(sandbox, result.verification, result.complaint))
    }
    return goOn(sandbox, result.verification, request, reply)
  })
}

/** A page that can no longer be used. Whoever has a way back to the merchant is shown it. */
export function showEnding(sandbox: SandboxDoor, verification: Verification, reply: FastifyReply) {
  const ending = endingOf(sandbox, verification) ?? 'unknown'
  const gone = ending === 'expired' || ending === 'closed'
  const returnTo = returnAddress(sandbox, verification, ending)
  return reply.code(gone ? 410 : 200).view('pages/ending.eta', endingView(ending, returnTo, verification.locale))
}

function show(sandbox: SandboxDoor, verification: Verification, reply: FastifyReply) {
  if (endingOf(sandbox, verification)) return showEnding(sandbox, verification, reply)
  return reply.view('pages/question.eta', questionView(sandbox, verification))
}

/** After an answer: to the merchant, to what went wrong, or to the next question. */
function goOn(sandbox: SandboxDoor, verification: Verification, request: FastifyRequest, reply: FastifyReply) {
  const ending = endingOf(sandbox, verification)
  if (!ending) return reply.redirect(request.url, 303)
  // Too many tries are told of before the payer goes: the merchant's page would not.
  const returnTo = ending === 'failed' ? undefined : returnAddress(sandbox, verification, ending)
  return reply.redirect(returnTo ?? request.url, 303)
}

function placeOf(sandboxes: SandboxFinder, request: SessionRequest): Place<Verification> | undefined {
  const { via, id } = request.params
  return findPlace(sandboxes, request, ({ state }) => {
    if (via === 'web') return state.verificationOfSession.latest(id)
    return via === 'app' ? state.verifications.get(id) : undefined
  })
}

function readAnswer(body: unknown): PageAnswer {
  const form = typeof body === 'object' && body !== null ? new Map(Object.entries(body)) : new Map<string, unknown>()
  const text = (name: string) => {
    const value = form.get(name)
    return typeof value === 'string' ? { [name]: value } : {}
  }
  return {
    action: form.get('action') === 'decline' ? 'decline' : 'submit',
    ...text('phone'),
    ...text('name'),
    ...text('otp'),
    ...text('pin'),
  }
}
