import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { usualFaults } from '../../src/engine/scenarios/fault.ts'
import { usualDisturbances } from '../../src/midtrans/disturbance.ts'
import { type Decidable, outcomesOf, possibleOutcomes } from '../../src/midtrans/outcome.ts'
import { emulatorOfFile, newMerchant, newShop } from '../midtrans/merchant.ts'
import { expectAccessible } from './accessible.ts'
import { openPage, type PageOptions, tabOfFile } from './browser.ts'

const emulator = await emulatorOfFile()
const tab = tabOfFile()

const browsers: readonly PageOptions[] = [
  { javaScript: true, width: 'desktop' },
  { javaScript: false, width: 'phone' },
]

/** A merchant, and the address of its pages. */
async function placeOf({ admin }: Pick<ReturnType<typeof newMerchant>, 'admin'>): Promise<string> {
  const merchantId = `G-${randomUUID().slice(0, 8)}`
  await admin.patch('settings', { merchant_id: merchantId })
  return `${emulator.url}/dashboard/${merchantId}`
}

test.each(browsers)(
  'with %o, a tester has the next charge denied, and sees that the rule was used',
  async (options) => {
    await using opened = await openPage(options)
    const { page } = opened
    const shop = await newShop(emulator)
    const place = await placeOf(shop)
    await page.goto(`${place}/rules`)
    await page.getByTestId('add-poor').click()
    await page.getByTestId('says').getByText('is denied with channel code 201').waitFor()
    await page.getByTestId('expect-used').click()
    await page.getByTestId('note').getByText('Found 1 rules that were never used').waitFor()
    expect(await shop.charge('order-1', 1_000)).toMatchObject({ transaction_status: 'deny' })
    expect(await shop.charge('order-2', 1_000)).toMatchObject({ transaction_status: 'settlement' })
    await page.goto(`${place}/rules`)
    expect(await page.getByTestId('used').textContent()).toBe('1 time of 1')
    await page.getByTestId('rule').getByText('used up').waitFor()
    await page.getByTestId('delete').click()
    await page.getByTestId('no-rules').waitFor()
  },
)

test.each(browsers)(
  'with %o, a tester writes a rule that says for which orders, how often and with which chance',
  async (options) => {
    await using opened = await openPage(options)
    const { page } = opened
    const shop = await newShop(emulator)
    await page.goto(`${await placeOf(shop)}/rules`)
    await page.getByTestId('kind-charge').click()
    await page.getByTestId('effect').selectOption('gopay:112')
    await page.getByTestId('match-order_id').fill('big-*')
    await page.getByTestId('match-amount-from').fill('50.000')
    await page.getByTestId('times-number').fill('3')
    await page.getByTestId('nth').fill('2')
    await page.getByTestId('chance').fill('99,5')
    await page.getByTestId('add').click()
    await page.getByTestId('rule').waitFor()
    expect(await shop.admin.get('rules')).toMatchObject([
      {
        match: { operation: 'charge', order_id: 'big-*', amount: { min: 50_000 }, nth: 2 },
        outcome: 'gopay:112',
        times: 3,
        probability: 0.995,
        enabled: true,
      },
    ])
    await shop.charge('small-1', 50_000)
    await page.reload()
    expect(await page.getByTestId('nearest').textContent()).toContain('order_id: expected "big-*", found "small-1"')
    await page.getByTestId('switch').click()
    await page.getByTestId('rule').getByText('Switch on').waitFor()
    expect(await shop.admin.get('rules')).toMatchObject([{ enabled: false }])
    await page.getByTestId('delete-all').click()
    await page.getByTestId('no-rules').waitFor()
  },
)

test('each rule that is there at one click is one', async () => {
  const { admin } = newMerchant(emulator)
  const { page } = await tab()
  await page.goto(`${await placeOf({ admin })}/rules`)
  const buttons = page.getByTestId('ready').getByRole('button')
  const count = await buttons.count()
  for (let index = 0; index < count; index++) {
    await buttons.nth(index).click()
    await page.getByTestId('rule').nth(index).waitFor()
  }
  expect(count).toBe(7)
  expect(await admin.get('rules')).toHaveLength(count)
})

