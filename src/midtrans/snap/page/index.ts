import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { GatewayError } from '../../errors.ts'
import { originOf } from '../../merchant-api/request.ts'
import { addressIn, chosenLocale, isPoll } from '../../pages/address.ts'
import { feedOf, PageListeners } from '../../pages/events.ts'
import { contentSecurityPolicy } from '../../pages/headers.ts'
import { pageManners } from '../../pages/manners.ts'
import { findPlace, isMeant, type Place } from '../../pages/place.ts'
import { dialedPhone } from '../../payers/phone.ts'
import { linkPath, type Verification, verificationMachine } from '../../verifications/verification.ts'
import type { SandboxDoor, SandboxFinder } from '../../world.ts'
import { chooseAgain, linkFromSnap, payByQr, payFromSnap, type Visit } from '../paying-operations.ts'
import type { SnapSession } from '../session.ts'
import { pagePath } from '../wire.ts'
import { isFramed, namedClientKey, snapAddress } from './address.ts'
import { pressSnapPanel, readPress } from './panel-operations.ts'
import { isFinal, standingOf } from './stage.ts'
import type { Complaint } from './texts.ts'
import { snapView, unknownView, wrongKeyView } from './view.ts'

type PageRequest = FastifyRequest<{ Params: { token: string } }>

/**
 * GET and POST /snap/v4/redirection/{token}: the page on which a customer pays for an order (facts.md, section 7). It may
 * be opened again and again until it has expired (docs.midtrans.com, expire-a-snap-session).
 */
export function snapPage(app: FastifyInstance, { sandboxes }: { sandboxes: SandboxFinder }, done: () => void): void {
  pageManners(app)
  app.addHook('onRequest', (_request, reply, next) => {
    // Whatever it shows, merchants show it in a frame.
    reply.header('content-security-policy', contentSecurityPolicy('anybody'))
    next()
  })
  const url = pagePath(':token')

  // A preview of the link asks for its head alone, and opens nothing.
  app.get(url, { exposeHeadRoute: true }, async (request: PageRequest, reply) => {
    const place = placeOf(sandboxes, request, reply)
    if (!place) return showUnknown(reply)
    if (request.method === 'GET' && !isPoll(request)) noteOpening(place)
    await place.sandbox.settled()
    return show(place, reply)
  })

  app.post(url, async (request: PageRequest, reply) => {
    const place = placeOf(sandboxes, request, reply)
    if (!place) return showUnknown(reply)
    const { sandbox } = place
    if (wrongKeyView(request, sandbox)) return show(place, reply)
    const { next, complaint } = act(place, request)
    await sandbox.settled()
    if (complaint) return show({ sandbox, found: latest(place) }, reply, complaint)
    return reply.redirect(next ?? snapAddress(request), 303)
  })

  // Older forms of the address (recordings.md, Snap).
  for (const older of ['/snap/v3/redirection/:token', '/snap/v2/vtweb/:token']) {
    app.get(older, (request: PageRequest, reply) =>
      reply.redirect(addressIn(request, pagePath(encodeURIComponent(request.params.token))), 302),
    )
  }

  const listeners = new PageListeners()
  app.get(`${url}/events`, (request: PageRequest, reply) => {
    const place = sandboxes.where((sandbox) => sessionAt(sandboxes, sandbox, request))
    if (!place) return reply.code(404).send()
    return listeners.answer(place.found.id, reply, () =>
      feedOf(place.sandbox, () => {
        const session = place.sandbox.state.snapSessions.get(place.found.id)
        if (!session) return { asks: '', isOver: true, expiresAt: 0 }
        const { stage, expiresAt } = standingOf(place.sandbox.state, session)
        return { asks: stage, isOver: isFinal(stage), expiresAt }
      }),
    )
  })
  done()
}

function placeOf(sandboxes: SandboxFinder, request: PageRequest, reply: FastifyReply): Place<SnapSession> | undefined {
  return findPlace(sandboxes, request, reply, (sandbox) => {
    const session = sessionAt(sandboxes, sandbox, request)
    return session && { ...session, inSnap: true }
  })
}

/** The session of a token in this sandbox. Forks share tokens: a page of snap.js says by its client key which one it is for. */
function sessionAt(sandboxes: SandboxFinder, sandbox: SandboxDoor, request: PageRequest): SnapSession | undefined {
  const find = ({ state }: SandboxDoor) => state.snapSessions.get(request.params.token)
  const session = find(sandbox)
  if (!session || !isMeant(sandbox, request)) return undefined
  const key = namedClientKey(request)
  const hasKey = ({ settings }: SandboxDoor) => settings.clientKey === key
  // The others are looked through only where this one has the token, and another key.
  if (key === '' || hasKey(sandbox)) return session
  return sandboxes.where((each) => (hasKey(each) ? find(each) : undefined)) ? undefined : session
}

