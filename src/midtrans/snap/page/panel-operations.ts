import { GatewayError } from '../../errors.ts'
import { walkUntil } from '../../pages/walk-operations.ts'
import { rightWalk } from '../../payers/walk.ts'
import { denyPending, lapse } from '../../payments/operations.ts'
import type { Transaction } from '../../payments/transaction.ts'
import type { Verification } from '../../verifications/verification.ts'
import type { World } from '../../world.ts'
import { cancelSession, lapseSession, sessionOf } from '../operations.ts'
import { linkFromSnap, payByQr, payFromSnap, type Visit, waysToPay } from '../paying-operations.ts'
import { isFinal, type Stage, standingOf } from './stage.ts'

/** What the test panel of the Snap page lets happen: by what the payer, the merchant, GoPay and the clock can do. */
export type PanelPress = 'finish' | 'deny' | 'cancel' | 'expire'

export function panelPresses(stage: Stage): readonly PanelPress[] {
  if (isFinal(stage)) return []
  return stage === 'choose' ? ['finish', 'cancel', 'expire'] : ['finish', 'deny', 'expire']
}

export const readPress = (text: unknown): PanelPress | undefined =>
  (['finish', 'deny', 'cancel', 'expire'] as const).find((each) => each === text)

/** Lets happen what was pressed. What is not possible any more does nothing: the page was an old one. */
export function pressSnapPanel(
  world: World,
  { press, ...visit }: Visit & { readonly press: PanelPress },
): GatewayError | undefined {
  const session = sessionOf(world, visit.token)
  const { stage, payment } = standingOf(world.state, session)
  if (!panelPresses(stage).includes(press)) return undefined
  world.happened('panel', session.id, { kind: 'snap', subject: session.id, page: stage, did: press })
  switch (press) {
    case 'finish':
      return finish(world, visit, payment?.status === 'pending' ? payment : undefined)
    case 'deny':
      if (payment) denyPending(world, payment, undefined)
      return undefined
    case 'cancel':
      cancelSession(world, session.id)
      return undefined
    case 'expire':
      if (payment?.status === 'pending') lapse(world, payment.id)
      else lapseSession(world, session.id)
      return undefined
  }
}

/** The customer does all that is left, and makes no mistake: links where that is offered, and pays. */
function finish(world: World, visit: Visit, waiting: Transaction | undefined): GatewayError | undefined {
  if (waiting) {
    confirm(world, world.state.verificationOf.latest(waiting.id))
    return undefined
  }
  const session = sessionOf(world, visit.token)
  const { canLink, account } = waysToPay(world.state, session)
  if (canLink && !account) {
    const linking = linkFromSnap(world, { ...visit, phone: session.gopay.phone ?? world.payerBook.passerBy })
    if (linking instanceof GatewayError) return linking
    if (linking.refused) return new GatewayError('account-not-found')
    confirm(world, linking.verification)
  }
  const paid = canLink ? payFromSnap(world, visit) : payByQr(world, visit)
  if (paid instanceof GatewayError) return paid
  confirm(world, paid.verification)
  return undefined
}

function confirm(world: World, page: Verification | undefined): void {
  if (page) walkUntil(world, page, rightWalk)
}
