import { paymentOf } from '../../midtrans/snap/operations.ts'
import { waysToPay } from '../../midtrans/snap/paying-operations.ts'
import type { SnapSession } from '../../midtrans/snap/session.ts'
import { pagePath } from '../../midtrans/snap/wire.ts'
import { Problem } from '../admin/problem.ts'
import { merchantButton, snapButton } from './button.ts'
import { copiesOf } from './copies/index.ts'
import { possibleFor } from './happen.ts'
import { pictureOf } from './picture.ts'
import { transactionRow } from './transactions.ts'
import { inPath, type View, type Visit } from './visit.ts'

/** One session of the Snap page: how it stands, the page, what was paid, what can be done, and all that happened. */
export async function snapSession(visit: Visit): Promise<View> {
  const { sandbox, base, origin, params } = visit
  const { state } = sandbox
  const found = state.snapSessions.get(params.id ?? '')
  if (!found) throw new Problem(404, 'No such session', `No Snap session of this sandbox is called ${params.id}.`)
  const wallet = waysToPay(state, found).account ?? state.accounts.get(found.accountId ?? '')
  return {
    title: `Snap, order ${found.orderId}`,
    session: found,
    offers: offersOf(found),
    wallet: wallet && { href: `${base}/accounts/${wallet.id}`, label: `+${wallet.phone}`, status: wallet.status },
    page: origin + pagePath(found.id),
    merchant: [
      snapButton('Cancel', 'cancel', `${found.id}/cancel`, {
        why: found.status === 'open' ? undefined : `needs an open session, and it is ${found.status}`,
        tone: 'danger',
      }),
      merchantButton('Ask for status', 'status', `${inPath(found.orderId)}/status`, { method: 'GET' }),
    ],
    possible: possibleFor(sandbox, found.id, ['expire-session']),
    payments: state.transactionOf
      .all(found.orderId)
      .filter(({ snapToken }) => snapToken === found.id)
      .toReversed()
      .map((each) => transactionRow(sandbox, base, each)),
    payment: paymentOf(state, found)?.status,
    otherPages: state.sessionOfOrder
      .all(found.orderId)
      .filter(({ id }) => id !== found.id)
      .map(({ id, status }) => ({ href: `${base}/snap/${id}`, status })),
    picture: pictureOf(sandbox, base, found.id),
    copies: await copiesOf(visit, found.id, `Snap, order ${found.orderId}`),
  }
}

/** What the page offers, in words. */
function offersOf({ gopay, userId }: SnapSession): string {
  if (!gopay.tokenization || userId === undefined) return 'GoPay by QR code'
  const whose = gopay.phone === undefined ? 'a linked GoPay wallet' : `the GoPay wallet of +${gopay.phone}`
  return gopay.enforced ? `${whose}, nothing else` : `${whose}, or GoPay by QR code`
}
