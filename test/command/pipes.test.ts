import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { emulatorOfFile, newMerchant } from '../midtrans/merchant.ts'

const emulator = await emulatorOfFile()
const cli = fileURLToPath(new URL('../../src/cli.ts', import.meta.url))

/** Lines of bash; the codes of both sides of the pipe stand at the end of stdout. */
function bash(line: string) {
  const { key } = newMerchant(emulator)
  const env = { NODE: process.execPath, CLI: cli, MIDTRANS_EMULATOR_URL: emulator.url, MIDTRANS_EMULATOR_SANDBOX: key }
  return promisify(execFile)('bash', ['--norc', '-c', `${line}; echo "\${PIPESTATUS[*]}"`], { env })
}

test.each([
  ['--help', 0],
  ['simulate', 0],
  ['expect transaction order_id=none --within 1ms', 1],
  ['run link-happy charge-below-100000-settles --url "$MIDTRANS_EMULATOR_URL"', 0],
])('%s ends as ever where its reader leaves at once, and prints no stack', async (args, code) => {
  const { stdout, stderr } = await bash(`"$NODE" "$CLI" ${args} | exec 0<&-`)
  expect([stdout, stderr]).toEqual([`${code} 0\n`, ''])
})

test('what cannot be written is told in one line', async () => {
  const { stdout, stderr } = await bash(`"$NODE" "$CLI" simulate > /dev/full`)
  expect([stdout, stderr]).toEqual(['2\n', 'midtrans-emulator: cannot write to stdout (ENOSPC)\n'])
})

test('what is printed into a pipe or a file has no colours', async () => {
  expect((await bash(`"$NODE" "$CLI" simulate`)).stdout).not.toContain('\u001b')
})
