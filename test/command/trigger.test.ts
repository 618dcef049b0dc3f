import { expect, test } from 'vitest'
import { openInbox } from '../../src/testkit/index.ts'
import { runCommand } from '../journeys/command.ts'
import { emulatorOfFile, newMerchant } from '../midtrans/merchant.ts'

const emulator = await emulatorOfFile({ 'admin-token': 'sesame' })

const trigger = (key: string, ...args: readonly string[]) =>
  runCommand(['trigger', ...args, '--url', emulator.url, '--sandbox', key, '--admin-token', 'sesame']).ended

test('trigger makes an event happen, with fields as the tester wants them, and says what the handler answered', async () => {
  await using inbox = await openInbox()
  const { admin, key } = newMerchant(emulator)
  await admin.patch('settings', { payment_notification_url: inbox.url })
  const fields = ['--override', 'gross_amount=1.00', '--override', 'currency=null', '--override', 'metadata={"a":1}']
  const { code, stdout, stderr } = await trigger(
    key,
    'settlement',
    '--order-id',
    'order-1',
    '--amount',
    '60000',
    ...fields,
  )
  expect([code, stderr]).toEqual([0, ''])
  expect(stdout).toMatch(/^settlement: order order-1, account [\w-]{36} is settlement\n/)
  expect(stdout).toContain(`  transaction.settlement  delivered      ${inbox.url}  200\n`)
  const [told] = await inbox.waitFor(1)
  expect(told?.body).toMatchObject({ order_id: 'order-1', gross_amount: '1.00', metadata: { a: 1 } })
  expect(told?.body).not.toHaveProperty('currency')
  expect(told && inbox.isSigned(told, key)).toBe(true)
})

test('trigger --json prints the answer of the admin API, links and hints included', async () => {
  const { key } = newMerchant(emulator)
  const { code, stdout } = await trigger(key, 'pending', '--json')
  expect(code).toBe(0)
  expect(JSON.parse(stdout)).toMatchObject({
    event: 'pending',
    status: 'pending',
    actions: [{ name: 'verification-link-url' }, { name: 'verification-link-app' }],
    hint: expect.stringContaining('payment_notification_url'),
  })
})

test('trigger --list tells which events there are', async () => {
  const { code, stdout } = await trigger(newMerchant(emulator).key, '--list')
  expect(code).toBe(0)
  expect(stdout).toMatch(/^account\.disabled +The link has ended.* --by$/m)
  expect(stdout).toMatch(/^refund_confirmed +/m)
})

test.each([
  [[], /found no event, expected one; --list/],
  [['settlment'], /did you mean settlement\?/],
  [['settlement', 'now'], /found "now", expected one event/],
  [['settlement', '--override', 'gross_amount'], /found "gross_amount", expected FIELD=VALUE/],
  [['settlement', '--override', 'metadata={'], /--override metadata: found "\{", which begins as JSON/],
  [['settlement', '--amount', 'much'], /--amount: found "much", expected a whole number/],
])('trigger %j ends with 2, in one line', async (args, message) => {
  const { code, stdout, stderr } = await trigger(newMerchant(emulator).key, ...args)
  expect([code, stdout]).toEqual([2, ''])
  expect(stderr).toMatch(message)
  expect(stderr).toMatch(/^midtrans-emulator: [^\n]+\n$/)
})
