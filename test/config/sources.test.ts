import { join } from 'node:path'
import { expect, test } from 'vitest'
import { keyOf, type Name, names } from '../../src/config/settings.ts'
import { variableOf } from '../../src/config/variables.ts'
import { defaultQuirks } from '../../src/midtrans/quirks.ts'
import { openProject, type Settings } from './folder.ts'

/** One value of each setting that is not its default, as a file says it. A new setting gets a line. */
const samples: Readonly<Record<Name, unknown>> = {
  port: 9000,
  host: '0.0.0.0',
  tls: 'on',
  data: '/tmp/kept',
  keys: 'any',
  'server-keys': ['SB-Mid-server-first-key', 'SB-Mid-server-other-key'],
  import: '/tmp/in.json',
  'export-on-exit': '/tmp/out.json',
  scenario: 'link-happy',
  scenarios: '/tmp/stories',
  payers: '/tmp/payers.yaml',
  'payer-mode': 'headless',
  admin: 'off',
  'admin-hosts': ['ci.example', 'lan.example:80'],
  'admin-token': 'open-sesame-please',
  'log-level': 'info',
  'merchant-id': 'G123',
  'merchant-name': 'Toko Kopi',
  'client-key': 'SB-Mid-client-all',
  'payment-notification-url': 'http://shop.example/paid',
  'recurring-notification-url': 'http://shop.example/again',
  'pay-account-notification-url': 'http://shop.example/linked',
  'finish-redirect-url': 'myapp://done',
  'error-redirect-url': 'myapp://failed',
  flow: 'app',
  'callback-hosts': ['shop.example'],
  locale: 'en-EN',
  'test-panel': 'off',
  'frame-ancestors': ['https://shop.example'],
  'public-url': 'https://pay.example',
  'notification-hosts': ['*.shop.example'],
  'denied-notification-hosts': ['evil.example'],
  'retry-shift': 'random',
  'emulator-headers': 'off',
  seed: 'seven',
  quirks: { expire_text: 'has-expired', status_text: 'found' },
}

const shown: Readonly<Partial<Record<Name, unknown>>> = {
  'server-keys': ['SB-Mid-server-...-key', 'SB-Mid-server-...-key'],
  'admin-token': '...ease',
  quirks: { ...defaultQuirks, expire_text: 'has-expired', status_text: 'found' },
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.join(',')
  if (typeof value !== 'object' || value === null) return String(value)
  return Object.entries(value)
    .map(([name, option]) => `${name}=${option}`)
    .join(', ')
}

const everyFrom = (from: (name: Name) => string): Settings =>
  Object.fromEntries(names.map((name) => [keyOf(name), { value: shown[name] ?? samples[name], from: from(name) }]))

test('every setting can be a flag', async () => {
  await using project = await openProject()
  const flags = names.map((name) => `--${name}=${textOf(samples[name])}`)
  expect(await project.settings(flags)).toEqual(everyFrom((name) => `flag --${name}`))
})

test('every setting can be a variable', async () => {
  await using project = await openProject()
  const env = Object.fromEntries(names.map((name) => [variableOf(name), textOf(samples[name])]))
  expect(await project.settings([], env)).toEqual(everyFrom((name) => `variable ${variableOf(name)}`))
  expect(env).toHaveProperty('MIDTRANS_EMULATOR_PAYMENT_NOTIFICATION_URL')
})

test('every setting can be a key of a file', async () => {
  const file = Object.fromEntries(names.map((name) => [keyOf(name), samples[name]]))
  await using project = await openProject({ 'midtrans-emulator.json': JSON.stringify(file) })
  expect(await project.settings()).toEqual(everyFrom(() => 'file midtrans-emulator.json'))
  expect(file).toHaveProperty('payment_notification_url')
})

test('a flag goes before a variable, that before a file, and that before the default', async () => {
  await using project = await openProject({
    'midtrans-emulator.yaml': 'flow: app\nseed: file\nmerchant_id: FILE\nlocale: en-EN\n',
  })
  const env = { MIDTRANS_EMULATOR_SEED: 'variable', MIDTRANS_EMULATOR_MERCHANT_ID: 'VARIABLE', PORT: '81' }
  expect(await project.settings(['--merchant-id=FLAG'], { ...env, MIDTRANS_EMULATOR_LOCALE: '' })).toMatchObject({
    merchant_id: { value: 'FLAG', from: 'flag --merchant-id' },
    seed: { value: 'variable', from: 'variable MIDTRANS_EMULATOR_SEED' },
    flow: { value: 'app', from: 'file midtrans-emulator.yaml' },
    locale: { value: 'en-EN', from: 'file midtrans-emulator.yaml' },
    port: { value: 81, from: 'variable PORT' },
    keys: { value: 'midtrans', from: 'default' },
  })
})

