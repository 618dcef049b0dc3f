import { basicAuth } from '../../client/http.ts'
import { realNow } from '../../engine/time/clock.ts'
import { adminButton } from './button.ts'
import { clients, snapClient } from './clients.ts'
import type { View, Visit } from './visit.ts'

/** How a shop is pointed at this sandbox, whatever it is written in, and whether it has come through. */
export function connect({ sandbox, origin }: Visit): View {
  const { serverKey, settings, journal } = sandbox
  const last = journal.requests.all.findLast(({ from }) => from === 'merchant')
  const port = URL.parse(origin)?.port ?? ''
  return {
    title: 'Connect your shop',
    origin,
    serverKey,
    clientKey: settings.clientKey,
    basic: basicAuth(serverKey),
    clients: [...clients({ origin, serverKey }), snapClient(origin, settings.clientKey)],
    last: last && { ago: ago(realNow() - last.realAt), method: last.method, path: last.url.split('?')[0] },
    urls: {
      payment_notification_url: settings.paymentNotificationUrl,
      pay_account_notification_url: settings.payAccountNotificationUrl,
      recurring_notification_url: settings.recurringNotificationUrl,
    },
    save: adminButton('Save', 'save-urls', 'settings', { method: 'PATCH', body: {}, tone: 'primary' }),
    fromContainer: `http://host.docker.internal${port && `:${port}`}`,
    compose: composeFile,
  }
}

const composeFile = `services:
  midtrans:
    build: ./midtrans-emulator
    ports: ['8765:8765']
  shop:
    build: .
    environment:
      MIDTRANS_URL: http://midtrans:8765
    depends_on:
      midtrans: { condition: service_healthy }`

function ago(ms: number): string {
  const units = [
    [86_400_000, 'day'],
    [3_600_000, 'hour'],
    [60_000, 'minute'],
    [1_000, 'second'],
  ] as const
  const [size, name] = units.find(([each]) => ms >= each) ?? [1_000, 'second']
  const count = Math.max(0, Math.floor(ms / size))
  return `${count} ${name}${count === 1 ? '' : 's'} ago`
}
