import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { test as base } from '@playwright/test'
import { afterAll, expect, expectTypeOf, inject, test } from 'vitest'
import { type EmulatorFixtures, type EmulatorWorkerFixtures, emulatorFixtures } from '../../src/testkit/playwright.ts'
import { blocksOf, root } from '../docs/blocks.ts'
import { linkPackages } from '../docs/packages.ts'

const folder = mkdtempSync(join(tmpdir(), 'playwright-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** A shop that tests its pages with Playwright, as docs/testkit.md says. */
function openShop(): string {
  linkPackages(folder)
  const onPage = blocksOf('docs/testkit.md').find(({ text }) => text.includes("from '@playwright/test'"))?.text ?? ''
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  writeFileSync(
    join(folder, 'playwright.config.ts'),
    `export default { testMatch: 'shop.ts', workers: 1, use: { connectOptions: { wsEndpoint: '${inject('browser')}' } } }`,
  )
  writeFileSync(
    join(folder, 'shop.ts'),
    `${onPage}
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
test('one who declines is said to have paid', async ({ sandbox, payer }) => {
  const { actions = [] } = await sandbox.trigger('pending', { order_id: 'loud' })
  await payer.open(actions[0]?.url ?? '')
  await payer.decline('pin')
  expect(await payer.ending()).toBe('paid')
})
`,
  )
  return folder
}

test('the fixtures are what `extend` of Playwright takes', () => {
  type Taken = Parameters<typeof base.extend<EmulatorFixtures, EmulatorWorkerFixtures>>[0]
  expectTypeOf(emulatorFixtures()).toExtend<Taken>()
})

test('fixtures of Playwright: what the page shows passes, and a failing test tells what happened', async () => {
  const cwd = openShop()
  const { NO_COLOR, FORCE_COLOR, ...env } = process.env
  const child = spawn(process.execPath, [join(root, 'node_modules/@playwright/test/cli.js'), 'test'], {
    cwd,
    env: { ...env, CI: '1' },
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  }
  await new Promise((resolve) => child.on('close', resolve))
  expect(output).toMatch(/^\s*1 failed$/m)
  expect(output).toMatch(/^\s*2 passed/m)
  expect(output).toMatch(/one who declines is said to have paid: everything.*POST \/v2\/charge loud.*pin: declined/s)
  expect(output).toContain('what happened in the sandbox (text/plain)')
})
