import { Type } from 'typebox'
import type { Account } from '../../midtrans/accounts/account.ts'
import { changePhone, unlink } from '../../midtrans/accounts/operations.ts'
import { linkActions } from '../../midtrans/accounts/wire.ts'
import { originOf } from '../../midtrans/core-api/request.ts'
import { verificationMachine } from '../../midtrans/verifications/verification.ts'
import type { Sandbox } from '../../sandbox.ts'
import type { AdminApi } from './admin-api.ts'
import { Problem } from './problem.ts'
import { wireRecord, withSandbox } from './wire.ts'

/** More than this in one answer helps nobody. */
const mostListed = 1_000

const ById = Type.Object({ account_id: Type.String() }, { additionalProperties: false })
const ByPhone = Type.Object({ phone: Type.String({ pattern: '^\\+?[0-9]{5,20}$' }) }, { additionalProperties: false })

/**
 * GET /__admin/accounts: the latest 1,000 accounts, the last one first, each with the page on which its payer can end
 * the link, those that nobody has finished with the links of their page.
 * POST /__admin/accounts/unlink {"account_id"}: the payer ends the link in the app.
 * POST /__admin/accounts/change-phone {"phone"}: the payer gets another number, which ends the link as well.
 */
export function accounts(api: AdminApi): void {
  api.get('/__admin/accounts', { summary: 'The latest 1,000 accounts, the last one first' }, (sandbox, { reply }) =>
    [...sandbox.state.accounts.values()]
      .slice(-mostListed)
      .reverse()
      .map((account) => ({
        ...wireAccount(sandbox, account),
        actions: actionsOf(sandbox, account, originOf(reply.request)),
      })),
  )

  const unlinking = { summary: 'The payer ends a link in the app', body: ById }
  api.post('/__admin/accounts/unlink', unlinking, (sandbox, { body: { account_id } }) =>
    wireAccount(
      sandbox,
      sandbox.perform((world) => {
        const account = world.state.accounts.get(account_id)
        if (!account)
          throw new Problem(404, 'No such account', `Found account_id ${account_id}, which nobody has`, hint)
        if (account.status === 'ENABLED') return unlink(world, account)
        throw new Problem(409, 'Not linked', `Account ${account_id} is ${account.status}, expected ENABLED`, hint)
      }, undefined),
    ),
  )

  const changing = { summary: 'The payer gets another number, which ends the link', body: ByPhone }
  api.post('/__admin/accounts/change-phone', changing, (sandbox, { body: { phone } }) => {
    const ended = sandbox.perform(changePhone, phone.replace('+', ''))
    if (ended.length > 0) return ended.map((account) => wireAccount(sandbox, account))
    throw new Problem(409, 'Not linked', `Found phone ${phone}, expected that of an account that is ENABLED`, hint)
  })
}

const hint = 'GET /__admin/accounts lists all accounts with their phones.'

const wireAccount = ({ state }: Sandbox, { id, ...account }: Account) => ({
  account_id: id,
  ...wireRecord({ ...account }),
  app_page: withSandbox(`/gopay/accounts/${id}`, state),
})

/** The links of one whose payer has not finished yet. */
function actionsOf({ state, settings }: Sandbox, { id, status }: Account, origin: string) {
  const verification = state.verificationOf.latest(id)
  if (status !== 'PENDING' || !verification || verificationMachine.isFinal(verification.status)) return undefined
  return linkActions(verification, origin, settings.quirks)
}
