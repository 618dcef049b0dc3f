import type { FastifyInstance, FastifyRequest } from 'fastify'
import { originOf } from '../merchant-api/request.ts'
import { openInApp } from '../payments/operations.ts'
import { noteOpening } from '../verifications/operations.ts'
import type { Verification } from '../verifications/verification.ts'
import type { SandboxDoor, SandboxFinder } from '../world.ts'
import { addressIn } from './address.ts'
import { findPlace, isMeant, showUnknown } from './place.ts'
import { qrPng } from './qr-png.ts'

/**
 * The actions of plain GoPay that need no key (recordings.md, POST /v2/charge):
 * GET /v2/gopay/{transaction_id}/qr-code: the QR code, a PNG. It holds the deeplink, so it cannot be paid for real.
 * GET /gopay/partner/app/payment-pin?id=: the deeplink, which opens the stand-in for the app.
 */
export function plainGopay(app: FastifyInstance, sandboxes: SandboxFinder): void {
  app.get('/v2/gopay/:id/qr-code', async (request: FastifyRequest<{ Params: { id: string } }>, reply) => {
    const place = findPlace(sandboxes, request, reply, (sandbox) =>
      isMeant(sandbox, request) ? plainVerification(sandbox, request.params.id) : undefined,
    )
    if (!place) return showUnknown(reply)
    const deeplink = `${originOf(request, place.sandbox.settings)}/gopay/partner/app/payment-pin?id=${place.found.id}`
    return reply.type('image/png').send(await qrPng(deeplink))
  })

  app.get(
    '/gopay/partner/app/payment-pin',
    async (request: FastifyRequest<{ Querystring: { id?: string } }>, reply) => {
      const { id } = request.query
      const place = findPlace(sandboxes, request, reply, ({ state }) =>
        typeof id === 'string' ? state.verifications.get(id) : undefined,
      )
      if (!place || !isPlain(place.sandbox, place.found)) return showUnknown(reply)
      const page = place.sandbox.perform((world) => noteOpening(world, openInApp(world, place.found), 'app'), undefined)
      await place.sandbox.settled()
      return reply.redirect(addressIn(request, `/gopay/app/${page.id}`), 303)
    },
  )
}

function plainVerification(sandbox: SandboxDoor, transactionId: string): Verification | undefined {
  const verification = sandbox.state.verificationOf.latest(transactionId)
  return verification && isPlain(sandbox, verification) ? verification : undefined
}

function isPlain({ state }: SandboxDoor, { subject }: Verification): boolean {
  const transaction = state.transactions.get(subject)
  return transaction !== undefined && transaction.accountId === undefined
}
