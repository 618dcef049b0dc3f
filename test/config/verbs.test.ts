import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openProject } from './folder.ts'

test('config says in a line what holds for each setting and where it comes from, without secrets', async () => {
  await using project = await openProject({
    'midtrans-emulator.yaml': [
      'server_keys: [SB-Mid-server-do-not-tell-this]',
      'admin_token: neither-tell-that',
      'payment_notification_url: http://me:hidden@shop.example/',
      'quirks: { expire_text: has-expired }',
    ].join('\n'),
  })
  const { code, stdout, stderr } = await project.run(['config', '--flow', 'app'], { PORT: '81' })
  expect([code, stderr]).toEqual([0, ''])
  const lines = stdout.split('\n').map((line) => line.split(/ {2,}/))
  expect(lines).toContainEqual(['flow', 'app', 'flag --flow'])
  expect(lines).toContainEqual(['port', '81', 'variable PORT'])
  expect(lines).toContainEqual(['data', 'default'])
  expect(lines).toContainEqual(['server_keys', 'SB-Mid-server-...this', 'file midtrans-emulator.yaml'])
  expect(lines).toContainEqual(['payment_notification_url', 'http://shop.example/', 'file midtrans-emulator.yaml'])
  expect(lines).toContainEqual(['quirks', 'expire_text=has-expired', 'file midtrans-emulator.yaml'])
  const json = JSON.stringify(await project.settings())
  for (const secret of ['do-not-tell', 'neither-tell', 'hidden']) {
    expect(stdout).not.toContain(secret)
    expect(json).not.toContain(secret)
  }
})

test('config ends with 2 and all faults, in JSON as well', async () => {
  await using project = await openProject({ 'midtrans-emulator.yaml': 'prot: 1\nflow: up\n' })
  const faults = [
    'midtrans-emulator.yaml: line 1: prot: found an unknown key, did you mean port?',
    'midtrans-emulator.yaml: line 2: flow: found "up", expected web, app',
  ]
  const { code, stdout, stderr } = await project.run(['config'])
  expect([code, stdout]).toEqual([2, ''])
  for (const fault of faults) expect(stderr).toContain(fault)
  const json = await project.run(['config', '--json'])
  expect(json).toMatchObject({ code: 2, stderr: '' })
  expect(JSON.parse(json.stdout)).toEqual({ faults })
})

test('what init writes passes config, validate and run, and names the schemas to editors', async () => {
  await using project = await openProject()
  const { code, stdout } = await project.run(['init'])
  expect(code).toBe(0)
  for (const next of ['midtrans-emulator config', 'midtrans-emulator run example-scenario.yaml']) {
    expect(stdout).toContain(next)
  }
  const settings = await project.settings()
  expect(settings.payment_notification_url).toEqual({
    value: 'http://localhost:3000/midtrans/notification',
    from: 'file midtrans-emulator.yaml',
  })
  expect(Object.values(settings).filter(({ from }) => from !== 'default')).toHaveLength(3)
  expect(await project.run(['validate', 'example-scenario.yaml'])).toMatchObject({ code: 0 })
  expect(await project.run(['run', 'example-scenario.yaml'])).toMatchObject({ code: 0 })
  for (const [file, schema] of [
    ['midtrans-emulator.yaml', 'config'],
    ['example-scenario.yaml', 'scenario'],
  ] as const) {
    const text = await readFile(join(project.folder, file), 'utf8')
    const expected = `# yaml-language-server: $schema=./node_modules/midtrans-emulator/fixtures/${schema}.schema.json\n`
    expect(text.slice(0, expected.length)).toBe(expected)
  }
})

test('each comment of what init writes can be taken away, and then says the default', async () => {
  await using project = await openProject()
  await project.run(['init', 'shop'])
  const file = join(project.folder, 'shop/midtrans-emulator.yaml')
  const text = await readFile(file, 'utf8')
  await writeFile(file, text.replaceAll(/^#(?! \S)/gm, ''))
  const usual = Object.entries(await project.settings())
  const found = await project.settings(['--config', 'shop/midtrans-emulator.yaml'])
  const set = ['server_keys', 'payment_notification_url', 'pay_account_notification_url']
  for (const [key, { value }] of usual) if (!set.includes(key)) expect([key, found[key]?.value]).toEqual([key, value])
  // A key without a value sets nothing: those that have no default.
  expect(usual.filter(([key]) => found[key]?.from === 'default').every(([, { value }]) => value === null)).toBe(true)
})

test.each(['midtrans-emulator.yaml', 'midtrans-emulator.yml', 'midtrans-emulator.json', 'example-scenario.yaml'])(
  'init writes nothing where there is a %s',
  async (name) => {
    await using project = await openProject({ [name]: 'mine' })
    const { code, stdout, stderr } = await project.run(['init'])
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(new RegExp(`^midtrans-emulator: ${name}: there already, nothing was written[^\\n]*\\n$`))
    expect(await readdir(project.folder)).toEqual([name])
    expect(await readFile(join(project.folder, name), 'utf8')).toBe('mine')
  },
)

test('init writes into a folder that it makes, says so in JSON, and says where it cannot', async () => {
  await using project = await openProject({ file: '' })
  const { stdout } = await project.run(['init', 'new/shop', '--json'])
  expect(JSON.parse(stdout)).toEqual({
    written: [join('new', 'shop', 'midtrans-emulator.yaml'), join('new', 'shop', 'example-scenario.yaml')],
  })
  const failed = await project.run(['init', 'file'])
  expect(failed).toMatchObject({ code: 2, stdout: '' })
  expect(failed.stderr).toMatch(/^midtrans-emulator: cannot write file \(E\w+\); choose another folder\n$/)
  expect(await project.run(['init', 'one', 'two'])).toMatchObject({ code: 2 })
})
