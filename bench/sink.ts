/** A merchant that takes every notification at once: what both sides of the notification benchmark send to. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

const server = createServer((request, response) => {
  request.resume().on('end', () => response.end())
})
server.listen(0, '127.0.0.1', () => console.log(`sink: ${(server.address() as AddressInfo).port}`))
process.on('SIGTERM', () => process.exit(0))
