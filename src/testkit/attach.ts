import { isReadyAnswer, reasonOf, send } from '../client/http.ts'
import { pause } from '../engine/time/pause.ts'
import { type TestEmulator, testEmulator } from './emulator.ts'

export interface AttachOptions {
  /** Where the emulator was started with one. */
  readonly adminToken?: string | undefined
  /** How long to wait until it is ready, in milliseconds of real time; 10,000 where nothing is said. */
  readonly within?: number
}

const betweenLooksMs = 100

/** An emulator that runs elsewhere: a container, a colleague's. Rejects where it is not ready in time. */
export async function attachEmulator(
  url: string,
  { adminToken, within = 10_000 }: AttachOptions = {},
): Promise<TestEmulator> {
  const { origin, protocol = '' } = URL.parse(url) ?? {}
  // "localhost:8765" is an address, too, of the kind "localhost:".
  if (origin === undefined || !/^https?:$/.test(protocol)) {
    throw new Error(`found "${url}", expected an address such as http://localhost:8765`)
  }
  const signal = AbortSignal.timeout(within)
  for (let why = 'nothing answers'; ; ) {
    try {
      const answer = await send({ url: origin, signal }, 'GET', '/readyz')
      if (isReadyAnswer(answer)) return testEmulator(origin, adminToken, async () => {})
      const { status } = answer
      why = status === 200 ? 'something else answers there' : `HTTP ${status}`
    } catch (error) {
      if (!signal.aborted) why = reasonOf(error)
    }
    if (signal.aborted) throw new Error(`no emulator is ready at ${origin} after ${within} ms: ${why}`)
    await pause(betweenLooksMs, signal)
  }
}
