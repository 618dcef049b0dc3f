import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { emulatorOfFile } from '../midtrans/merchant.ts'

const emulator = await emulatorOfFile({ tls: 'on' })
const { port } = new URL(emulator.url)
const folder = await mkdtemp(join(tmpdir(), 'emulator-shop-'))
afterAll(() => rm(folder, { recursive: true }))
const ca = join(folder, 'ca.pem')
await writeFile(ca, await (await fetch(`${emulator.url}/__admin/ca.pem`)).text())

const fileHere = (name: string) => fileURLToPath(new URL(name, import.meta.url))

/** The shop, with these variables and no others. */
async function runShop(serverKey: string, env: Record<string, string>, flags: readonly string[] = []) {
  const args = [...flags, fileHere('shop.ts'), emulator.url, serverKey]
  const shop = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const code = new Promise((resolve) => shop.on('close', resolve))
  const [stdout, stderr] = await Promise.all([text(shop.stdout), text(shop.stderr)])
  return { code: await code, stderr, answers: JSON.parse(stdout || '{}') }
}

const wholeStory = {
  code: 0,
  answers: {
    linkUrl: expect.stringMatching(/^https:\/\/api\.sandbox\.midtrans\.com\/v2\//),
    returnedTo: expect.stringMatching(/^https:\/\/shop\.example\/linked\?.*result=success$/),
    account: { account_status: 'ENABLED' },
    charge: { status_code: '200', transaction_status: 'settlement' },
    notification: { order_id: 'order-1', transaction_status: 'settlement' },
    status: { order_id: 'order-1', transaction_status: 'settlement' },
  },
}

test.each(['HTTPS_PROXY', 'https_proxy'])(
  'the official Node client, unchanged, links, charges and is told, with %s and NODE_EXTRA_CA_CERTS alone',
  async (variable) => {
    const env = { [variable]: emulator.url, NODE_EXTRA_CA_CERTS: ca }
    expect(await runShop(`SB-Mid-server-${variable}`, env)).toMatchObject(wholeStory)
  },
)

test('so it does where the name of Midtrans leads to the emulator, without a proxy', async () => {
  const env = { EMULATOR_PORT: port, NODE_EXTRA_CA_CERTS: ca }
  const shop = await runShop('SB-Mid-server-names', env, ['--import', new URL('names.mjs', import.meta.url).href])
  expect(shop).toMatchObject(wholeStory)
})

test('a client that does not trust the CA takes no answer', async () => {
  const { code, stderr } = await runShop('SB-Mid-server-untrusting', { HTTPS_PROXY: emulator.url })
  expect(code).toBe(1)
  expect(stderr).toMatch(/unable to (?:get local issuer certificate|verify the first certificate)|self[- ]signed/i)
})

test('with public_url links begin with what a browser can open', async () => {
  const key = 'SB-Mid-server-public'
  await emulator.admin(key).patch('settings', { public_url: emulator.url })
  const { answers } = await runShop(key, { HTTPS_PROXY: emulator.url, NODE_EXTRA_CA_CERTS: ca })
  expect(answers.linkUrl).toMatch(new RegExp(`^${emulator.url}/v2/`))
})
