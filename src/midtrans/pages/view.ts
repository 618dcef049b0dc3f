import type { FastifyRequest } from 'fastify'
import type { Account } from '../accounts/account.ts'
import { displayAmount } from '../money.ts'
import type { Complaint } from '../verifications/operations.ts'
import { linkPath, type Verification } from '../verifications/verification.ts'
import type { SandboxDoor } from '../world.ts'
import { addressIn, addressOf, pathOf } from './address.ts'
import { frameOf, leadsToApp, liveOf, merchantOf, orderFact, phoneFact, shownTime } from './frame.ts'
import { filledIn, panelOf, triesLeft } from './panel.ts'
import { questionOf } from './question.ts'
import type { Ending, Texts } from './texts.ts'

/** What every page about a verification shows: who asks whom, for what, and until when. */
function about(sandbox: SandboxDoor, verification: Verification, texts: Texts) {
  const { subject, phone, expiresAt } = verification
  const transaction = sandbox.state.transactions.get(subject)
  return {
    merchant: merchantOf(sandbox),
    amount: transaction && displayAmount(transaction.amount),
    facts: [...phoneFact(phone, texts), ...(transaction ? orderFact(transaction.orderId, texts) : [])],
    expires: shownTime(sandbox, expiresAt),
  }
}

/** An answer that was not accepted. */
export interface Refused {
  readonly complaint: Complaint
  /** What was typed, where it is no secret. */
  readonly typed?: string | undefined
}

export function questionView(
  request: FastifyRequest,
  sandbox: SandboxDoor,
  verification: Verification,
  refused?: Refused,
) {
  const frame = frameOf(request, verification.locale)
  const { texts } = frame
  const question = questionOf(verification, texts)
  return {
    ...frame,
    ...about(sandbox, verification, texts),
    live: liveOf(sandbox, verification, { events: `${pathOf(request)}/events`, next: addressOf(request) }),
    panel: panelOf(request, sandbox, verification, texts),
    question,
    step: verification.status,
    complaint: refused && texts.complaints[refused.complaint],
    triesLeft: triesText(verification, texts),
    value: refused?.typed ?? (question?.field ? filledIn(request, sandbox, verification, question.field) : ''),
  }
}

function triesText(verification: Verification, texts: Texts): string | undefined {
  const left = triesLeft(verification)
  return left === undefined ? undefined : texts.triesLeft.replace('{n}', String(left))
}

/** Seconds after which the page that waits asks again, where no script is told. */
const refreshSeconds = 2

export function scanView(
  request: FastifyRequest,
  sandbox: SandboxDoor,
  verification: Verification,
  app: { readonly url: string; readonly qr: string },
) {
  const frame = frameOf(request, verification.locale)
  const path = `/gopay/scan/${verification.id}`
  // Where the way back is a deep link, the payer has to press a button for it.
  const next = leadsToApp(verification)
    ? addressIn(request, `/gopay/app/${verification.id}`)
    : addressOf(request, { waiting: '' })
  return {
    ...frame,
    ...about(sandbox, verification, frame.texts),
    live: liveOf(sandbox, verification, { events: `${path}/events`, next, refreshSeconds }),
    panel: panelOf(request, sandbox, verification, frame.texts, addressIn(request, path)),
    triesLeft: triesText(verification, frame.texts),
    app,
  }
}

/** Whose page has ended. */
export interface Ended {
  readonly sandbox: SandboxDoor
  readonly verification: Verification
  /** The way back to the merchant. */
  readonly returnTo?: string | undefined
}

/** Without a verification, for a link that is unknown: in the payer's default language. */
export function endingView(request: FastifyRequest, ending: Ending, ended?: Ended) {
  const frame = frameOf(request, ended?.verification.locale ?? 'id-ID')
  const { texts } = frame
  const shown = ended && about(ended.sandbox, ended.verification, texts)
  return {
    ...frame,
    ...(shown && (ending === 'paid' ? shown : withoutHeadline(shown, texts))),
    ...texts.endings[ending],
    ending,
    returnTo: ended?.returnTo,
  }
}

/** What was not paid does not stand in large letters. */
const withoutHeadline = ({ amount, facts, ...shown }: ReturnType<typeof about>, texts: Texts) => ({
  ...shown,
  facts: amount === undefined ? facts : [...facts, { label: texts.amount, value: amount, testId: 'amount' }],
})

/** The payer has closed the page: whether its link still opens it is up to the flow. */
export function leftView(request: FastifyRequest, { sandbox, verification }: Ended, via: string) {
  const { texts, ...view } = endingView(request, 'left', { sandbox, verification })
  const canReopen = verification.flow === 'app'
  const lead = canReopen ? texts.left.canReopen : view.lead
  const path = via === 'scan' ? linkPath(verification, 'web') : `/gopay/app/${verification.id}`
  return {
    ...view,
    texts,
    lead: lead.replace('{time}', shownTime(sandbox, verification.expiresAt)),
    reopen: canReopen ? addressIn(request, path) : undefined,
  }
}

/** A linked account, as its payer sees it in the app. */
export function accountView(request: FastifyRequest, sandbox: SandboxDoor, account: Account) {
  const frame = frameOf(request, sandbox.settings.locale)
  const { texts } = frame
  return {
    ...frame,
    title: texts.account.title,
    status: account.status,
    merchant: merchantOf(sandbox),
    facts: phoneFact(account.phone, texts),
  }
}
