import { send } from '../../src/client/http.ts'
import type { OpenApi } from '../../src/control/api-docs/openapi.ts'
import { startEmulator } from '../../src/testkit/index.ts'
import { type Call, referencePage } from './reference.ts'

const head = `# Core API

What is emulated of Midtrans's Core API, made from the schemas that check it; answers and codes stand in the table of
the [README](../README.md). With all answers, to read and to try: <http://localhost:8765/dashboard/api>; for tools:
\`GET /__admin/core-api.openapi.json\`.

The server key is the user name of HTTP Basic, without password. \`{id}\` is an order_id or a transaction_id. Words in
capitals are told by an earlier answer. Fields that are named nowhere are accepted, and not looked at.

\`\`\`sh
URL=http://localhost:8765
KEY=SB-Mid-server-reference
\`\`\`
`

/** docs/core-api.md. */
export async function coreApiPage(): Promise<string> {
  await using emulator = await startEmulator()
  const { body } = await send({ url: emulator.url }, 'GET', '/__admin/core-api.openapi.json')
  return referencePage(body as OpenApi, { head, columns: '| call | | headers |\n|---|---|---|', row })
}

function row({ method, path, operation }: Call): string {
  const headers = (operation.parameters ?? []).filter(({ in: place }) => place === 'header')
  return `| \`${method} ${path}\` | ${operation.summary}. | ${headers.map(({ name }) => `\`${name}\``).join(' ')} |`
}
