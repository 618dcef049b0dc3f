import { adminButton } from './button.ts'
import { transactionRow } from './transactions.ts'
import type { View, Visit } from './visit.ts'

const mostShown = 10

/** What a sandbox is like just now. */
export function overview({ sandbox, base }: Visit): View {
  const { state, settings, rules, gate } = sandbox
  const payments = [...state.transactions.values()]
  const { paymentNotificationUrl, payAccountNotificationUrl } = settings
  return {
    title: 'Overview',
    isNew: state.accounts.size === 0 && payments.length === 0 && state.snapSessions.size === 0,
    payments: payments
      .slice(-mostShown)
      .reverse()
      .map((each) => transactionRow(sandbox, base, each)),
    numbers: [
      { label: 'Transactions', value: state.transactions.size, href: `${base}/transactions` },
      { label: 'Accounts', value: state.accounts.size, href: `${base}/accounts` },
      { label: 'Subscriptions', value: state.subscriptions.size, href: `${base}/subscriptions` },
      { label: 'Snap pages', value: state.snapSessions.size, href: `${base}/snap` },
      { label: 'Notifications', value: state.notifications.size, href: `${base}/notifications` },
      { label: 'Held at the gate', value: gate.held.length, href: `${base}/notifications` },
      { label: 'Rules', value: rules.all.length, href: `${base}/rules` },
      { label: 'Ahead', value: state.timers.size, href: `${base}/clock` },
    ],
    hasUrl: paymentNotificationUrl !== '' && payAccountNotificationUrl !== '',
    reset: adminButton('Reset the sandbox', 'reset', 'reset', { tone: 'danger' }),
  }
}
