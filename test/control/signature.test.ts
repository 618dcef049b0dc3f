import { expect, test } from 'vitest'
import { emulatorOfFile, newShop } from '../midtrans/merchant.ts'

const emulator = await emulatorOfFile()
const fields = { order_id: 'order-1', status_code: '200', gross_amount: '50000.00' }

// Issue 4, 7.
test('the admin API signs a body, and tells whether one is signed', async () => {
  const shop = await newShop(emulator)
  const signed = (await shop.admin.post('signature/sign', fields)) as object
  expect(Object.keys(signed)).toEqual([...Object.keys(fields), 'signature_key'])
  expect(await shop.admin.post('signature/verify', signed)).toEqual({ valid: true, why: [] })
  expect(await shop.admin.post('signature/verify', { ...signed, gross_amount: '50000' })).toEqual({
    valid: false,
    why: [expect.stringContaining('decimals')],
  })
})

test('a body that was signed by another sandbox is known as such', async () => {
  const [mine, other] = [await newShop(emulator), await newShop(emulator)]
  const signed = (await other.admin.post('signature/sign', fields)) as object
  const { merchant_id } = (await other.admin.get('settings')) as { merchant_id: string }
  expect(await mine.admin.post('signature/verify', signed)).toEqual({
    valid: false,
    why: [`It is made with the key of sandbox ${merchant_id}.`],
  })
})
