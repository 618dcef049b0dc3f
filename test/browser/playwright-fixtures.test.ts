import type { test as base } from '@playwright/test'
import { expect, expectTypeOf, inject, test } from 'vitest'
import { type EmulatorFixtures, type EmulatorWorkerFixtures, emulatorFixtures } from '../../src/testkit/playwright.ts'
import { blocksOf } from '../docs/blocks.ts'
import { openProject } from '../testkit/project.ts'

/** What docs/testkit.md shows. */
const shown = () => blocksOf('docs/testkit.md').find(({ text }) => text.includes("from '@playwright/test'"))?.text

const more = `
test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })
  test('the same', async ({ inbox, sandbox, payer }) => {
    const { order_id, actions = [] } = await sandbox.trigger('pending')
    await payer.open(actions[0]?.url ?? '')
    for (const code of ['000000', '111111', undefined]) await payer.pin(code)
    expect(await payer.ending()).toBe('paid')
    await sandbox.expect({ notification: { order_id: order_id ?? '', transaction_status: 'settlement' } })
    expect(inbox.received.map(({ body }) => body.transaction_status)).toContain('settlement')
  })
})
test('the same by a slow network', async ({ page, sandbox, payer }) => {
  const { actions = [] } = await sandbox.trigger('pending')
  await page.route('**', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 200))
    await route.continue()
  })
  await payer.open(actions[0]?.url ?? '')
  for (const code of ['000000', '111111', undefined]) await payer.pin(code)
  expect(await payer.ending()).toBe('paid')
})
test('on the Snap page a wallet is linked and pays, and another order is paid by QR code', async ({ sandbox, payer }) => {
  const sell = async (order_id: string) => {
    const { redirect_url } = await fetch(sandbox.url + '/snap/v1/transactions', {
      method: 'POST',
      headers: { authorization: 'Basic ' + btoa(sandbox.serverKey + ':'), 'content-type': 'application/json' },
      body: JSON.stringify({
        transaction_details: { order_id, gross_amount: 150_000 },
        user_id: 'customer-1',
        gopay: { tokenization: true },
      }),
    }).then((answer) => answer.json())
    await payer.open(redirect_url)
  }
  await sell('order-linked')
  await payer.choose('link', '8215023424')
  await payer.consent()
  await payer.otp()
  await payer.pin()
  await payer.choose('pay')
  await payer.pin()
  expect(await payer.ending()).toBe('paid')
  await sell('order-qr')
  await payer.choose('qr')
  await payer.phone('628215023424')
  await payer.pin()
  expect(await payer.ending()).toBe('paid')
  await sandbox.expect({ snap: { order_id: 'order-*', transaction_status: 'settlement' }, times: 2 })
})
test('one who declines is said to have paid', async ({ sandbox, payer }) => {
  const { actions = [] } = await sandbox.trigger('pending', { order_id: 'loud' })
  await payer.open(actions[0]?.url ?? '')
  await payer.decline('pin')
  expect(await payer.ending()).toBe('paid')
})
`

const config = () =>
  `export default { testMatch: 'shop.ts', workers: 1, use: { connectOptions: { wsEndpoint: '${inject('browser')}' } } }`

test('the fixtures are what `extend` of Playwright takes', () => {
  type Taken = Parameters<typeof base.extend<EmulatorFixtures, EmulatorWorkerFixtures>>[0]
  expectTypeOf(emulatorFixtures()).toExtend<Taken>()
})

test('with the fixtures for Playwright, what the page shows passes, and a test that fails tells what happened', async () => {
  using project = openProject({ 'playwright.config.ts': config(), 'shop.ts': `${shown()}${more}` })
  const output = await project.run('@playwright/test/cli.js', ['test'], { CI: '1' })
  expect(output).toMatch(/^\s*1 failed$/m)
  expect(output).toMatch(/^\s*4 passed/m)
  expect(output).toMatch(/one who declines is said to have paid: everything.*POST \/v2\/charge loud.*pin: declined/s)
  expect(output).toContain('what happened in the sandbox (text/plain)')
})
