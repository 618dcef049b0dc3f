import { expect, test } from 'vitest'
import { objectionTo } from '../../src/midtrans/notification-hosts.ts'
import { defaultSettings } from '../../src/midtrans/settings.ts'
import { openInbox } from '../../src/testkit/index.ts'
import { emulatorOfFile, newShop } from '../midtrans/merchant.ts'

const emulator = await emulatorOfFile()
const settings = { ...defaultSettings, merchantId: 'G1' }

// Issue 4, 9: private addresses are reachable by default, but the settings can allow or deny hosts.
test.each([
  ['http://127.0.0.1:3000/', [], [], true],
  ['http://169.254.169.254/', [], [], true],
  ['http://169.254.169.254/', [], ['169.254.*'], false],
  ['http://shop.example/', ['shop.example'], [], true],
  ['http://shop.example:3000/', ['shop.example'], [], true],
  ['http://shop.example:3000/', ['shop.example:3000'], [], true],
  ['http://shop.example:4000/', ['shop.example:3000'], [], false],
  ['http://api.shop.example/', ['*.shop.example'], [], true],
  ['http://shop.example.evil.example/', ['*shop.example'], [], false],
  ['http://other.example/', ['shop.example'], [], false],
  ['http://shop.example/', ['*'], ['shop.example'], false],
  ['http://shop.example@evil.example/', ['shop.example'], [], false],
  ['http://[::1]:3000/', [], ['[::1]'], false],
  ['http://localhost/', [], ['LOCALHOST'], false],
  ['http://localhost./', [], ['localhost'], false],
  ['http://shop.example/', [], ['shop.example:80'], false],
  ['https://shop.example/', ['shop.example:80'], [], false],
])('%s, allowed %j and denied %j: %s', (url, notificationHosts, deniedNotificationHosts, mayGo) => {
  expect(objectionTo(url, { ...settings, notificationHosts, deniedNotificationHosts }) === undefined).toBe(mayGo)
})

test('a notification to a denied host is not sent, and the log says why', async () => {
  await using inbox = await openInbox()
  const shop = await newShop(emulator)
  await shop.admin.patch('settings', {
    payment_notification_url: inbox.url,
    denied_notification_hosts: ['127.0.0.1'],
  })
  await shop.charge('order-1', 1_000, {
    headers: { 'x-append-notification': inbox.url.replace('127.0.0.1', 'localhost') },
  })
  await shop.admin.advance('1d')
  expect(inbox.received).toHaveLength(1)
  expect(inbox.received[0]?.headers.host).toMatch(/^localhost/)
  expect(await shop.admin.get('notifications?order_id=order-1&state=failed')).toMatchObject([
    {
      deliveries: [
        { status: 'failed', attempts: [{ error: expect.stringMatching(/^the host 127.*is among the denied/) }] },
        { status: 'delivered' },
      ],
    },
  ])
})

test.each(['ftp://shop.example/', 'file:///etc/passwd', 'shop.example'])('nothing is sent to %s', async (url) => {
  const shop = await newShop(emulator)
  await shop.charge('order-1', 1_000, { headers: { 'x-override-notification': url } })
  await shop.admin.advance('1d')
  expect(await shop.admin.get('notifications?order_id=order-1')).toMatchObject([
    {
      state: 'failed',
      deliveries: [{ attempts: [{ error: expect.stringContaining('expected an address with http') }] }],
    },
  ])
})

test('no redirect leads to a denied host', async () => {
  await using inbox = await openInbox()
  const elsewhere = inbox.url.replace('127.0.0.1', 'localhost')
  inbox.answer(({ path }) => (path === '/' ? { status: 307, headers: { location: `${elsewhere}inner` } } : 200))
  const shop = await newShop(emulator)
  await shop.admin.patch('settings', { payment_notification_url: inbox.url, denied_notification_hosts: ['localhost'] })
  await shop.charge('order-1', 1_000)
  await shop.admin.advance('1d')
  expect(new Set(inbox.received.map(({ path }) => path))).toEqual(new Set(['/']))
  expect(await shop.admin.get('notifications?order_id=order-1')).toMatchObject([
    {
      deliveries: [
        {
          attempts: expect.arrayContaining([
            expect.objectContaining({ error: expect.stringMatching(/localhost.*denied/) }),
          ]),
        },
      ],
    },
  ])
})
