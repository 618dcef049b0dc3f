import { paymentOptions } from '../../midtrans/accounts/wire.ts'
import { displayAmount } from '../../midtrans/money.ts'
import type { World } from '../../midtrans/world.ts'
import { adminButton, merchantButton, snapButton, subscriptionButton } from './button.ts'
import type { View, Visit } from './visit.ts'

const mostChoices = 100

/** The merchant's place, to be played with the mouse: its calls are those of any merchant, and stand in the journal. */
export function shop({ sandbox, base, origin, ownUrl }: Visit): View {
  const { state, settings } = sandbox
  const handler = (status: number) => {
    const url = `${ownUrl}/practice/notifications/${status}`
    return { payment_notification_url: url, pay_account_notification_url: url, recurring_notification_url: url }
  }
  return {
    title: 'Shop',
    payers: sandbox.perform(payerChoices, undefined),
    wallets: sandbox.perform(walletChoices, undefined),
    orderId: `order-${state.transactions.size + 1}`,
    link: merchantButton('Link this wallet', 'link', 'pay/account', {
      body: { payment_type: 'gopay', gopay_partner: { redirect_url: `${origin}${base}/accounts` } },
      next: `${base}/accounts/{account_id}`,
      tone: 'primary',
    }),
    charge: merchantButton('Charge', 'charge', 'charge', {
      body: { payment_type: 'gopay', gopay: { callback_url: `${origin}${base}/transactions` } },
      next: `${base}/transactions/{transaction_id}`,
      tone: 'primary',
    }),
    chargeByQr: merchantButton('Charge by QR code', 'charge-qr', 'charge', {
      body: { payment_type: 'gopay', gopay: { enable_callback: true, callback_url: `${origin}${base}/transactions` } },
      next: `${base}/transactions/{transaction_id}`,
    }),
    sellWithSnap: snapButton('Sell with Snap', 'snap', '', {
      body: { callbacks: { finish: `${origin}${base}/snap` } },
      next: `${base}/snap/{token}`,
      tone: 'primary',
    }),
    snapOrderId: `snap-${state.snapSessions.size + 1}`,
    subscriptionName: `monthly-${state.subscriptions.size + 1}`,
    subscribe: subscriptionButton('Begin a subscription', 'subscribe', '', {
      body: { currency: 'IDR', payment_type: 'gopay' },
      next: `${base}/subscriptions/{id}`,
      tone: 'primary',
    }),
    urls: {
      payments: settings.paymentNotificationUrl,
      accounts: settings.payAccountNotificationUrl,
      subscriptions: settings.recurringNotificationUrl,
    },
    handlers: [
      adminButton('A handler that answers 200', 'handler-200', 'settings', { method: 'PATCH', body: handler(200) }),
      adminButton('A handler that fails with 500', 'handler-500', 'settings', { method: 'PATCH', body: handler(500) }),
    ],
  }
}

/** Whoever is known, with what they are like. */
function payerChoices({ payerBook, state }: World) {
  const given = Array.from(state.givenPayers.values(), ({ id }) => id)
  return [...new Set([...given, ...payerBook.phones])].slice(0, mostChoices).map((phone) => {
    const { title, name } = payerBook.find(phone) ?? payerBook.newPayer
    return { phone, label: `+${phone}, ${[name, title].filter(Boolean).join(', ')}` }
  })
}

/** The ways in which linked accounts can pay, with the token of each. */
function walletChoices(world: World) {
  const linked = [...world.state.accounts.values()].filter(({ status }) => status === 'ENABLED')
  return linked
    .slice(-mostChoices)
    .reverse()
    .flatMap((account) =>
      paymentOptions(account, world)
        .filter(({ active }) => active)
        .map(({ name, token, balance }) => ({
          value: JSON.stringify({ account_id: account.id, payment_option_token: token }),
          subscribed: JSON.stringify({ token, gopay: { account_id: account.id } }),
          label: `+${account.phone}, ${name}, ${displayAmount(Number.parseInt(balance.value, 10))}`,
        })),
    )
}
