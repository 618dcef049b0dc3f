import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { midtransHosts } from '../../src/midtrans/hosts.ts'
import type { Client } from './clients.ts'
import { readPage, type Way, ways } from './page.ts'

/** How it went: what the program printed, or why it was not run. */
export interface Outcome {
  readonly way: Way | 'all'
  readonly is: 'ok' | 'failed' | 'skipped'
  readonly told: string
}

interface Place {
  readonly folder: string
  readonly library: string | undefined
}

const cli = fileURLToPath(new URL('../../src/cli.ts', import.meta.url))
const minutes = 60_000

/** Follows a page by each of its ways, with the client in a folder or, without one, as its language installs it. */
export function follow(name: string, client: Client, library: string | undefined): readonly Outcome[] {
  const missing = [...client.runtime, ...(library === undefined ? client.installer : [])].find((each) => !has(each))
  if (missing !== undefined) return [{ way: 'all', is: 'skipped', told: `found no ${missing} on this machine` }]
  const place = { folder: mkdtempSync(join(tmpdir(), `recipe-${name}-`)), library }
  try {
    if (library === undefined) {
      const { status, output } = run('sh', ['-c', client.install], place)
      if (status !== 0) return [{ way: 'all', is: 'skipped', told: `cannot be installed: ${output}` }]
    }
    return ways.flatMap((way) => followBy(way, name, client, place) ?? [])
  } finally {
    rmSync(place.folder, { recursive: true, force: true })
  }
}

function followBy(way: Way, name: string, client: Client, place: Place): Outcome | undefined {
  const programs = readPage(name, client).flatMap(({ expected, filesFor }) => {
    const files = filesFor(way)
    return files ? [{ expected, files }] : []
  })
  if (programs.length === 0) return
  if (way === 'names' && !canName()) {
    return { way, is: 'skipped', told: 'unshare cannot make a network with names of its own on this machine' }
  }
  for (const { expected, files } of programs) {
    const { status, output } = runProgram(files, emulatorOf(way, place.folder, lineOf(way, name, client, place)), place)
    const isRight = status === 0 && output.trimEnd().split('\n').at(-1) === expected
    if (!isRight) return { way, is: 'failed', told: output }
  }
  return { way, is: 'ok', told: programs.map(({ expected }) => expected).join(', ') }
}

function runProgram(files: Readonly<Record<string, string>>, command: [string, string[]], place: Place) {
  const pages = join(place.folder, 'page')
  mkdirSync(pages)
  for (const [file, text] of Object.entries(files)) writeFileSync(join(pages, file), `${text}\n`)
  const result = run(...command, place)
  for (const file of [pages, ...Object.keys(files).map((each) => join(place.folder, each))]) {
    rmSync(file, { recursive: true, force: true })
  }
  return result
}

/** What the page has its reader type. */
function lineOf(way: Way, name: string, { use, run }: Client, { library }: Place): string {
  const env = `eval "$(${quoted(process.execPath)} ${quoted(cli)} env ${name}${way === 'names' ? ' --hosts' : ''})"`
  return [
    'set -e',
    'for each in page/*; do sed "s#localhost:8765#${MIDTRANS_EMULATOR_URL#*//}#" "$each" > "${each#page/}"; done',
    'unset HTTPS_PROXY https_proxy NODE_EXTRA_CA_CERTS PHP_INI_SCAN_DIR SSL_CERT_FILE REQUESTS_CA_BUNDLE',
    way === 'address' ? '' : env,
    library === undefined ? '' : use,
    run,
  ].join('\n')
}

/** An emulator for one line of a shell. Its names are those of a network of its own, so that nothing else changes. */
function emulatorOf(way: Way, folder: string, line: string): [string, string[]] {
  const flags = way === 'address' ? [] : ['--tls', ...(way === 'names' ? ['--port', '443'] : [])]
  const emulator = [cli, 'exec', '--payer-mode', 'headless', ...flags, '--', 'sh', '-c', line]
  if (way !== 'names') return [process.execPath, emulator]
  const hosts = join(folder, 'hosts')
  writeFileSync(hosts, `127.0.0.1 localhost ${midtransHosts.join(' ')}\n`)
  const inside = `ip link set lo up && mount --bind ${quoted(hosts)} /etc/hosts && exec "$@"`
  return ['unshare', [...ownNetwork, 'sh', '-c', inside, 'sh', process.execPath, ...emulator]]
}

const ownNetwork = ['--user', '--map-root-user', '--net', '--mount']
const canName = () => spawnSync('unshare', [...ownNetwork, 'ip', 'link', 'set', 'lo', 'up']).status === 0

function run(program: string, args: readonly string[], { folder, library }: Place) {
  const env = library === undefined ? process.env : { ...process.env, LIBRARY: library }
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd: folder,
    env,
    encoding: 'utf8',
    timeout: 5 * minutes,
  })
  return { status, output: status === 0 ? stdout : `${stdout}${stderr}`.trim().slice(-1_000) }
}

const has = (program: string) => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`
