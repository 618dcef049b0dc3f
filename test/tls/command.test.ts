import { execFile } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, expect, test } from 'vitest'
import { runCommand } from '../journeys/command.ts'
import { emulatorOfFile } from '../midtrans/merchant.ts'

const root = await mkdtemp(join(tmpdir(), 'emulator-env-'))
afterAll(() => rm(root, { recursive: true }))
const data = join(root, 'data')
const emulator = await emulatorOfFile({ tls: 'on', data })
const ca = await readFile(join(data, 'ca.pem'), 'utf8')
// A quote and a space, as in the home of somebody.
const folder = join(root, "tester's files")

const run = (...args: string[]) => runCommand(args).ended
const envOf = (client: string, ...flags: string[]) =>
  run('env', client, '--url', emulator.url, '--folder', folder, ...flags)

/** The variables of a shell after these lines. */
async function afterEval(lines: string): Promise<Record<string, string>> {
  const print = `${JSON.stringify(process.execPath)} -p 'JSON.stringify(process.env)'`
  const { stdout } = await promisify(execFile)('sh', ['-c', `eval "$LINES"; ${print}`], {
    env: { LINES: lines, PATH: process.env.PATH },
  })
  return JSON.parse(stdout)
}

test('ca prints the certificate of a running emulator, or that of a data folder', async () => {
  expect(await run('ca', '--url', emulator.url)).toEqual({ code: 0, stdout: ca, stderr: '' })
  expect(await run('ca', '--data', data)).toEqual({ code: 0, stdout: ca, stderr: '' })
  const { stdout } = await run('ca', '--data', data, '--json')
  const { fingerprint256, validToDate } = new X509Certificate(ca)
  expect(JSON.parse(stdout)).toMatchObject({
    certificate: ca,
    fingerprint: fingerprint256,
    valid_to: validToDate.toISOString(),
  })
})

test('env gives each client what it reads, and eval takes it, whatever the folder is called', async () => {
  const proxy = { HTTPS_PROXY: emulator.url, https_proxy: emulator.url }
  const bundle = join(folder, 'ca-bundle.pem')
  for (const [client, trust] of Object.entries({
    node: { NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem') },
    php: { PHP_INI_SCAN_DIR: `:${folder}` },
    go: { SSL_CERT_FILE: bundle },
    python: { REQUESTS_CA_BUNDLE: bundle },
    ruby: { SSL_CERT_FILE: bundle },
  })) {
    const { code, stdout, stderr } = await envOf(client)
    expect([code, stderr], client).toEqual([0, ''])
    expect(await afterEval(stdout), client).toMatchObject({ ...trust, ...proxy })
  }
  expect(await readFile(join(folder, 'ca.pem'), 'utf8')).toBe(ca)
  expect(await readFile(join(folder, 'midtrans-emulator.ini'), 'utf8')).toContain(`curl.cainfo = "${bundle}"\n`)
  expect(await readFile(join(folder, '.gitignore'), 'utf8')).toBe('*\n')
})

test('a client that would trust our CA alone gets the public ones as well', async () => {
  await envOf('go')
  const certificates = (await readFile(join(folder, 'ca-bundle.pem'), 'utf8')).split(/(?<=-----END CERTIFICATE-----\n)/)
  expect(certificates[0]).toBe(ca)
  expect(certificates.length).toBeGreaterThan(50)
})

test('env java makes a trust store of its own, and names it and the proxy', async () => {
  const { commands, variables } = JSON.parse((await envOf('java', '--json')).stdout)
  expect(commands.at(-1)).toMatch(/^keytool -importcert .*-file '.*tester'\\''s files\/ca\.pem' /)
  const { hostname, port } = new URL(emulator.url)
  expect(variables).toEqual({
    JAVA_TOOL_OPTIONS: `"-Djavax.net.ssl.trustStore=${join(folder, 'truststore')}" -Djavax.net.ssl.trustStorePassword=changeit -Dhttps.proxyHost=${hostname} -Dhttps.proxyPort=${port}`,
  })
})

test('env --hosts names no proxy, and says which names have to lead here', async () => {
  const { stdout } = await envOf('python', '--hosts')
  expect(stdout).toMatch(/^export REQUESTS_CA_BUNDLE=.*\n# .*127\.0\.0\.1 api\.sandbox\.midtrans\.com .*\n$/)
})

test.each([
  [['env', 'nod'], /found "nod", did you mean node\?; expected node, php, go, python, java, ruby/],
  [['env'], /found nothing, expected node/],
  [['env', 'node', 'php'], /found "node php"/],
  [['ca', '--url', 'http://127.0.0.1:1'], /found no emulator at http:\/\/127\.0\.0\.1:1/],
  [['ca', '--data', '/nowhere'], /cannot read \/nowhere\/ca\.pem \(ENOENT\).*--tls/],
  [['env', 'node', '--data', data, '--folder', join(data, 'ca.pem')], /--folder: cannot write to .* choose another/],
])('%j is refused in one line', async (args, message) => {
  const { code, stdout, stderr } = await run(...args)
  expect([code, stdout]).toEqual([2, ''])
  expect(stderr).toMatch(/^midtrans-emulator: [^\n]+\n$/)
  expect(stderr).toMatch(message)
})

test('of an emulator without --tls, ca and env say what to do', async () => {
  await using plain = runCommand(['--port', '0'])
  const url = await plain.ready
  for (const args of [['ca'], ['env', 'node', '--folder', join(root, 'unused')]]) {
    const { code, stderr } = await run(...args, '--url', url)
    expect(code).toBe(2)
    expect(stderr).toMatch(/HTTP only.*--tls/)
  }
  expect(await readdir(root)).not.toContain('unused')
})

test('the ready line of --tls says where HTTPS and the proxy are', async () => {
  await using command = runCommand(['--tls', '--port', '0'])
  const url = await command.ready
  const { stdout } = await command.end('SIGTERM')
  expect(stdout).toMatch(new RegExp(`  HTTPS ${url.replace('http:', 'https:')}  proxy ${url}\\n$`))
})