test('a tester gives each fault and each outcome of the forms, and the API takes all of them', async () => {
  const { admin } = newMerchant(emulator)
  const { page } = await tab()
  const place = await placeOf({ admin })
  const offered: Record<string, string[]> = {}
  await page.goto(`${place}/rules`)
  const kinds = await page
    .locator('[data-testid^="kind-"]')
    .evaluateAll((links) => links.map((link) => link.getAttribute('data-testid')?.slice('kind-'.length) ?? ''))
  for (const kind of kinds) {
    await page.goto(`${place}/rules?add=${kind}`)
    const texts = await page
      .getByTestId('effect')
      .locator('option')
      .evaluateAll((all) => all.map((each) => each.getAttribute('value') ?? ''))
    const facts = await page
      .locator('[name^="text.match."]:is(input)')
      .evaluateAll((all) => all.map((each) => each.getAttribute('name')?.slice(11) ?? ''))
    const match = Object.fromEntries(facts.map((fact) => [fact, fact === 'phone' ? '62*' : 'x']))
    const effects = texts.map((text) =>
      kind === 'fault' ? { match, fault: text } : { match: { ...match, operation: kind }, outcome: text },
    )
    await admin.rules(effects)
    offered[kind] = texts
  }
  const operations = Object.keys(possibleOutcomes) as Decidable[]
  expect(offered).toEqual({
    ...Object.fromEntries(operations.map((operation) => [operation, outcomesOf(operation)])),
    notification: usualDisturbances,
    fault: usualFaults,
  })
})

test.each(browsers)('with %o, a tester loads a scenario, runs one and looks into its sandbox', async (options) => {
  await using opened = await openPage(options)
  const { page } = opened
  const { admin } = newMerchant(emulator)
  const place = await placeOf({ admin })
  await page.goto(`${place}/scenarios?q=network`)
  const story = page.getByTestId('scenario').filter({ hasText: 'A network that drops one request in ten' })
  await story.getByTestId('load').click()
  await story.getByTestId('loaded').waitFor()
  expect(await admin.get('rules')).toHaveLength(5)
  await page.getByTestId('unload').click()
  await page.getByText('no scenario is loaded').waitFor()
  expect(await admin.get('rules')).toEqual([])

  await story.getByRole('link').click()
  await page.getByTestId('written').getByText('before:reset').waitFor()
  await page.getByTestId('run-keep').click()
  await page.getByTestId('steps').waitFor()
  expect(await page.getByTestId('step').getByText('passed').count()).toBe(6)
  await page.getByTestId('note-link').click()
  await page.getByTestId('transaction-row').first().waitFor()
})

test.each(browsers)(
  'with %o, a tester gives somebody a wallet, fills it, switches it off and unlinks',
  async (options) => {
    await using opened = await openPage(options)
    const { page } = opened
    const shop = await newShop(emulator)
    const place = await placeOf(shop)
    await page.goto(`${place}/payers`)
    await page.getByTestId('phone').fill('081122334455')
    await page.getByTestId('persona').selectOption('poor')
    await page.getByTestId('name').fill('Sari')
    await page.getByTestId('give').click()
    await page.waitForURL('**/payers/6281122334455?told=*')
    await page.getByTestId('amount').fill('75.000')
    await page.getByTestId('simulate-top-up').click()
    await page.getByTestId('option-balance').getByText('Rp75.000').waitFor()
    await page.getByTestId('option-GOPAY_WALLET').click()
    await page.getByTestId('option').getByText('Switch GOPAY_WALLET on').waitFor()
    expect(await shop.admin.get('payers?phone=6281122334455')).toMatchObject([
      { persona: 'poor', name: 'Sari', options: [{ active: false, balance: 75_000 }] },
    ])

    await shop.charge('order-1', 50_000)
    await page.goto(`${place}/payers?q=628215023424`)
    await page.getByTestId('payer-row').getByRole('link').first().click()
    const movement = page.getByTestId('movement').first()
    expect(await movement.innerText()).toMatch(/charge order-1[\s\S]*Rp50\.000[\s\S]*Rp7\.950\.000[\s\S]*merchant/)
    await page.getByTestId('simulate-unlink').click()
    await page.getByTestId('account').getByText('DISABLED').waitFor()
    await page.goto(`${place}/ledger`)
    expect(await page.getByTestId('sum').textContent()).toBe('Rp0')
  },
)

test('every page of it can be used by everybody, and none is wider than a phone', async () => {
  const { page } = await tab()
  const shop = await newShop(emulator)
  const place = await placeOf(shop)
  await shop.charge('order-axe', 50_000)
  await shop.admin.rules([
    { match: { operation: 'charge', order_id: 'other' }, outcome: 'deny:201' },
    { match: {}, fault: 'latency:1ms', enabled: false },
  ])
  await shop.charge('order-miss', 50_000)
  const paths = [
    'rules?add=charge',
    'rules?add=fault',
    'scenarios',
    'scenarios/payday',
    'payers',
    'payers/628215023424',
    'payers/6280000000',
    'ledger',
  ]
  for (const path of paths) {
    await page.setViewportSize({ width: 390, height: 844 })
    await page.goto(`${place}/${path}`)
    await expectAccessible(page)
    expect(await page.evaluate<number>('document.documentElement.scrollWidth'), path).toBeLessThanOrEqual(390)
  }
})
