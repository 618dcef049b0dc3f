import { readFile } from 'node:fs/promises'
import { send } from '../../src/client/http.ts'
import type { OpenApi } from '../../src/control/api-docs/openapi.ts'
import { startEmulator } from '../../src/testkit/index.ts'
import { prepare } from './prepared.ts'
import { type Call, referencePage } from './reference.ts'
import type { Place } from './shell.ts'

/** What stands before all chapters, with the shell functions of the examples. */
const readHead = () => readFile(new URL('admin-api-head.md', import.meta.url), 'utf8')

/** docs/admin-api.md. */
export async function adminApiPage(): Promise<string> {
  await using emulator = await startEmulator()
  const { body } = await send({ url: emulator.url }, 'GET', '/__admin/openapi.json')
  let count = 0
  const place: Place = {
    async begin() {
      const serverKey = `SB-Mid-server-reference-${++count}`
      return { target: { url: emulator.url, serverKey }, known: await prepare(emulator, serverKey) }
    },
    isRefusedAlways: () => false,
  }
  return await referencePage(body as OpenApi, { head: await readHead(), columns: '| call | |\n|---|---|', row, place })
}

function row({ method, path, operation }: Call): string {
  const { parameters = [], summary } = operation
  const query = parameters.filter(({ in: place, name }) => place === 'query' && name !== 'sandbox')
  const told = query.map(({ name, description }) => ` \`?${name}=\` ${description}`)
  return `| \`${method} ${path}\` | ${summary}.${told.join('')} |`
}
