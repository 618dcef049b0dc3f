import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect, createServer } from 'node:tls'
import { afterAll, expect, test } from 'vitest'
import { newAuthority, serverCertificate } from '../../src/tls/authority.ts'
import { runCommand } from '../journeys/command.ts'

const root = await mkdtemp(join(tmpdir(), 'emulator-ca-'))
afterAll(() => rm(root, { recursive: true }))
const now = Date.now()
const authority = await newAuthority(now)

/** What a client that trusts the CA makes of a certificate for these names: "trusted", or why not. */
async function judged(names: readonly string[], servername: string): Promise<string> {
  const { certificate, key } = await serverCertificate(authority, now, names)
  const server = createServer({ cert: certificate, key }, (socket) => socket.end())
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const socket = connect({ host: '127.0.0.1', port, servername, ca: authority.certificate })
  try {
    await once(socket, 'secureConnect')
    return 'trusted'
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  } finally {
    socket.destroy()
    server.close()
  }
}

test.each(['api.sandbox.midtrans.com', 'any.sbx.midtrans.com', 'localhost'])(
  'the CA may vouch for %s',
  async (name) => {
    expect(await judged([name], name)).toBe('trusted')
  },
)

test.each(['api.midtrans.com', 'midtrans.com', 'sandbox.midtrans.com.example', 'shop.example', 'notlocalhost'])(
  'whoever trusts the CA believes it nothing about %s',
  async (name) => {
    expect(await judged([name], name)).toMatch(/permitted subtree violation/)
    // Nor where a permitted name stands beside it.
    expect(await judged(['localhost', name], 'localhost')).toMatch(/permitted subtree violation/)
  },
)

const day = 86_400_000

test('a certificate is signed by the CA, and lasts no longer than browsers accept', async () => {
  const [ours, signed] = [authority, await serverCertificate(authority, now)].map(
    ({ certificate }) => new X509Certificate(certificate),
  )
  expect(ours?.ca).toBe(true)
  expect(ours && signed?.verify(ours.publicKey)).toBe(true)
  expect(Number(signed?.validToDate) - Number(signed?.validFromDate)).toBeLessThanOrEqual(398 * day)
})

const startWith = async (files: Record<string, string>) => {
  const data = await mkdtemp(join(root, 'data-'))
  for (const [name, text] of Object.entries(files)) await writeFile(join(data, name), text)
  return runCommand(['--port', '0', '--tls', '--data', data]).ended
}

test('a CA that has expired ends the start in one line', async () => {
  const { certificate, key } = await newAuthority(now - 3_651 * day)
  const { code, stderr } = await startWith({ 'ca.pem': certificate, 'ca-key.pem': key })
  expect(code).toBe(2)
  expect(stderr).toMatch(/^midtrans-emulator: the CA in .* cannot be used: ca\.pem was valid until .*; remove .*\n$/)
})

test.each([
  [
    'the key of another one',
    async () => (await newAuthority(now)).key,
    /ca-key\.pem is the key of another certificate/,
  ],
  ['a damaged key', async () => 'rubbish', /cannot be used: /],
  ['an empty key', async () => '', /cannot be used: /],
])('a CA with %s ends the start in one line', async (_what, keyOf, message) => {
  const { code, stderr } = await startWith({ 'ca.pem': authority.certificate, 'ca-key.pem': await keyOf() })
  expect(code).toBe(2)
  expect(stderr).toMatch(/^midtrans-emulator: [^\n]+\n$/)
  expect(stderr).toMatch(message)
})

test('a CA that ends soon signs for no longer than it lasts', async () => {
  const old = await newAuthority(now - 3_640 * day)
  const { certificate } = await serverCertificate(old, now)
  expect(new X509Certificate(certificate).validTo).toBe(new X509Certificate(old.certificate).validTo)
})
