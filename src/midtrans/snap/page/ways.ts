import type { FastifyRequest } from 'fastify'
import { displayAmount } from '../../money.ts'
import { parameter } from '../../pages/address.ts'
import { places } from '../../payers/ledger.ts'
import { maskedPhone } from '../../payers/phone.ts'
import type { SandboxDoor } from '../../world.ts'
import { waysToPay } from '../paying-operations.ts'
import type { SnapSession } from '../session.ts'

/** What can be paid with. */
export function waysOf(request: FastifyRequest, sandbox: SandboxDoor, session: SnapSession) {
  const { state } = sandbox
  const { account, canScan } = waysToPay(state, session)
  const options = (account && state.payers.get(account.phone)?.options.filter(({ active }) => active)) ?? []
  return {
    ways: {
      wallet: account &&
        options.length > 0 && {
          phone: maskedPhone(account.phone),
          options: options.map(({ name }, index) => ({
            name,
            balance: displayAmount(state.ledger.balance(places.wallet(account.phone, name))),
            isChosen: index === 0,
          })),
        },
      link: linkOf(request, sandbox, session),
      qr: canScan,
      notEmulated: (session.enabledPayments ?? []).filter((name) => name !== 'gopay'),
    },
  }
}

/** The form that begins to link a wallet; undefined: one is linked, or none can be. A number that the merchant named is locked. */
export function linkOf(request: FastifyRequest, sandbox: SandboxDoor, session: SnapSession) {
  const { account, canLink } = waysToPay(sandbox.state, session)
  if (!canLink || account) return undefined
  const { phone } = session.gopay
  if (phone !== undefined) return { phone: `+${phone}`, isLocked: true }
  const filled = sandbox.settings.testPanel === 'on' ? parameter(request, 'fill') : undefined
  return { phone: filled !== undefined && /^\d{1,20}$/.test(filled) ? `+${filled}` : '', isLocked: false }
}