test.each([
  ['midtrans-emulator.yaml', 'flow: app'],
  ['midtrans-emulator.yml', 'flow: app'],
  ['midtrans-emulator.json', '{ "$schema": "https://example.com/schema.json", "flow": "app" }'],
])('%s is found in the working directory', async (name, text) => {
  await using project = await openProject({ [name]: text })
  expect((await project.settings()).flow).toEqual({ value: 'app', from: `file ${name}` })
})

test('--config goes before MIDTRANS_EMULATOR_CONFIG, and that before a file that lies around; one of them is read', async () => {
  await using project = await openProject({
    'midtrans-emulator.yaml': 'flow: app\nseed: around\n',
    'other/shop.yaml': 'seed: shop\n',
    'ci.yaml': 'seed: ci\n',
  })
  const usual = { flow: { value: 'web', from: 'default' } }
  const env = { MIDTRANS_EMULATOR_CONFIG: 'ci.yaml' }
  expect(await project.settings(['--config', 'other/shop.yaml'], env)).toMatchObject({
    ...usual,
    seed: { value: 'shop', from: 'file other/shop.yaml' },
  })
  expect(await project.settings([], env)).toMatchObject({ ...usual, seed: { value: 'ci', from: 'file ci.yaml' } })
})

test.each([
  ['YAML', 'flow: app\nserver_keys:\n  - SB-Mid-server-inline\n'],
  ['JSON', '{ "flow": "app", "server_keys": ["SB-Mid-server-inline"] }'],
])('MIDTRANS_EMULATOR_CONFIG may hold %s itself', async (_what, text) => {
  await using project = await openProject()
  expect(await project.settings([], { MIDTRANS_EMULATOR_CONFIG: text })).toMatchObject({
    flow: { value: 'app', from: 'variable MIDTRANS_EMULATOR_CONFIG' },
    server_keys: { from: 'variable MIDTRANS_EMULATOR_CONFIG' },
  })
})

test('paths in a file are meant from where it lies, names of scenarios are none', async () => {
  const paths = { data: 'kept', import: './in.json', export_on_exit: '../out.json', payers: 'payers.yaml' }
  const shop = { ...paths, scenarios: 'stories', scenario: './mine.yaml' }
  await using project = await openProject({
    'shop/settings.json': JSON.stringify(shop),
    'named.json': '{ "scenario": "link-happy" }',
  })
  const found = await project.settings(['--config=shop/settings.json'])
  const values = Object.fromEntries(Object.keys(shop).map((key) => [key, found[key]?.value]))
  const { folder } = project
  expect(values).toEqual({
    data: join(folder, 'shop/kept'),
    import: join(folder, 'shop/in.json'),
    export_on_exit: join(folder, 'out.json'),
    payers: join(folder, 'shop/payers.yaml'),
    scenarios: join(folder, 'shop/stories'),
    scenario: join(folder, 'shop/mine.yaml'),
  })
  expect((await project.settings(['--config=named.json'])).scenario?.value).toBe('link-happy')
})

test('a file of comments, and keys without values, set nothing; true and false are on and off', async () => {
  await using project = await openProject({
    'midtrans-emulator.yaml': '# flow: app\n',
    'shop.yaml': 'data:\nseed: ~\ntest_panel: false\ntls: true\nadmin: off\n',
  })
  const none = await project.settings()
  expect(Object.values(none).every(({ from }) => from === 'default')).toBe(true)
  expect(await project.settings(['--config=shop.yaml'])).toMatchObject({
    data: { value: null, from: 'default' },
    seed: { from: 'default' },
    test_panel: { value: 'off' },
    tls: { value: 'on' },
    admin: { value: 'off' },
  })
})

test('a switch that stands alone as a flag is on, wherever it stands', async () => {
  await using project = await openProject({ 'midtrans-emulator.yaml': 'test_panel: off\n' })
  for (const flags of [
    ['--tls', '--test-panel'],
    ['--test-panel', '--tls', '--seed', 'x'],
  ]) {
    expect(await project.settings(flags)).toMatchObject({ tls: { value: 'on' }, test_panel: { value: 'on' } })
  }
})
