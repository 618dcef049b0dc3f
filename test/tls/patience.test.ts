import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { connect as connectTls } from 'node:tls'
import { afterEach, expect, test } from 'vitest'
import { newAuthority, serverCertificate } from '../../src/tls/authority.ts'
import { openFrontDoor } from '../../src/tls/front-door.ts'

const authority = await newAuthority(Date.now())
const certified = await serverCertificate(authority, Date.now())

let server: Server
let endConnections: () => void
let port: number
const open = async (waitMs: number) => {
  server = createServer((_request, response) => response.end('here'))
  endConnections = openFrontDoor(server, certified, waitMs)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  port = (server.address() as AddressInfo).port
}
afterEach(() => {
  endConnections()
  server.close()
})

async function opened(): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => {})
  await once(socket, 'connect')
  return socket
}

const connectionsOf = () => new Promise<number>((resolve) => server.getConnections((_error, count) => resolve(count)))

test.each([
  ['nothing', ''],
  ['half a hello', '\x16\x03\x01\x02'],
])('whoever says %s is not waited for', async (_what, said) => {
  await open(50)
  const socket = await opened()
  socket.write(said, 'latin1')
  await once(socket.resume(), 'close')
  expect(await connectionsOf()).toBe(0)
})

test('whoever opens a tunnel and says nothing in it is not waited for either', async () => {
  await open(50)
  const socket = await opened()
  socket.write('CONNECT api.sandbox.midtrans.com:443 HTTP/1.1\r\nHost: x\r\n\r\n')
  expect(await text(socket)).toMatch(/^HTTP\/1.1 200 /)
})

test('whoever has spoken may be silent for longer', async () => {
  await open(50)
  const socket = await opened()
  const ask = 'GET / HTTP/1.1\r\nHost: x\r\n'
  socket.write(ask)
  // A second connection that is given up meanwhile shows that the time is over.
  await once((await opened()).resume(), 'close')
  socket.write('Connection: close\r\n\r\n')
  expect(await text(socket)).toMatch(/^HTTP\/1.1 200 /)
})

test('a proxy that is asked by HTTPS opens its tunnels as well', async () => {
  await open(10_000)
  const outer = connectTls({ host: '127.0.0.1', port, servername: 'localhost', ca: authority.certificate })
  await once(outer, 'secureConnect')
  outer.write('CONNECT api.sandbox.midtrans.com:443 HTTP/1.1\r\nHost: x\r\n\r\n')
  await once(outer, 'data')
  const inner = connectTls({ socket: outer, servername: 'api.sandbox.midtrans.com', ca: authority.certificate })
  await once(inner, 'secureConnect')
  inner.write('GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')
  expect(await text(inner)).toMatch(/^HTTP\/1.1 200 .*here$/s)
})

test('once its connections were ended, nobody who comes in keeps it from closing', async () => {
  await open(60_000)
  const early = await opened()
  endConnections()
  const late = await opened()
  const closed = new Promise((resolve) => server.close(resolve))
  await Promise.all([once(early.resume(), 'close'), once(late.resume(), 'close'), closed])
  expect(await connectionsOf()).toBe(0)
})

test('of a thousand connections that were left, with half a hello or a whole one, none is kept', async () => {
  await open(10_000)
  const leave = [
    async () => (await opened()).destroy(),
    async () => (await opened()).end('\x16\x03\x01', 'latin1').resume(),
    async () => {
      const socket = connectTls({ host: '127.0.0.1', port, servername: 'localhost', ca: authority.certificate })
      await once(socket, 'secureConnect')
      socket.destroy()
    },
  ]
  for (let round = 0; round < 20; round++) {
    await Promise.all(Array.from({ length: 50 }, (_, index) => leave[index % leave.length]?.()))
  }
  await expect.poll(connectionsOf).toBe(0)
})
