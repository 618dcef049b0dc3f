import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { renderSVG } from 'uqr'
import { originOf } from '../merchant-api/request.ts'
import { noteOpening, openWebSession } from '../verifications/operations.ts'
import { linkPath, readLink, type Verification, verificationMachine } from '../verifications/verification.ts'
import type { SandboxDoor, SandboxFinder } from '../world.ts'
import { addressIn, isPoll } from './address.ts'
import { endingOf, returnAddress } from './ending.ts'
import { findPlace, showUnknown } from './place.ts'
import { showEnding } from './sessions.ts'
import { endingView, scanView } from './view.ts'

type LinkRequest = FastifyRequest<{ Params: { link: string } }>

/**
 * GET /v2/gopay/redirect/{gpar_.. or gpad_..}/link and /v2/gopay/redirect/{gppr_.. or gppd_..}/charge: the links in
 * the actions of an answer (facts.md, A.3 and section 11). Recordings have a third path, for gpar_ alone.
 */
export function links(app: FastifyInstance, sandboxes: SandboxFinder): void {
  const open = (request: LinkRequest, reply: FastifyReply) => openLink(sandboxes, request, reply)
  app.get('/v2/gopay/redirect/:link/link', open)
  app.get('/v2/gopay/redirect/:link/charge', open)
  app.get('/v2/pay/account/:link/link', open)
}

async function openLink(sandboxes: SandboxFinder, request: LinkRequest, reply: FastifyReply) {
  const link = readLink(request.params.link)
  const place = link && findPlace(sandboxes, request, reply, ({ state }) => state.verifications.get(link.id))
  if (!place || place.found.kind !== link.kind) return showUnknown(reply)
  const { sandbox, found: verification } = place
  if (!isPoll(request)) sandbox.perform((world) => noteOpening(world, verification, link.via), undefined)
  await sandbox.settled()
  if (link.via === 'app') return reply.redirect(addressIn(request, `/gopay/app/${link.id}`), 303)
  return verification.flow === 'app'
    ? showScan(sandbox, verification, request, reply)
    : openWeb(sandbox, verification, reply)
}

async function openWeb(sandbox: SandboxDoor, verification: Verification, reply: FastifyReply) {
  if (verificationMachine.isFinal(verification.status)) return showEnding(sandbox, verification, reply)
  const session = sandbox.perform(openWebSession, verification)
  await sandbox.settled()
  if (!session)
    return reply.code(410).view('pages/ending.eta', endingView(reply.request, 'used', { sandbox, verification }))
  return reply.redirect(addressIn(reply.request, `/gopay/web/${session.sessionId}`), 303)
}

/** The desktop page of the app flow: waits until the app has confirmed, and moves on by itself. */
function showScan(sandbox: SandboxDoor, verification: Verification, request: FastifyRequest, reply: FastifyReply) {
  const ending = endingOf(sandbox, verification)
  const returnTo = ending && returnAddress(sandbox, verification, ending)
  if (returnTo && (verification.status === 'confirmed' || verification.status === 'declined')) {
    return reply.redirect(returnTo, 303)
  }
  if (ending) return showEnding(sandbox, verification, reply)
  const url = originOf(request, sandbox.settings) + addressIn(request, linkPath(verification, 'app'))
  const qr = renderSVG(url, { border: 4 })
  return reply.view('pages/scan.eta', scanView(request, sandbox, verification, { url, qr }))
}
