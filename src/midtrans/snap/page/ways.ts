import type { FastifyRequest } from 'fastify'
import { displayAmount } from '../../money.ts'
import { parameter } from '../../pages/address.ts'
import { places } from '../../payers/ledger.ts'
import { maskedPhone } from '../../payers/phone.ts'
import type { SandboxDoor } from '../../world.ts'
import { type Ways, waysToPay } from '../paying-operations.ts'
import type { SnapSession } from '../session.ts'

/** What can be paid with. */
export function waysOf(request: FastifyRequest, sandbox: SandboxDoor, session: SnapSession) {
  const { state } = sandbox
  const offered = waysToPay(state, session)
  const { account, canScan } = offered
  const options = (account && state.payers.get(account.phone)?.options.filter(({ active }) => active)) ?? []
  return {
    wallet: account &&
      options.length > 0 && {
        phone: maskedPhone(account.phone),
        options: options.map(({ name }, index) => ({
          name,
          balance: displayAmount(state.ledger.balance(places.wallet(account.phone, name))),
          isChosen: index === 0,
        })),
      },
    link: linkOf(request, sandbox, session, offered),
    qr: canScan,
    notEmulated: (session.enabledPayments ?? []).filter((name) => name !== 'gopay'),
  }
}

/** The form that begins to link a wallet. A number that the merchant named is locked. */
export interface Link {
  readonly phone: string
  readonly isLocked: boolean
}

/** Undefined: one is linked, or none can be. */
function linkOf(
  request: FastifyRequest,
  { settings }: SandboxDoor,
  { gopay: { phone } }: SnapSession,
  { account, canLink }: Ways,
): Link | undefined {
  if (!canLink || account) return undefined
  if (phone !== undefined) return { phone: `+${phone}`, isLocked: true }
  const filled = settings.testPanel === 'on' ? parameter(request, 'fill') : undefined
  return { phone: filled !== undefined && /^\d{1,20}$/.test(filled) ? `+${filled}` : '', isLocked: false }
}
