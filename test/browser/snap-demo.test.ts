import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { blocksOf, fileNameOf } from '../docs/blocks.ts'
import { emulatorOfFile } from '../midtrans/merchant.ts'
import { openPage } from './browser.ts'
import { rightOtp, rightPin } from './payer-pages.ts'
import { patient, type, withoutExpected } from './snap-shop.ts'

const emulator = await emulatorOfFile()

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  return typeof address === 'object' && address ? address.port : 0
}

/** Both files of the page, in a folder: with the addresses of this test, and as they are besides. */
async function openDemo() {
  const port = await freePort()
  const folder = await mkdtemp(join(tmpdir(), 'snap-demo-'))
  for (const block of blocksOf('docs/snap.md')) {
    const name = fileNameOf(block)
    if (!name) continue
    const text = block.text.replaceAll('http://localhost:8765', emulator.url).replaceAll('4000', String(port))
    await writeFile(join(folder, name), text)
  }
  const backend: ChildProcess = spawn(process.execPath, ['shop.mjs'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [said] = await once(backend.stdout ?? backend, 'data')
  return {
    said: String(said).trim(),
    url: `http://localhost:${port}`,
    async [Symbol.asyncDispose]() {
      backend.kill()
      await once(backend, 'exit')
      await rm(folder, { recursive: true })
    },
  }
}

test('the shop of docs/snap.md sells: the first time with linking, the second time with the PIN alone', async () => {
  await using shop = await openDemo()
  expect(shop.said).toBe(`Open ${shop.url}`)
  await using tab = await openPage({ width: 'phone' })
  const { page, problems } = tab
  await page.goto(shop.url)
  const frame = page.frameLocator('#snap-midtrans iframe')
  const status = () => page.getByRole('status').textContent()

  await page.getByRole('button', { name: 'Buy' }).click()
  await frame.getByTestId('way-link').getByTestId('phone').fill('08215023424')
  await frame.getByTestId('link').click()
  await frame.locator('[data-step="consent"]').getByTestId('submit').click()
  await type(frame, 'otp', rightOtp)
  await type(frame, 'pin', rightPin)
  await frame.getByTestId('pay').click()
  await type(frame, 'pin', rightPin)
  await expect.poll(status, patient).toMatch(/^Paid: kopi-\d+\. Thank you!$/)
  const first = await status()

  await page.getByRole('button', { name: 'Buy' }).click()
  await frame.getByTestId('pay').click()
  await type(frame, 'pin', rightPin)
  await expect.poll(status, patient).not.toBe(first)
  expect(await status()).toMatch(/^Paid: kopi-\d+/)

  await page.getByRole('button', { name: 'Buy' }).click()
  await frame.getByTestId('way-wallet').waitFor()
  await page.getByTestId('snap-close').click()
  await expect.poll(status, patient).toBe('Closed before paying.')
  problems.splice(0, Number.POSITIVE_INFINITY, ...withoutExpected(problems))
})
