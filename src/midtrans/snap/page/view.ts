import type { FastifyRequest } from 'fastify'
import { renderSVG } from 'uqr'
import { originOf } from '../../merchant-api/request.ts'
import { displayAmount } from '../../money.ts'
import { addressIn, chosenLocale } from '../../pages/address.ts'
import { frameOf, liveOf, merchantOf, orderFact, shownTime } from '../../pages/frame.ts'
import { payersOf } from '../../pages/panel.ts'
import { endingView as endingViewOfPages } from '../../pages/view.ts'
import type { Transaction } from '../../payments/transaction.ts'
import type { Settings } from '../../settings.ts'
import { linkPath } from '../../verifications/verification.ts'
import type { SandboxDoor } from '../../world.ts'
import { preferencesOf } from '../preference-operations.ts'
import type { SnapSession } from '../session.ts'
import { errorAddress, finishAddress } from '../wire.ts'
import { eventsAddress, isFramed, leadsOnward, namedClientKey, snapAddress } from './address.ts'
import { panelPresses } from './panel-operations.ts'
import { type Stage, type Standing, standingOf } from './stage.ts'
import { type Complaint, type SnapEnding, type SnapTexts, snapTextsIn } from './texts.ts'
import { endingOf, failure, toldOf } from './told.ts'
import { type Link, waysOf } from './ways.ts'

/** Seconds after which a page that has ended leads back to the merchant by itself. */
const backAfterSeconds = 3
/** Seconds after which a page that waits asks again, where no script is told. */
const refreshSeconds = 2

/** What stands on every Snap page. */
function about(request: FastifyRequest, sandbox: SandboxDoor, session: SnapSession, { stage, expiresAt }: Standing) {
  const frame = frameOf(request, sandbox.settings.locale)
  const snap = snapOf(request, sandbox.settings)
  return {
    ...frame,
    snap,
    stage,
    merchant: merchantOf(sandbox),
    amount: displayAmount(session.amount),
    items: (session.items ?? []).map(({ name, price, quantity }) => ({
      name,
      quantity,
      sum: displayAmount(price * quantity),
    })),
    facts: preferencesOf(sandbox).hideOrderId ? [] : orderFact(session.orderId, frame.texts),
    expires: shownTime(sandbox, expiresAt),
  }
}

/** How the page stands, for the customer: how to pay, what is waited for, or how it has ended. */
export function snapView(request: FastifyRequest, sandbox: SandboxDoor, session: SnapSession, complaint?: Complaint) {
  const standing = standingOf(sandbox.state, session)
  const { stage, payment, expiresAt } = standing
  const ending = endingOf(sandbox, standing)
  const told = toldOf(sandbox, session, payment, ending)
  const shown = { ...about(request, sandbox, session, standing), told }
  if (ending) return { ...shown, ...endingView(request, sandbox, session, payment, ending) }
  const ways = stage === 'choose' ? waysOf(request, sandbox, session) : undefined
  const next = snapAddress(request, stage === 'choose' ? undefined : 'waiting')
  return {
    ...shown,
    title: shown.snap[stage === 'confirm' || stage === 'scan' ? stage : 'choose'].title,
    step: stage,
    complaint: complaintText(payment, shown.snap, complaint),
    live: liveOf(
      sandbox,
      { expiresAt, returnUrl: '' },
      { events: eventsAddress(request), next, ...(stage !== 'choose' && { refreshSeconds }) },
    ),
    panel: panelOf(request, sandbox, shown, ways?.link),
    ways,
    ...(stage === 'confirm' && confirmation(request, sandbox, payment)),
    ...(stage === 'scan' && qrOf(request, sandbox, payment)),
  }
}

/** For the page whose snap.js names another client key than the sandbox has; undefined: it names the right one, or none. */
export function wrongKeyView(request: FastifyRequest, { settings }: SandboxDoor) {
  const found = namedClientKey(request)
  if (found === '' || found === settings.clientKey) return undefined
  const message = 'Access denied due to unauthorized transaction, please check client or server key'
  const { title, lead } = snapOf(request, settings).endings.wrongKey
  return {
    ...frameOf(request, settings.locale),
    title,
    // What was found may be anything, also what replace() takes for a pattern.
    lead: lead.replace('{expected}', settings.clientKey).replace('{found}', () => found),
    told: { event: 'error', result: failure('401', message) },
  }
}

/** Of a token that is nobody's. */
export function unknownView(request: FastifyRequest) {
  return {
    ...endingViewOfPages(request, 'unknown'),
    told: { event: 'error', result: failure('404', 'token not found') },
  }
}

const snapOf = (request: FastifyRequest, { locale }: Settings): SnapTexts =>
  snapTextsIn(chosenLocale(request) ?? locale)

function endingView(
  request: FastifyRequest,
  { settings }: SandboxDoor,
  session: SnapSession,
  payment: Transaction | undefined,
  ending: SnapEnding,
) {
  const { endings } = snapOf(request, settings)
  const address = ending === 'paid' ? finishAddress : errorAddress
  const returnTo = payment && address(session, payment, settings)
  return {
    ...endings[ending],
    ending,
    returnTo,
    // In a frame it is up to the merchant's page.
    leavesFor: returnTo && !isFramed(request) ? `${backAfterSeconds}; url=${returnTo}` : undefined,
  }
}

/** Why the customer stands here once more. */
function complaintText(payment: Transaction | undefined, { complaints, retry }: SnapTexts, complaint?: Complaint) {
  const why = complaint ?? (payment?.status === 'deny' ? 'denied' : isAgain(payment) ? 'payment-over' : undefined)
  return why && `${complaints[why]} ${retry}`
}

const isAgain = (payment: Transaction | undefined) => payment?.status === 'cancel' || payment?.status === 'expire'

/** GoPay's page that asks for the PIN: the link is good for one opening, then it is the page itself. */
function confirmation(request: FastifyRequest, { state }: SandboxDoor, payment: Transaction | undefined) {
  const verification = payment && state.verificationOf.latest(payment.id)
  if (!verification) return undefined
  const { sessionId } = verification
  const path = sessionId === undefined ? linkPath(verification, 'web') : `/gopay/web/${sessionId}`
  const confirmUrl = addressIn(request, path)
  return { confirmUrl, ...(leadsOnward(request) && { leavesFor: `0; url=${confirmUrl}` }) }
}

function qrOf(request: FastifyRequest, { state, settings }: SandboxDoor, payment: Transaction | undefined) {
  const verification = payment && state.verificationOf.latest(payment.id)
  if (!verification) return {}
  const path = `/gopay/partner/app/payment-pin?id=${verification.id}`
  const url = originOf(request, settings) + path
  // The app leads back to wherever the merchant wants, which is not the frame: that has to stay to tell how it ended.
  return { app: { url, path, qr: renderSVG(url, { border: 4 }), opensApart: isFramed(request) } }
}

/** The test panel in the form of that on GoPay's pages; undefined: it is switched off. */
function panelOf(
  request: FastifyRequest,
  sandbox: SandboxDoor,
  { stage, snap: { panel } }: { readonly stage: Stage; readonly snap: SnapTexts },
  link: Link | undefined,
) {
  if (sandbox.settings.testPanel === 'off') return undefined
  return {
    choices: panelPresses(stage).map((press) => ({ choice: press, value: press, text: panel[press] })),
    payers: link?.isLocked === false ? payersOf(request, sandbox) : [],
  }
}