const noteOpening = ({ sandbox, found: { id } }: Place<SnapSession>): void =>
  sandbox.perform((world) => {
    const session = world.state.snapSessions.get(id)
    if (session) {
      const shown = standingOf(world.state, session).stage
      world.happened('page', id, { kind: 'snap', subject: id, action: 'open', via: 'web', shown })
    }
  }, undefined)

const latest = ({ sandbox: { state }, found }: Place<SnapSession>): SnapSession =>
  state.snapSessions.get(found.id) ?? found

const showUnknown = (reply: FastifyReply) => reply.code(404).view('pages/ending.eta', unknownView(reply.request))

function show({ sandbox, found }: Place<SnapSession>, reply: FastifyReply, complaint?: Complaint) {
  const wrongKey = wrongKeyView(reply.request, sandbox)
  if (wrongKey) return reply.code(401).view('snap/wrong-key.eta', wrongKey)
  const view = snapView(reply.request, sandbox, found, complaint)
  const isGone = view.stage === 'expired' || view.stage === 'canceled'
  return reply.code(isGone ? 410 : 200).view(`snap/${'ending' in view ? 'ending' : view.stage}.eta`, view)
}

interface Acted {
  /** Where the customer goes on, where that is not this page. */
  readonly next?: string | undefined
  readonly complaint?: Complaint
}

/** Does what a form of the page says. */
function act({ sandbox, found: { id } }: Place<SnapSession>, request: PageRequest): Acted {
  const form = readForm(request.body)
  const visit: Visit = {
    token: id,
    returnUrl: originOf(request, sandbox.settings) + snapAddress(request),
    locale: chosenLocale(request) ?? sandbox.settings.locale,
  }
  try {
    return doing(sandbox, request, visit, form)
  } catch (error) {
    // Refused, and taken back: the page says so, or shows what has become of it meanwhile.
    if (error instanceof GatewayError) return complaintOf(error)
    throw error
  }
}

function doing(sandbox: SandboxDoor, request: PageRequest, visit: Visit, form: ReadonlyMap<string, string>): Acted {
  const press = sandbox.settings.testPanel === 'on' ? readPress(form.get('panel')) : undefined
  if (press) {
    const refusal = sandbox.perform(pressSnapPanel, { ...visit, press })
    return refusal ? complaintOf(refusal) : {}
  }
  switch (form.get('action')) {
    case 'link': {
      const phone = dialedPhone(form.get('phone') ?? '', sandbox.payerBook)
      const linking = sandbox.perform(linkFromSnap, { ...visit, phone })
      if (linking instanceof GatewayError) return complaintOf(linking)
      if (linking.refused) return { complaint: 'phone-refused' }
      return { next: gopayPage(request, sandbox, linking.verification) }
    }
    case 'pay':
    case 'qr': {
      const isQr = form.get('action') === 'qr'
      const charged = sandbox.perform(isQr ? payByQr : payFromSnap, { ...visit, option: form.get('option') })
      if (charged instanceof GatewayError) return complaintOf(charged)
      const next = isQr ? undefined : gopayPage(request, sandbox, charged.verification)
      // The merchant's page is told of the payment first.
      return { next: next && isFramed(request) ? snapAddress(request, 'onward') : next }
    }
    case 'again':
      sandbox.perform(chooseAgain, visit)
      return {}
    default:
      return {}
  }
}

/** Undefined: nothing is left to confirm, or it is confirmed by itself. */
function gopayPage(request: PageRequest, { state }: SandboxDoor, verification: Verification | undefined) {
  const page = verification && state.verifications.get(verification.id)
  return page && !verificationMachine.isFinal(page.status) ? addressIn(request, linkPath(page, 'web')) : undefined
}

/** What is over shows itself; all else is GoPay's no. */
function complaintOf({ code }: GatewayError): Acted {
  if (code === 'session-canceled' || code === 'order-id-paid') return {}
  return { complaint: code === 'account-not-found' ? 'gone' : 'refused' }
}

function readForm(body: unknown): ReadonlyMap<string, string> {
  const entries = typeof body === 'object' && body !== null ? Object.entries(body) : []
  return new Map(entries.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as const] : [])))
}
