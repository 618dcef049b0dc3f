import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { renderSVG } from 'uqr'
import { originOf } from '../core-api/request.ts'
import { openWebSession } from '../verifications/operations.ts'
import { type Verification, verificationMachine } from '../verifications/verification.ts'
import type { SandboxDoor, SandboxFinder } from '../world.ts'
import { endingOf, returnAddress } from './ending.ts'
import { showEnding } from './sessions.ts'
import { endingView, scanView } from './view.ts'

type LinkRequest = FastifyRequest<{ Params: { link: string } }>

const linkForm = /^(gpar|gpad|gppr|gppd)_([0-9a-f-]{36})$/
const kinds = { gpar: 'link', gpad: 'link', gppr: 'payment', gppd: 'payment' } as const

/**
 * GET /v2/gopay/redirect/{gpar_.. or gpad_..}/link and /v2/gopay/redirect/{gppr_.. or gppd_..}/charge: the links in
 * the actions of an answer (facts.md, A.3 and section 11). Recordings have a third path, for gpar_ alone.
 */
export function links(app: FastifyInstance, sandboxes: SandboxFinder): void {
  const open = (request: LinkRequest, reply: FastifyReply) => openLink(sandboxes, request, reply)
  // A HEAD request must not use up a link that is good for one opening.
  const options = { exposeHeadRoute: false }
  app.get('/v2/gopay/redirect/:link/link', options, open)
  app.get('/v2/gopay/redirect/:link/charge', options, open)
  app.get('/v2/pay/account/:link/link', options, open)
}

async function openLink(sandboxes: SandboxFinder, request: LinkRequest, reply: FastifyReply) {
  const [, prefix, id = ''] = linkForm.exec(request.params.link) ?? []
  const place = sandboxes.where(({ state }) => state.verifications.get(id))
  if (!prefix || place?.found.kind !== kinds[prefix as keyof typeof kinds]) {
    return reply.code(404).view('pages/ending.eta', endingView('unknown'))
  }
  const { sandbox } = place
  const verification = sandbox.perform((world) => world.state.verifications.get(id), undefined)
  await sandbox.settled()
  if (!verification) return reply.code(404).view('pages/ending.eta', endingView('unknown'))

  const isAppLink = prefix === 'gpad' || prefix === 'gppd'
  if (isAppLink) return reply.redirect(`/gopay/app/${id}`, 303)
  return verification.flow === 'app'
    ? showScan(sandbox, verification, request, reply)
    : openWeb(sandbox, verification, reply)
}

async function openWeb(sandbox: SandboxDoor, verification: Verification, reply: FastifyReply) {
  if (verificationMachine.isFinal(verification.status)) return showEnding(sandbox, verification, reply)
  const session = sandbox.perform(openWebSession, verification)
  await sandbox.settled()
  if (!session) return reply.code(410).view('pages/ending.eta', endingView('used', undefined, verification.locale))
  return reply.redirect(`/gopay/web/${session.sessionId}`, 303)
}

/** The desktop page of the app flow: waits until the app has confirmed, and moves on by itself. */
function showScan(sandbox: SandboxDoor, verification: Verification, request: FastifyRequest, reply: FastifyReply) {
  const ending = endingOf(sandbox, verification)
  const returnTo = ending && returnAddress(sandbox, verification, ending)
  if (returnTo && (verification.status === 'confirmed' || verification.status === 'declined')) {
    return reply.redirect(returnTo, 303)
  }
  if (ending) return showEnding(sandbox, verification, reply)
  const appPath = verification.kind === 'link' ? `gpad_${verification.id}/link` : `gppd_${verification.id}/charge`
  const appUrl = `${originOf(request)}/v2/gopay/redirect/${appPath}`
  return reply.view('pages/scan.eta', scanView(sandbox, verification, appUrl, renderSVG(appUrl, { border: 4 })))
}
