import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

export interface Asked {
  readonly what: string
  readonly body: unknown
}

/** Something that a run can take for an emulator: it writes down what it is asked, and answers as it is told. */
export async function openStandIn(answer: (what: string) => object | 'broken' | 'silent' = () => ({})) {
  const asked: Asked[] = []
  const server = createServer(async (request, response) => {
    const body = await text(request)
    const what = `${request.method} ${request.url}`
    asked.push({ what, body: body === '' ? undefined : JSON.parse(body) })
    const answered = answer(what)
    if (answered === 'broken') return void request.socket.destroy()
    if (answered !== 'silent') response.setHeader('content-type', 'application/json').end(JSON.stringify(answered))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
