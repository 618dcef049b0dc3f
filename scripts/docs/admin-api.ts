import { send } from '../../src/client/http.ts'
import type { OpenApi } from '../../src/control/api-docs/openapi.ts'
import { startEmulator } from '../../src/testkit/index.ts'
import { type Call, referencePage } from './reference.ts'

const head = `# Admin API

Every call, made from the schemas that check it. To read and to try: <http://localhost:8765/dashboard/api>; for tools:
\`GET /__admin/openapi.json\`, and [a collection](midtrans-emulator.postman_collection.json) for Postman and Bruno.
[control.md](control.md) tells what to do with them.

The sandbox is that of the server key (\`curl -u $KEY:\`), of \`?sandbox=MERCHANT_ID\`, or the only one. Started with
\`--admin-token\`, the emulator wants it as \`X-Emulator-Admin-Token\`. A body is JSON; a refusal is a problem (RFC 9457)
with a \`hint\`. Durations are \`90s\`, \`15m\`, \`6h\`, \`2d\` or \`PT5M\`. Words in capitals are told by an earlier answer.

\`\`\`sh
URL=http://localhost:8765
KEY=SB-Mid-server-reference
\`\`\`
`

/** docs/admin-api.md. */
export async function adminApiPage(): Promise<string> {
  await using emulator = await startEmulator()
  const { body } = await send({ url: emulator.url }, 'GET', '/__admin/openapi.json')
  return referencePage(body as OpenApi, { head, columns: '| call | |\n|---|---|', row })
}

function row({ method, path, operation }: Call): string {
  const { parameters = [], summary } = operation
  const query = parameters.filter(({ in: place, name }) => place === 'query' && name !== 'sandbox')
  const told = query.map(({ name, description }) => ` \`?${name}=\` ${description}`)
  return `| \`${method} ${path}\` | ${summary}.${told.join('')} |`
}
