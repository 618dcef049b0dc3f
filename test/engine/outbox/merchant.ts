import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Merchant extends AsyncDisposable {
  /** Without a slash at its end. */
  readonly url: string
  close(): Promise<void>
}

/** A server of this machine that answers as told, down to the socket: what the kit's inbox is too polite for. */
export async function openMerchant(answer: RequestListener): Promise<Merchant> {
  const server = createServer(answer).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const close = async () => {
    server.closeAllConnections()
    if (server.listening) await new Promise((resolve) => server.close(resolve))
  }
  return { url: `http://127.0.0.1:${port}`, close, [Symbol.asyncDispose]: close }
}
