import { expect, test } from 'vitest'
import { openProject } from './folder.ts'

/** What the start says of a file of this text. */
async function faultsOf(text: string): Promise<string> {
  await using project = await openProject({ 'midtrans-emulator.yaml': text })
  const { code, stdout, stderr } = await project.run(['--port=0'])
  expect([code, stdout]).toEqual([2, ''])
  return stderr
}

test.concurrent.each([
  ['prot: 1', 'line 1: prot: found an unknown key, did you mean port?'],
  ['\nmerchant-name: x', 'line 2: merchant-name: found an unknown key, did you mean merchant_name?'],
  ['colour: red', 'line 1: colour: found an unknown key; `midtrans-emulator config` lists all'],
  ['__proto__: 1', 'line 1: __proto__: found an unknown key; `midtrans-emulator config` lists all'],
  ['"a\\nb": 1', 'line 1: "a\\nb": found an unknown key; `midtrans-emulator config` lists all'],
  ['port: "80"', 'line 1: port: found "80", expected a number from 0 to 65535'],
  ['port: 99999', 'line 1: port: found 99999, expected a number from 0 to 65535'],
  ['port: 0.5', 'line 1: port: found 0.5, expected a number from 0 to 65535'],
  ['flow: sideways', 'line 1: flow: found "sideways", expected web, app'],
  ['tls: 1', 'line 1: tls: found 1, expected on, off'],
  ['seed: 0042', 'line 1: seed: found 42, expected up to 100 letters, digits, -, _ and ., in quotes'],
  ['data: [x]', 'line 1: data: found ["x"], expected a folder'],
  ['callback_hosts: a.example', 'line 1: callback_hosts: found "a.example", expected a list such as [one, two]'],
  [
    'callback_hosts:\n  - a.example\n  - https://b.example',
    'line 3: callback_hosts.1: found "https://b.example", expected a host such as shop.example',
  ],
  ['quirks: expire_text=found', 'line 1: quirks: found "expire_text=found", expected a map of names'],
  ['quirks:\n  expire_txt: found', 'line 2: quirks.expire_txt: found an unknown name, did you mean expire_text?'],
  ['quirks: { expire_text: x }', 'line 1: quirks.expire_text: found "x", expected is-expired, has-expired'],
  [
    'quirks: { constructor: x }',
    'line 1: quirks.constructor: found an unknown name, expected one of unauthorized_text',
  ],
  ['- port: 1', 'found [{"port":1}], expected settings such as "port: 8765"'],
  ['port: 1\nport: 2', 'Map keys must be unique at line 2, column 1'],
  ['port: {', 'at line 1, column'],
  ['port: *nothing', 'nothing'],
  ['payment_notification_url: shop', 'line 1: payment_notification_url: found "shop", expected an address that begins'],
  ['keys: listed', '--keys listed: found no --server-keys'],
])('the file %j ends the start, and is told so', async (text, expected) => {
  const told = await faultsOf(text)
  expect(told).toContain(expected)
  expect(told).toMatch(/^midtrans-emulator: [^\n]+\n$/)
  if (!text.startsWith('keys')) expect(told).toContain('midtrans-emulator.yaml: ')
})

test('all that is wrong is told at once, each with where it stands', async () => {
  await using project = await openProject({ 'shop.yaml': 'prot: 1\nflow: sideways\nquirks: { expire_text: x }\n' })
  const flags = ['--config=shop.yaml', '--flwo', '--port=x', '--flow=web']
  const { code, stderr } = await project.run(flags, { MIDTRANS_EMULATOR_SEED: 'a b' })
  expect(code).toBe(2)
  expect(stderr.split('\n')).toEqual([
    'midtrans-emulator: found 6 faults in the settings',
    '  found the unknown flag --flwo, did you mean --flow?; --help lists all flags',
    '  shop.yaml: line 1: prot: found an unknown key, did you mean port?',
    '  --port: found "x", expected a number from 0 to 65535',
    '  shop.yaml: line 2: flow: found "sideways", expected web, app',
    '  MIDTRANS_EMULATOR_SEED: found "a b", expected up to 100 letters, digits, -, _ and .',
    '  shop.yaml: line 3: quirks.expire_text: found "x", expected is-expired, has-expired',
    '',
  ])
})

test('a great many faults are told in part', async () => {
  const told = await faultsOf(Array.from({ length: 500 }, (_, index) => `unknown_${index}: 1`).join('\n'))
  expect(told.split('\n')).toHaveLength(23)
  expect(told).toContain('and 480 more')
})

test('no fault tells a server key or a token', async () => {
  const key = 'SB-Mid-server-do-not-tell-this'
  const told = await faultsOf(`server_keys: ${key}\nadmin_token: 123456789\n${key}: 1\nlocale: ${key}\n`)
  expect(told).not.toContain('do-not-tell')
  expect(told).not.toContain('123456789')
  expect(told).toContain('server_keys: found something else, expected a list')
})

test('what another source goes before may be wrong in the environment, and not in a file', async () => {
  await using project = await openProject({ 'bad.yaml': 'flow: sideways\n' })
  expect(await project.settings(['--flow=web'], { MIDTRANS_EMULATOR_FLOW: 'sideways' })).toMatchObject({
    flow: { value: 'web' },
  })
  expect(await project.run(['config', '--flow=web', '--config=bad.yaml'])).toMatchObject({ code: 2 })
})

test.concurrent.each([
  [
    { 'midtrans-emulator.yaml': '', 'midtrans-emulator.json': '{}' },
    [],
    {},
    'found midtrans-emulator.yaml and midtrans-',
  ],
  [{ 'midtrans-emulator.yml/x': '' }, [], {}, 'midtrans-emulator.yml: found a folder, expected a file of YAML or JSON'],
  [{}, ['--config=none.yaml'], {}, '--config none.yaml: there is no such file'],
  [{}, ['--config='], {}, '--config: found nothing, expected a value'],
  [{}, ['--config'], {}, '--config: found nothing, expected a value'],
  [{ 'big.yaml': `# ${'x'.repeat(1_048_576)}` }, ['--config=big.yaml'], {}, 'big.yaml: found more than 1048576 bytes'],
  [{}, [], { MIDTRANS_EMULATOR_CONFIG: 'none.yaml' }, 'MIDTRANS_EMULATOR_CONFIG none.yaml: there is no such file'],
  [{}, [], { MIDTRANS_EMULATOR_CONFIG: '{ flow: app' }, 'MIDTRANS_EMULATOR_CONFIG: Flow map must end with a }'],
  [{}, [], { MIDTRANS_EMULATOR_CONFIG: '{ flow: up }' }, 'MIDTRANS_EMULATOR_CONFIG: line 1: flow: found "up"'],
  [{}, [], { MIDTRANS_EMULATOR_CONFIG: '3' }, 'MIDTRANS_EMULATOR_CONFIG: found 3, expected settings such as'],
  [{}, ['--quirks', 'expire_txt=x'], {}, '--quirks: expire_txt: found an unknown name, did you mean expire_text?'],
  [{}, ['--callback-hosts', 'a.example,b c'], {}, '--callback-hosts: found "b c", expected a host such as'],
  [{}, ['--seed'], {}, '--seed: found nothing, expected a value'],
])('files %j, flags %j and variables %j end the start in one line', async (files, flags, env, expected) => {
  await using project = await openProject(files)
  const { code, stdout, stderr } = await project.run(['--port=0', ...flags], env)
  expect([code, stdout]).toEqual([2, ''])
  expect(stderr).toContain(expected)
  expect(stderr).toMatch(/^midtrans-emulator: [^\n]+\n$/)
})
