import { once } from 'node:events'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import { afterAll, describe, expect, test } from 'vitest'
import { midtransHosts } from '../../src/midtrans/hosts.ts'
import { runCommand } from '../journeys/command.ts'
import { emulatorOfFile } from '../midtrans/merchant.ts'

const emulator = await emulatorOfFile({ tls: 'on' })
const folder = await mkdtemp(join(tmpdir(), 'emulator-tls-'))
afterAll(() => rm(folder, { recursive: true }))
const { port: portText } = new URL(emulator.url)
const port = Number(portText)
const ca = await (await fetch(`${emulator.url}/__admin/ca.pem`)).text()

/** One request over a connection that is there, as text. */
async function ask(socket: Socket, host: string, path = '/livez'): Promise<string> {
  socket.write(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)
  return text(socket)
}

async function opened(socket: Socket, event: string): Promise<Socket> {
  await once(socket, event)
  return socket
}

const secure = (options: object): Promise<Socket> =>
  opened(connectTls({ host: '127.0.0.1', port, ca, ...options }), 'secureConnect')

/** What a proxy answers to CONNECT, and the connection after it. */
function tunnelTo(target: string): Promise<{ status: number; socket: Socket; body: string }> {
  const asked = request({ host: '127.0.0.1', port, method: 'CONNECT', path: target })
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number; socket: Socket; body: string }>()
  asked.on('connect', (answer, socket, head) =>
    resolve({ status: answer.statusCode ?? 0, socket, body: head.toString() }),
  )
  asked.on('error', reject).end()
  return promise
}

describe('with --tls, one port', () => {
  test('speaks plain HTTP as before', async () => {
    expect(await (await fetch(`${emulator.url}/livez`)).json()).toEqual({ status: 'ok' })
  })

  test.each(midtransHosts)('speaks HTTPS as %s, trusted by whoever trusts the CA', async (servername) => {
    const socket = await secure({ servername })
    expect((socket as TLSSocket).authorized).toBe(true)
    expect(await ask(socket, servername)).toMatch(/^HTTP\/1.1 200 OK\r\n/)
  })

  test('answers as https, so that links begin with the name that the merchant asked', async () => {
    const socket = await secure({ servername: 'api.sandbox.midtrans.com' })
    expect(await ask(socket, 'api.sandbox.midtrans.com', '/')).toContain(
      '"core_api":"https://api.sandbox.midtrans.com/v2"',
    )
  })

  test.each(['api.midtrans.com', 'shop.example'])('is nobody that a client takes for %s', async (servername) => {
    await expect(secure({ servername })).rejects.toThrow(/altnames|does not match/)
  })

  test('is not trusted by whoever does not know the CA', async () => {
    await expect(secure({ servername: 'api.sandbox.midtrans.com', ca: undefined })).rejects.toThrow(/certificate/)
  })

  test.each([443, 80])('is a proxy to port %d of a Midtrans host, by itself', async (target) => {
    const { status, socket } = await tunnelTo(`api.sandbox.midtrans.com:${target}`)
    expect(status).toBe(200)
    const way =
      target === 443
        ? await opened(connectTls({ socket, servername: 'api.sandbox.midtrans.com', ca }), 'secureConnect')
        : socket
    expect(await ask(way, 'api.sandbox.midtrans.com')).toMatch(/^HTTP\/1.1 200 OK\r\n/)
  })

  test('takes a hello that comes together with CONNECT', async () => {
    const socket = await opened(connect(port, '127.0.0.1'), 'connect')
    socket.write('CONNECT app.sandbox.midtrans.com:80 HTTP/1.1\r\nHost: x\r\n\r\n')
    const answer = await ask(socket, 'app.sandbox.midtrans.com')
    expect(answer).toMatch(/^HTTP\/1.1 200 Connection established\r\n\r\nHTTP\/1.1 200 OK\r\n/)
  })

  test.each(['example.com:443', 'api.midtrans.com:443', '127.0.0.1:443', 'api.sandbox.midtrans.com:22'])(
    'refuses the way to %s, and says how to do without',
    async (target) => {
      const { status, socket, body } = await tunnelTo(target)
      expect(status).toBe(403)
      expect(body + (await text(socket))).toContain(`found ${target}`)
    },
  )

  test.each(['nonsense', ':443', 'a b:1', '[::1]:443'])('refuses CONNECT %s', async (target) => {
    const socket = await opened(connect(port, '127.0.0.1'), 'connect')
    socket.write(`CONNECT ${target} HTTP/1.1\r\nHost: x\r\n\r\n`)
    expect(await text(socket)).toMatch(/^HTTP\/1.1 400 /)
  })

  test('opens no tunnel in a tunnel', async () => {
    const { socket } = await tunnelTo('api.sandbox.midtrans.com:443')
    socket.write('CONNECT api.sandbox.midtrans.com:443 HTTP/1.1\r\nHost: x\r\n\r\n')
    expect(await text(socket)).toMatch(/^HTTP\/1.1 400 /)
  })

  test('goes on after rubbish, broken hellos and connections that say nothing', async () => {
    for (const bytes of [[0x16, 3, 1, 0xff, 0xff, 1, 2, 3], [0x16], [0], [0xff, 0xfe], []]) {
      const socket = await opened(connect(port, '127.0.0.1'), 'connect')
      socket.on('error', () => {})
      socket.end(Buffer.from(bytes))
      await once(socket.resume(), 'close')
    }
    expect((await fetch(`${emulator.url}/livez`)).status).toBe(200)
  })
})

