import { send } from '../../src/client/http.ts'
import { answerFiles } from '../../src/control/api-docs/answers.ts'
import { startEmulator } from '../../src/testkit/index.ts'
import { adminApiPage } from './admin-api.ts'
import { adminApiAnswers } from './admin-api-answers.ts'
import { coreApiPage } from './core-api.ts'
import { coreApiAnswers } from './core-api-answers.ts'

const json = (value: unknown) => `${JSON.stringify(value, undefined, 2)}\n`

/** The collection as it is for an emulator at its usual place. */
async function collection(): Promise<string> {
  await using emulator = await startEmulator()
  const { body } = await send({ url: emulator.url }, 'GET', '/__admin/postman.json')
  return json(body).replaceAll(emulator.url, 'http://localhost:8765')
}

/** File -> what stands in it. The answers come first: all that follows is made of them. */
export const apiFiles: Readonly<Record<string, () => Promise<string>>> = {
  [answerFiles.coreApi]: async () => json(await coreApiAnswers()),
  [answerFiles.admin]: async () => json(await adminApiAnswers()),
  'docs/core-api.md': coreApiPage,
  'docs/admin-api.md': adminApiPage,
  'docs/midtrans-emulator.postman_collection.json': collection,
}
