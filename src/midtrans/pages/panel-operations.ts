import { rightWalk } from '../payers/walk.ts'
import { lapse } from '../payments/operations.ts'
import { type Complaint, expireVerification } from '../verifications/operations.ts'
import { triesAllowed, type Verification, verificationMachine } from '../verifications/verification.ts'
import type { World } from '../world.ts'
import { declinePage, leavePage, visitPage, walkUntil } from './walk-operations.ts'

/** What the test panel lets happen. right and wrong answer the present question; finish answers all that are left. */
export type PanelChoice = 'right' | 'wrong' | 'finish' | 'decline' | 'leave' | 'expire'

/** A button of the test panel that was pressed. */
export interface Press {
  readonly choice: PanelChoice
  /** The question that stood on the page; the page may be an old one. */
  readonly asked?: string
}

/** What is pressed, by what the form says: "expire", "wrong.otp". Undefined: it is no form of the test panel. */
export function readPress(body: unknown): Press | undefined {
  if (!isPanelForm(body)) return undefined
  const [, choice, asked] = /^(right|wrong)\.(\w+)$/.exec(String(body.panel)) ?? []
  if (choice === 'right' || choice === 'wrong') return { choice, asked: asked ?? '' }
  const plain = (['finish', 'decline', 'leave', 'expire'] as const).find((each) => each === body.panel)
  return plain && { choice: plain }
}

export const isPanelForm = (body: unknown): body is { readonly panel: unknown } =>
  typeof body === 'object' && body !== null && Object.hasOwn(body, 'panel')

const always = Array.from({ length: triesAllowed }, () => 'wrong')
const wrongWalk = { ...rightWalk, otp: always, pin: always }

/** What can happen now on the page of a verification; `isQuestion`: it is seen where the question is asked. */
export function panelChoices({ status }: Verification, isQuestion: boolean): readonly PanelChoice[] {
  if (verificationMachine.isFinal(status)) return []
  const canBeWrong = status === 'otp' || status === 'pin'
  const isLast = status === 'pin' || status === 'new_pin'
  return [
    ...(isQuestion ? (['right'] as const) : []),
    ...(isQuestion && isLast ? [] : (['finish'] as const)),
    ...(canBeWrong ? (['wrong'] as const) : []),
    'decline',
    'leave',
    'expire',
  ]
}

export interface PressResult {
  readonly verification: Verification
  readonly complaint?: Complaint
}

/** Lets happen what was pressed. What is not possible any more does nothing: the page was an old one. */
export function pressPanel(world: World, { id, press }: { id: string; press: Press }): PressResult {
  const before = world.state.verifications.get(id)
  if (!before) throw new Error(`there is no verification ${id}`)
  const { choice, asked } = press
  const isOver = verificationMachine.isFinal(before.status)
  if (isOver || (asked !== undefined && asked !== before.status)) return { verification: before }
  const { kind, subject, status } = before
  world.happened('panel', id, { kind, subject, page: status, did: choice })
  const verification = act(world, before, choice)
  const isWrongAgain = verification.wrongTries > before.wrongTries && verification.status === before.status
  return { verification, ...(isWrongAgain && { complaint: status === 'otp' ? 'wrong-otp' : 'wrong-pin' }) }
}

function act(world: World, page: Verification, choice: PanelChoice): Verification {
  switch (choice) {
    case 'right':
      return visitPage(world, page, rightWalk)
    case 'wrong':
      return visitPage(world, page, wrongWalk)
    case 'finish':
      return walkUntil(world, page, rightWalk)
    case 'decline':
      return declinePage(world, page)
    case 'leave':
      return leavePage(world, page)
    case 'expire':
      return expireNow(world, page)
  }
}

/** The page of plain GoPay has no life of its own: it ends with the payment. */
function expireNow(world: World, { id, subject }: Verification): Verification {
  const transaction = world.state.transactions.get(subject)
  if (transaction && transaction.accountId === undefined) lapse(world, subject)
  else expireVerification(world, id)
  const expired = world.state.verifications.get(id)
  if (!expired) throw new Error(`verification ${id} is gone`)
  return expired
}
