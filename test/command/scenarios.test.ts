import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { runCommand } from '../journeys/command.ts'
import { emulatorOfFile } from '../midtrans/merchant.ts'

const folder = await mkdtemp(join(tmpdir(), 'scenario-commands-'))
afterAll(() => rm(folder, { recursive: true }))
const emulator = await emulatorOfFile({ 'admin-token': 'sesame' })

const fileOf = async (name: string, text: string) => {
  const file = join(folder, name)
  await writeFile(file, text)
  return file
}
const good = await fileOf('good.yaml', 'title: Good\nsteps:\n  - { advance: 1m, name: later }\n  - received: []\n')
const failing = await fileOf('failing.json', JSON.stringify({ title: 'Failing', steps: [{ received: [{}] }] }))
const bad = await fileOf('bad.yaml', 'title: Bad\nsteps:\n  - { advanc: 1m }\n  - { advance: 5 }\n')

test('run prints a step a line, and ends with 0 where all passed', async () => {
  const { code, stdout, stderr } = await runCommand(['run', good, 'link-happy']).ended
  expect([code, stderr]).toEqual([0, ''])
  expect(stdout).toMatch(/good\.yaml: Good\n {2}ok {5}1 advance later \(\d+ ms\)\n {2}ok {5}2 received \(\d+ ms\)\n/)
  expect(stdout).toMatch(/\n {2}passed, 2 steps\nlink-happy: A payer links a wallet\n(.*\n)+ {2}passed, 5 steps\n$/)
})

test('run ends with 1 where an expectation failed, and runs the others all the same', async () => {
  const { code, stdout, stderr } = await runCommand(['run', failing, good]).ended
  expect([code, stderr]).toEqual([1, ''])
  expect(stdout).toContain('FAIL   1 received')
  expect(stdout).toContain('FAILED: step 1 (received): expected 1 notifications, found none\n')
  expect(stdout).toContain('passed, 2 steps')
})

test('run --json prints a result a line', async () => {
  const { code, stdout } = await runCommand(['run', '--json', good, failing]).ended
  expect(code).toBe(1)
  const results = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(results).toMatchObject([
    { scenario: good, passed: true, steps: [{ step: 1, verb: 'advance' }, {}] },
    { scenario: failing, passed: false, failure: expect.stringContaining('step 1') },
  ])
})

test('run --url has an emulator run it that is there already, with its token', async () => {
  const run = (...args: string[]) => runCommand(['run', '--url', emulator.url, good, ...args])
  expect(await run('--admin-token', 'sesame').ended).toMatchObject({ code: 0, stderr: '' })
  const byVariable = runCommand(['run', '--url', emulator.url, good], { MIDTRANS_EMULATOR_ADMIN_TOKEN: 'sesame' })
  expect(await byVariable.ended).toMatchObject({ code: 0 })
  const { code, stderr } = await run().ended
  expect(code).toBe(2)
  expect(stderr).toMatch(/^midtrans-emulator: .*good\.yaml cannot be run at http.*: Found no token.*\n$/)
})

test.concurrent.each([
  [[bad], /bad\.yaml: line 3: steps\.0\.advanc: .*did you mean advance\?; line 4: steps\.1\.advance: found 5/],
  [[good, 'no-such-story'], /no-such-story: there is no such file/],
  [[], /found no scenario, expected a name or a file/],
  [['--flow', 'app', good], /--flow/],
  [
    ['--url', 'http://127.0.0.1:9999/', good],
    /good\.yaml cannot be run at http:\/\/127\.0\.0\.1:9999\/: .*ECONNREFUSED/,
  ],
])('run %j ends with 2 and one line, before anything is run', async (args, message) => {
  const { code, stdout, stderr } = await runCommand(['run', ...args]).ended
  expect([code, stdout]).toEqual([2, ''])
  expect(stderr).toMatch(message)
  expect(stderr).toMatch(/^midtrans-emulator: [^\n]+\n$/)
})

test('validate says what is wrong in which line of which file, and ends with 0 or 2', async () => {
  expect(await runCommand(['validate', good, 'link-happy']).ended).toEqual({
    code: 0,
    stdout: `${good}: ok\nlink-happy: ok\n`,
    stderr: '',
  })
  const missing = join(folder, 'missing.yaml')
  const { code, stdout } = await runCommand(['validate', bad, good, missing]).ended
  expect(code).toBe(2)
  expect(stdout.split('\n')).toEqual([
    expect.stringMatching(/bad\.yaml: line 3: steps\.0\.advanc: found the unknown key advanc/),
    expect.stringMatching(/bad\.yaml: line 4: steps\.1\.advance: found 5, expected a text such as 15m/),
    `${good}: ok`,
    `${missing}: scenario ${missing}: there is no such file`,
    '',
  ])
})
