import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
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

const cli = fileURLToPath(new URL('../../src/cli.ts', import.meta.url))

function run(args: readonly string[], input: string): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [cli, ...args], (error, out, err) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
    )
    child.stdin?.end(input)
  })
}

test('the command signs what it reads, and says of it that it is valid', async () => {
  const signed = await run(['sign', '--key', 'SB-Mid-server-test'], JSON.stringify(fields))
  expect(signed.code).toBe(0)
  expect(await run(['verify', '--key=SB-Mid-server-test'], signed.out)).toMatchObject({ code: 0, out: 'valid\n' })
  const wrong = await run(['verify', '--key', 'Mid-server-test'], signed.out)
  expect(wrong).toMatchObject({
    code: 1,
    out: expect.stringMatching(/^not valid\nIt is made with "SB-" before the key/),
  })
})

test.each([
  [['sign'], '{}', /found no --key/],
  [['verify', '--key', 'x'], '', /found nothing on stdin, expected a JSON object/],
  [['sign', '--key', 'x'], '[1]', /found something else on stdin/],
  [['sign', '--key', 'x'], 'no json', /found something else on stdin/],
])('%j with %j on stdin is bad input, and told as such', async (args, input, reason) => {
  const { code, err } = await run(args, input)
  expect(code).toBe(2)
  expect(err).toMatch(reason)
})
