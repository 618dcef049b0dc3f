import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { emulatorOfFile } from '../../midtrans/merchant.ts'

const emulator = await emulatorOfFile()
const read = (path: string) => readFile(new URL(`../../../${path}`, import.meta.url), 'utf8')

const blocksOf = (markdown: string) => Array.from(markdown.matchAll(/^```sh\n(.*?)^```/gms), ([, code = '']) => code)

/** As one script, which ends with the first command that fails or is refused. */
const runBlocks = async (markdown: string) => {
  const script =
    `set -eo pipefail\ncurl() { command curl --fail-with-body "$@"; }\n${blocksOf(markdown).join('\n')}`.replaceAll(
      'http://localhost:8765',
      emulator.url,
    )
  // What was answered last says what went wrong; the script alone does not.
  const ran = promisify(execFile)('bash', ['-c', script])
  return ran.then(
    ({ stdout }) => stdout,
    ({ stdout, stderr }: { stdout: string; stderr: string }) => {
      throw new Error(`the script ends early: ${stdout.slice(-500)}${stderr.slice(-500)}`)
    },
  )
}

test('an agent that does what the skill says sees payments, a denial, an expiry and a lost answer', async () => {
  const said = await runBlocks(await read('skills/midtrans-emulator/SKILL.md'))
  for (const seen of [
    '"order_id":"order-1","merchant_id"',
    '"transaction_status":"settlement"',
    '"channel_response_message":"Insufficient Balance"',
    '"status_code":"407"',
    'order-2, times in WIB',
    '"order_id":"lost-1"',
    '"passed":true',
  ]) {
    expect(said).toContain(seen)
  }
})

test('the skill has a name and says when to use it, and is short', async () => {
  const skill = await read('skills/midtrans-emulator/SKILL.md')
  expect(skill).toMatch(/^---\nname: midtrans-emulator\ndescription: .{50,1000}\n---\n/)
  expect(skill.split('\n').length).toBeLessThan(150)
})

test.each(['docs/admin-api.md', 'docs/core-api.md'])('each example of %s works as it stands', async (page) => {
  const said = await runBlocks(await read(page))
  expect(said.length).toBeGreaterThan(1_000)
  // Refusals over HTTP 200, but for the success of an expire.
  expect(/(?:^|[}\]])\{"status_code":"4(?!07)[^}]*/.exec(said)?.[0]).toBeUndefined()
})

test('llms.txt is served, and each of its links leads to something', async () => {
  const answer = await fetch(`${emulator.url}/llms.txt`)
  expect(answer.headers.get('content-type')).toBe('text/markdown; charset=utf-8')
  const text = await answer.text()
  expect(text).toBe(await read('llms.txt'))
  const links = Array.from(text.matchAll(/\]\(([^)]+)\)/g), ([, link = '']) => link)
  expect(links.length).toBeGreaterThan(6)
  for (const link of links) {
    const { status, headers } = await fetch(new URL(link, `${emulator.url}/llms.txt`))
    expect([link, status, headers.get('content-type')]).toEqual([link, 200, expect.stringMatching(/markdown|json/)])
  }
})

test('links of served pages lead to served pages', async () => {
  for (const page of ['skills/midtrans-emulator/SKILL.md', 'docs/admin-api.md']) {
    const at = new URL(page, emulator.url)
    const links = Array.from(
      (await (await fetch(at)).text()).matchAll(/\]\(([\w./-]+\.md)\)/g),
      ([, link = '']) => link,
    )
    for (const link of links) expect([link, (await fetch(new URL(link, at))).status]).toEqual([link, 200])
  }
})

test.each([
  'docs/none.md',
  'docs/..%2fpackage.md',
  'docs/..%2f..%2fetc%2fpasswd',
  'docs/screenshots',
  'docs/control.MD',
])('no other file is served: %s', async (path) => {
  expect((await fetch(`${emulator.url}/${path}`)).status).toBe(404)
})
