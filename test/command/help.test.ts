import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { verbs } from '../../src/command/verbs.ts'
import { runCommand } from '../journeys/command.ts'

const names = Object.keys(verbs)

test('the help lists every verb, and --version tells the version', async () => {
  const { code, stdout } = await runCommand(['--help']).ended
  expect(code).toBe(0)
  for (const name of names) expect(stdout).toMatch(new RegExp(`^  ${name} `, 'm'))
  expect((await runCommand(['--version']).ended).stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
})

test.each(names)('%s --help says how it is used, and does nothing', async (name) => {
  const { code, stdout, stderr } = await runCommand([name, '--help']).ended
  expect([code, stderr]).toEqual([0, ''])
  expect(stdout).toMatch(new RegExp(`^midtrans-emulator ${name}\\b`))
  expect(stdout).toMatch(/For example:\n {2}\S.*\n/)
  expect(stdout).toMatch(/Exit codes: .*\b2\b/)
})

test('help VERB is the same as VERB --help', async () => {
  expect(await runCommand(['help', 'expect']).ended).toEqual(await runCommand(['expect', '-h']).ended)
  expect(await runCommand(['help', 'expct']).ended).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('did you mean expect?'),
  })
})

test('a mistyped verb or flag is told, with what may have been meant', async () => {
  expect(await runCommand(['notification']).ended).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('did you mean notifications?'),
  })
  expect(await runCommand(['reset', '--sandbx', 'x']).ended).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('did you mean --sandbox?'),
  })
})

/** What bash offers after this line. */
function completed(line: string): string[] {
  const script = spawnSync(process.execPath, ['src/cli.ts', 'completion', 'bash'], { encoding: 'utf8' }).stdout
  const words = line.split(' ')
  const asked = `${script}\nCOMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')})
COMP_CWORD=${words.length - 1}\n_midtrans_emulator\nprintf '%s\\n' "\${COMPREPLY[@]}"`
  return spawnSync('bash', ['--norc', '-c', asked], { encoding: 'utf8' }).stdout.trim().split('\n')
}

test.each([
  ['midtrans-emulator snap', ['snapshot']],
  ['midtrans-emulator snapshot re', ['restore']],
  ['midtrans-emulator snapshot restore re', ['']],
  ['midtrans-emulator simulate top', ['top-up']],
  ['midtrans-emulator trigger account.e', ['account.enabled']],
  ['midtrans-emulator run link-h', ['link-happy']],
  ['midtrans-emulator help comp', ['completion']],
  ['midtrans-emulator validate ', ['']],
  ['midtrans-emulator --payment-n', ['--payment-notification-url']],
  ['midtrans-emulator expect --w', ['--within']],
  ['midtrans-emulator start --payment-n', ['--payment-notification-url']],
])('bash completes %j', (line, offered) => {
  expect(completed(line)).toEqual(offered)
})

test('zsh and fish get scripts of their own, other shells a word', async () => {
  const { stdout } = await runCommand(['completion', 'fish']).ended
  expect(stdout).toContain("complete -c midtrans-emulator -n '__fish_use_subcommand' -f -a snapshot -d")
  expect(stdout).toContain("-n '__fish_seen_subcommand_from logs' -l follow -s f -d")
  expect(stdout.split('\n').filter((line) => (line.replaceAll("\\'", '').match(/'/g) ?? []).length % 2 > 0)).toEqual([])
  expect((await runCommand(['completion', 'zsh']).ended).stdout).toMatch(/^autoload/)
  expect(await runCommand(['completion', 'cmd']).ended).toMatchObject({ code: 2 })
})
