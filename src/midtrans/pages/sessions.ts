import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { answerLink } from '../accounts/operations.ts'
import { answerPayment } from '../payments/operations.ts'
import type { PageAnswer } from '../verifications/operations.ts'
import { linkPath, type Verification } from '../verifications/verification.ts'
import type { SandboxDoor, SandboxFinder } from '../world.ts'
import { addressIn, addressOf } from './address.ts'
import { endingOf, returnAddress } from './ending.ts'
import { isPanelForm, type PressResult, pressPanel, readPress } from './panel-operations.ts'
import { findPlace, type SessionPath, showUnknown, verificationAt } from './place.ts'
import { endingView, leftView, questionView } from './view.ts'

type SessionRequest = FastifyRequest<{ Params: SessionPath }>

/**
 * GET and POST /gopay/web/{session}, /gopay/app/{verification}: asks the payer one question after the other. A web
 * session belongs to whoever opened the link first; the app page may be opened again until the link expires. The page
 * that waits for the app has a test panel alone: POST /gopay/scan/{verification}.
 */
export function sessions(app: FastifyInstance, sandboxes: SandboxFinder): void {
  app.get('/gopay/:via/:id', async (request: SessionRequest, reply) => {
    const place = placeOf(sandboxes, request, reply)
    if (!place || request.params.via === 'scan') return showUnknown(reply)
    await place.sandbox.settled()
    return show(place.sandbox, place.found, reply)
  })

  app.post('/gopay/:via/:id', async (request: SessionRequest, reply) => {
    const place = placeOf(sandboxes, request, reply)
    if (!place) return showUnknown(reply)
    const { sandbox, found: verification } = place
    if (isPanelForm(request.body)) return press(sandbox, verification, request, reply)
    if (request.params.via === 'scan') return showUnknown(reply)
    if (endingOf(sandbox, verification)) return showEnding(sandbox, verification, reply)
    const operation = verification.kind === 'link' ? answerLink : answerPayment
    const answer = readAnswer(request.body)
    const result = sandbox.perform(operation, { id: verification.id, answer })
    await sandbox.settled()
    return goOn(sandbox, result, reply, answer.phone ?? answer.name)
  })

  app.get('/gopay/:via/:id/left', async (request: SessionRequest, reply) => {
    const place = placeOf(sandboxes, request, reply)
    if (!place) return showUnknown(reply)
    const { sandbox, found: verification } = place
    if (endingOf(sandbox, verification)) return showEnding(sandbox, verification, reply)
    return reply.view('pages/ending.eta', leftView(request, { sandbox, verification }, request.params.via))
  })
}

/** A page that can no longer be used. Whoever has a way back to the merchant is shown it. */
export function showEnding(sandbox: SandboxDoor, verification: Verification, reply: FastifyReply) {
  const ending = endingOf(sandbox, verification) ?? 'unknown'
  const gone = ending === 'expired' || ending === 'closed'
  const returnTo = returnAddress(sandbox, verification, ending)
  const view = endingView(reply.request, ending, { sandbox, verification, returnTo })
  return reply.code(gone ? 410 : 200).view('pages/ending.eta', view)
}

function show(sandbox: SandboxDoor, verification: Verification, reply: FastifyReply) {
  if (endingOf(sandbox, verification)) return showEnding(sandbox, verification, reply)
  return reply.view('pages/question.eta', questionView(reply.request, sandbox, verification))
}

/** A button of the test panel. */
async function press(sandbox: SandboxDoor, page: Verification, request: SessionRequest, reply: FastifyReply) {
  const { via, id } = request.params
  const pressed = sandbox.settings.testPanel === 'on' ? readPress(request.body) : undefined
  const result: PressResult = pressed
    ? sandbox.perform(pressPanel, { id: page.id, press: pressed })
    : { verification: page }
  await sandbox.settled()
  const { verification } = result
  if (pressed?.choice === 'leave' && !endingOf(sandbox, verification)) {
    return reply.redirect(addressIn(request, `/gopay/${via}/${id}/left`), 303)
  }
  // The page that waits sees for itself what has become of it.
  if (via === 'scan') return reply.redirect(addressIn(request, linkPath(verification, 'web'), 'waiting'), 303)
  return goOn(sandbox, result, reply)
}

/** After an answer: to what is wrong with it, to the merchant, to what went wrong, or to the next question. */
function goOn(sandbox: SandboxDoor, { verification, complaint }: PressResult, reply: FastifyReply, typed?: string) {
  const { request } = reply
  if (complaint) {
    return reply.view('pages/question.eta', questionView(request, sandbox, verification, { complaint, typed }))
  }
  const ending = endingOf(sandbox, verification)
  // What the payer did not choose is told of before they go: the merchant's page would not.
  const goesBack = ending !== undefined && ending !== 'failed' && ending !== 'expired'
  const returnTo = goesBack ? returnAddress(sandbox, verification, ending) : undefined
  return reply.redirect(returnTo ?? addressOf(request), 303)
}

const placeOf = (sandboxes: SandboxFinder, request: SessionRequest, reply: FastifyReply) =>
  findPlace(sandboxes, request, reply, verificationAt(request.params))

function readAnswer(body: unknown): PageAnswer {
  const form = typeof body === 'object' && body !== null ? new Map(Object.entries(body)) : new Map<string, unknown>()
  const text = (name: string, read = (value: string) => value) => {
    const value = form.get(name)
    return typeof value === 'string' ? { [name]: read(value) } : {}
  }
  return {
    action: form.get('action') === 'decline' ? 'decline' : 'submit',
    ...text('phone'),
    ...text('name'),
    ...text('otp', digits),
    ...text('pin', digits),
  }
}

/** A code as it is pasted: "987-654", "987 654". */
const digits = (typed: string): string => typed.replace(/\D/g, '')
