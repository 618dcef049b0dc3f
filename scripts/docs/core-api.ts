import { readFile } from 'node:fs/promises'
import { send } from '../../src/client/http.ts'
import type { OpenApi } from '../../src/control/api-docs/openapi.ts'
import { startEmulator } from '../../src/testkit/index.ts'
import { linked } from './prepared.ts'
import { type Call, referencePage } from './reference.ts'
import type { Place } from './shell.ts'

/** What stands before all chapters, with the shell functions of the examples. */
const readHead = () => readFile(new URL('core-api-head.md', import.meta.url), 'utf8')

/** docs/core-api.md. */
export async function coreApiPage(): Promise<string> {
  await using emulator = await startEmulator()
  const { url } = emulator
  const { body } = await send({ url }, 'GET', '/__admin/core-api.openapi.json')
  let count = 0
  const place: Place = {
    async begin() {
      const target = { url, serverKey: `SB-Mid-server-reference-${++count}` }
      return { target, known: await linked(target) }
    },
    // GoPay has no payments under review, and no B2B ones; and customers link a wallet on the Snap page.
    isRefusedAlways: ({ path }) => /(?:approve|deny|b2b|\{user_id\}\/gopay)$/.test(path),
  }
  return await referencePage(body as OpenApi, {
    head: await readHead(),
    columns: '| call | | headers |\n|---|---|---|',
    row,
    place,
  })
}

function row({ method, path, operation }: Call): string {
  const headers = (operation.parameters ?? []).filter(({ in: place }) => place === 'header')
  return `| \`${method} ${path}\` | ${operation.summary}. | ${headers.map(({ name }) => `\`${name}\``).join(' ')} |`
}
