/** The least that Node needs to answer a request: what our cold start is measured against. */
import { createServer } from 'node:http'

const server = createServer((_request, response) => response.end('{"status":"ok"}'))
server.listen(0, '127.0.0.1', () => console.log(`bare Node: ${server.address()?.port}`))
process.on('SIGTERM', () => process.exit(0))
