import { expect, test } from 'vitest'
import { runCommand } from '../journeys/command.ts'
import { openProject } from './folder.ts'

const own = (stderr: string) => stderr.split('\n').filter((line) => line !== '')

test('a variable that the emulator does not know is warned of, and the start goes on', async () => {
  await using project = await openProject()
  const env = { MIDTRANS_EMULATOR_SERVER_KEY: 'SB-Mid-server-x', MIDTRANS_EMULATOR_COLOUR: 'red' }
  await using command = runCommand(['--port=0'], env, project.folder)
  await command.ready
  const { stderr } = await command.end('SIGTERM')
  expect(own(stderr)).toEqual([
    'midtrans-emulator: found the unknown variable MIDTRANS_EMULATOR_SERVER_KEY, did you mean MIDTRANS_EMULATOR_SERVER_KEYS?',
    'midtrans-emulator: found the unknown variable MIDTRANS_EMULATOR_COLOUR',
  ])
})

test('a start that fails tells of it as well', async () => {
  await using project = await openProject()
  const env = { MIDTRANS_EMULATOR_SERVER_KEY: 'SB-Mid-server-x', MIDTRANS_EMULATOR_KEYS: 'listed' }
  for (const args of [[], ['config'], ['exec', '--', 'true']]) {
    const { code, stderr } = await project.run(args, env)
    expect(code).toBe(2)
    expect(own(stderr)).toEqual([
      expect.stringContaining('did you mean MIDTRANS_EMULATOR_SERVER_KEYS?'),
      expect.stringContaining('--keys listed: found no --server-keys'),
    ])
  }
})

test('variables of clients, and those that Kubernetes sets for a service of this name, are left alone', async () => {
  await using project = await openProject()
  const { code, stdout, stderr } = await project.run(['config', '--json'], {
    MIDTRANS_EMULATOR_URL: 'http://localhost:1',
    MIDTRANS_EMULATOR_SANDBOX: 'G1',
    MIDTRANS_EMULATOR_BROWSER: 'none',
    MIDTRANS_EMULATOR_PORT: 'tcp://10.0.0.7:8765',
    MIDTRANS_EMULATOR_PORT_8765_TCP: 'tcp://10.0.0.7:8765',
    MIDTRANS_EMULATOR_PORT_8765_TCP_ADDR: '10.0.0.7',
    MIDTRANS_EMULATOR_SERVICE_HOST: '10.0.0.7',
    MIDTRANS_EMULATOR_SERVICE_PORT_HTTP: '8765',
  })
  expect([code, stderr]).toEqual([0, ''])
  expect(JSON.parse(stdout).port).toEqual({ value: 8765, from: 'default' })
})

test('an emulator starts with what its file says, and healthcheck asks it at the port that stands there', async () => {
  await using free = await openProject()
  await using first = runCommand(['--port=0'], {}, free.folder)
  const { port } = new URL(await first.ready)
  await first.end('SIGTERM')
  await using project = await openProject({
    'midtrans-emulator.yaml': `port: ${port}\nmerchant_name: Toko Kopi\nserver_keys: [SB-Mid-server-file]\n`,
  })
  await using command = runCommand([], {}, project.folder)
  const url = await command.ready
  expect(new URL(url).port).toBe(port)
  expect(await (await fetch(`${url}/__admin/settings`)).json()).toMatchObject({ merchant_name: 'Toko Kopi' })
  expect(await project.run(['healthcheck'])).toEqual({ code: 0, stdout: '', stderr: '' })
  const inline = { MIDTRANS_EMULATOR_CONFIG: `port: ${port}` }
  expect(await free.run(['healthcheck'], inline)).toMatchObject({ code: 0 })
})
