import { expect, test } from 'vitest'
import { emulatorOfFile, newShop } from '../midtrans/merchant.ts'
import { shownCharges } from './shown-charges.ts'
import { shownOthers } from './shown-others.ts'
import { shownSales } from './shown-sales.ts'

const emulator = await emulatorOfFile()
const shown = { ...shownCharges, ...shownOthers, ...shownSales }
const rows = Object.entries(shown).flatMap(([name, { show, options }]) =>
  Object.entries(options).map(([option, expected], i) => ({ name, option, show, expected, isDefault: i === 0 })),
)

test.each(rows)('with $name=$option a merchant sees so', async ({ name, option, show, expected, isDefault }) => {
  const shop = await newShop(emulator)
  if (!isDefault) await shop.admin.patch('settings', { quirks: { [name]: option } })
  expect(await show(shop)).toEqual(expected)
})

test('every option that a sandbox can have is shown here, the default first', async () => {
  const { admin } = await newShop(emulator)
  // GET /__admin/quirks answers so.
  const listed = (await admin.get('quirks')) as { name: string; set_by: string; options: object }[]
  const ofSandboxes = listed.filter(({ set_by }) => set_by.includes('PATCH'))
  expect(Object.fromEntries(ofSandboxes.map(({ name, options }) => [name, Object.keys(options)]))).toEqual(
    Object.fromEntries(Object.entries(shown).map(([name, { options }]) => [name, Object.keys(options)])),
  )
})