test('the addresses of other hosts are refused, with or without --tls; those of Midtrans are answered', async () => {
  const get = (path: string) =>
    opened(connect(port, '127.0.0.1'), 'connect').then((socket) => {
      socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)
      return text(socket)
    })
  expect(await get('http://example.com/livez')).toMatch(/^HTTP\/1.1 403 .*NO_PROXY/s)
  expect(await get('https://api.sandbox.midtrans.com/livez')).toMatch(/^HTTP\/1.1 200 /)
})

test('without --tls there is no CA, and the answer says what to do', async () => {
  await using command = runCommand(['--port', '0'])
  const answer = await fetch(`${await command.ready}/__admin/ca.pem`)
  expect(answer.status).toBe(409)
  expect(await answer.json()).toMatchObject({ hint: expect.stringContaining('--tls') })
})

describe('a data folder', () => {
  const data = join(folder, 'data')
  const start = () => runCommand(['--port', '0', '--tls', '--data', data])
  const authorityOf = async (url: string) => (await fetch(`${url}/__admin/ca.pem`)).text()

  test('keeps the CA over restarts, its key for the owner alone, and ends in time with open tunnels', async () => {
    await using first = start()
    const before = await authorityOf(await first.ready)
    const { port: at } = new URL(await first.ready)
    const socket = connectTls({ host: '127.0.0.1', port: Number(at), servername: 'localhost', ca: before })
    await once(socket, 'secureConnect')
    socket.on('error', () => {})
    const silent = await opened(connect(Number(at), '127.0.0.1'), 'connect')
    silent.on('error', () => {})
    const tunnel = await opened(connect(Number(at), '127.0.0.1'), 'connect')
    tunnel.on('error', () => {})
    tunnel.write('CONNECT api.sandbox.midtrans.com:443 HTTP/1.1\r\nHost: x\r\n\r\n')
    await once(tunnel, 'data')
    const began = performance.now()
    expect(await first.end('SIGTERM')).toMatchObject({ code: 0 })
    expect(performance.now() - began).toBeLessThan(2_000)
    expect((await stat(join(data, 'ca-key.pem'))).mode & 0o777).toBe(0o600)
    await using second = start()
    expect(await authorityOf(await second.ready)).toBe(before)
    expect(await readFile(join(data, 'ca.pem'), 'utf8')).toBe(before)
  })

  test('with a damaged CA, or half of one, ends the start in one line', async () => {
    await writeFile(join(data, 'ca.pem'), 'rubbish')
    const { code, stderr } = await start().ended
    expect(code).toBe(2)
    expect(stderr).toMatch(/^midtrans-emulator: the CA in .* cannot be used: .*remove ca\.pem.*\n$/)
    await rm(join(data, 'ca.pem'))
    expect((await start().ended).stderr).toContain('ca.pem is missing')
  })
})
