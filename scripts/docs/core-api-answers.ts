import type { Answers } from '../../src/control/api-docs/answers.ts'
import { startEmulator } from '../../src/testkit/index.ts'
import { samples } from '../../test/recorded/samples.ts'
import { stable, withStableTimes } from './stable.ts'

/** All answers of the Core API that test/recorded proves to be Midtrans's own, as an emulator gives them. */
export async function coreApiAnswers(): Promise<Answers> {
  await using emulator = await startEmulator()
  const answers = await Promise.all(
    samples.map(async ({ endpoint, of, ask }) => {
      const { http, text } = await ask(emulator)
      return { endpoint, answer: { of, http, body: stable(withStableTimes(text), of) } }
    }),
  )
  const byEndpoint = Map.groupBy(answers, ({ endpoint }) => endpoint)
  return Object.fromEntries(Array.from(byEndpoint, ([endpoint, all]) => [endpoint, all.map(({ answer }) => answer)]))
}
