import { execFile } from 'node:child_process'
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, expect, test } from 'vitest'
import { signatureOf } from '../../src/midtrans/signature.ts'
import { blocksOf, root } from './blocks.ts'
import { isInstalled } from './languages.ts'

const folder = await mkdtemp(join(tmpdir(), 'signatures-'))
afterAll(() => rm(folder, { recursive: true }))
await cp(`${root}test/docs/signatures`, folder, { recursive: true })

const serverKey = 'SB-Mid-server-signed'
const order = { order_id: 'order-1', status_code: '200', gross_amount: '50000.00' }
const signed = { ...order, signature_key: signatureOf(order, serverKey) }
const changed = { ...signed, gross_amount: '50000.01' }
const cut = { ...signed, signature_key: signed.signature_key?.slice(2) }
await writeFile(join(folder, 'bodies.json'), JSON.stringify({ serverKey, bodies: [signed, changed, cut, {}] }))

test.for([
  ['node', 'mjs', [process.execPath, 'caller.mjs']],
  ['php', 'php', ['php', 'caller.php']],
  ['python', 'py', ['python3', 'caller.py']],
  ['go', 'go', ['go', 'run', 'page.go', 'caller.go']],
] as const)(
  'the check of a signature on the page of $0 takes what is signed, and nothing else',
  async (given, { skip }) => {
    const [client, ending, [program, ...args]] = given
    if (!isInstalled(program)) skip(`${program} is not installed`)
    const block = blocksOf(`docs/clients/${client}.md`).find(({ text }) => text.includes('signature_key'))
    await writeFile(join(folder, `page.${ending}`), block?.text ?? '')
    const env = { ...process.env, GO111MODULE: 'off' }
    const { stdout } = await promisify(execFile)(program, args, { cwd: folder, env })
    expect(stdout).toBe('true\nfalse\nfalse\nfalse\n')
  },
)
