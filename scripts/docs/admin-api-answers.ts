import { send } from '../../src/client/http.ts'
import type { Answers, KeptAnswer } from '../../src/control/api-docs/answers.ts'
import type { OpenApi, Operation } from '../../src/control/api-docs/openapi.ts'
import { startEmulator, type TestEmulator } from '../../src/testkit/index.ts'
import { filledIn, prepare } from './prepared.ts'
import { began, serverKey, stable } from './stable.ts'

/** Longer answers are shown without their ends. */
const mostShown = 2
const longest = 6_000

/** What the admin API answers to the example of each of its calls, each in a sandbox of its own that is prepared for it. */
export async function adminApiAnswers(): Promise<Answers> {
  await using emulator = await startEmulator()
  const { paths } = (await send({ url: emulator.url }, 'GET', '/__admin/openapi.json')).body as OpenApi
  const answers: Record<string, readonly KeptAnswer[]> = {}
  for (const [path, methods] of Object.entries(paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      if (!isShown(path, operation)) continue
      const answer = await answerTo(emulator, method.toUpperCase(), path, operation)
      if (answer) answers[`${method.toUpperCase()} ${path}`] = [answer]
    }
  }
  return answers
}

/** Not what would show these very answers, and not what is no JSON. */
const isShown = (path: string, { tags, responses }: Operation) =>
  !tags.includes('docs') && path !== '/__admin' && JSON.stringify(responses).includes('application/json')

async function answerTo(emulator: TestEmulator, method: string, path: string, operation: Operation) {
  const known = await prepare(emulator, serverKey)
  const body = Object.values(operation.requestBody?.content['application/json']?.examples ?? {})[0]?.value
  const filledPath = path.replace(/\{(\w+)\}/g, (_, name) => String(exampleOf(operation, name)))
  const { status, body: answer } = await send({ url: emulator.url, serverKey }, method, filledIn(filledPath, known), {
    ...(body !== undefined && { body: filledIn(JSON.stringify(body), known) }),
  })
  await forgetAll(emulator)
  if (status >= 300) throw new Error(`${method} ${path} answers ${status}: ${JSON.stringify(answer)}`)
  const shown = shortened(stable(JSON.stringify(answer), path))
  return JSON.stringify(shown).length > longest ? undefined : { of: operation.summary, http: status, body: shown }
}

const exampleOf = ({ parameters = [] }: Operation, name: string) =>
  parameters.find((each) => each.in === 'path' && each.name === name)?.example

async function forgetAll({ url }: TestEmulator): Promise<void> {
  const { body } = await send({ url }, 'GET', '/__admin/sandboxes')
  for (const { sandbox } of body as readonly { sandbox: string }[]) {
    await send({ url }, 'DELETE', `/__admin/sandboxes/${sandbox}`)
  }
}

/** What real time has put into an answer. */
const realTimes: Readonly<Record<string, unknown>> = {
  real_at: new Date(began).toISOString(),
  realAt: Date.parse(began),
  date: new Date(began).toUTCString(),
}

/** What differs from run to run by its name, and lists without their ends. */
function shortened(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, mostShown).map(shortened)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => {
      const isMeasured = /_ms$|Ms$/.test(name) || Object.hasOwn(realTimes, name)
      return [name, isMeasured ? (realTimes[name] ?? 1) : shortened(each)]
    }),
  )
}
