import type { Draft } from '../../engine/outbox/outbox.ts'
import { accountSignature } from '../signature.ts'
import type { World } from '../world.ts'
import type { Account } from './account.ts'

/** What Midtrans tells of a link that was made or ended (facts.md, section 2); keys in the documented order. */
export function accountNotification({ settings, serverKey }: World, account: Account): Draft {
  const linked = account.status === 'ENABLED'
  const statusCode = linked ? '200' : '204'
  return {
    event: linked ? 'account.linked' : 'account.unlinked',
    subject: account.id,
    reference: account.id,
    body: JSON.stringify({
      account_id: account.id,
      merchant_id: settings.merchantId,
      payment_type: 'gopay',
      signature_key: accountSignature(account.id, account.status, statusCode, serverKey),
      status_code: statusCode,
      account_status: account.status,
      status_message: `Midtrans account_${linked ? 'linked' : 'unlinked'} notification`,
    }),
    urls: settings.payAccountNotificationUrl ? [settings.payAccountNotificationUrl] : [],
  }
}
