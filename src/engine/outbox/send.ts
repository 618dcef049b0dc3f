import type { Agent, Dispatcher } from 'undici'
import type { Answer } from './notification.ts'
import { type Place, Room } from './room.ts'

export interface Envelope {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** Why nothing may be sent to an address, redirects included; undefined: it may. */
  readonly objection?: (url: string) => string | undefined
}

/** `url` is where it was sent in the end. `hopeless`: another try cannot end differently. */
export type SendResult = { readonly url: string } & (
  | (Answer & { readonly error?: undefined; readonly hopeless?: undefined })
  | { readonly answer?: undefined; readonly error: string; readonly hopeless?: boolean }
)

/** Posts notifications to merchants. */
export interface Sender {
  /** Resolves when there is a connection to spare for this URL. */
  room(url: string): Promise<Place>
  /** Never rejects: what went wrong is in the result, in plain words. */
  send(envelope: Envelope): Promise<SendResult>
  /** Ends what is under way. */
  close(): Promise<void>
}

interface SenderOptions {
  /** For the whole try, redirects included. */
  readonly timeoutMs: number
  /** How many redirects that keep method and body (307, 308) are followed. */
  readonly redirects: number
  readonly connectionsPerHost: number
}

/** For each host, besides: those on which a merchant does not answer. */
const slowConnections = 56

/** More of an answer is read, so that the connection can be used again, but not kept. */
const keptAnswerBytes = 16 * 1024
const mostAnswerBytes = 64 * 1024

const plainWords: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused: nothing listens there',
  ENOTFOUND: 'host not found',
  EAI_AGAIN: 'host not found: the name service did not answer',
  ECONNRESET: 'connection reset by the merchant',
  UND_ERR_SOCKET: 'connection closed by the merchant before an answer',
  UND_ERR_CONNECT_TIMEOUT: 'no connection in time',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'TLS: the certificate is signed by somebody unknown',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'TLS: the certificate is signed by somebody unknown',
  EHOSTUNREACH: 'host unreachable',
  ENETUNREACH: 'network unreachable',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'TLS: self-signed certificate',
  SELF_SIGNED_CERT_IN_CHAIN: 'TLS: self-signed certificate in the chain',
  CERT_HAS_EXPIRED: 'TLS: the certificate has expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'TLS: the certificate is for another host',
  ERR_SSL_WRONG_VERSION_NUMBER: 'TLS: the merchant does not speak TLS there',
}

/** undici is loaded with the first notification: it costs more than a third of a cold start. */
export function undiciSender(options: SenderOptions): Sender {
  let agent: Promise<Agent> | undefined
  const connections = new Room(options.connectionsPerHost, slowConnections)
  const connect = async () => {
    const { Agent } = await import('undici')
    return new Agent({
      connections: options.connectionsPerHost + slowConnections,
      connect: { timeout: options.timeoutMs },
      headersTimeout: 0,
      bodyTimeout: 0,
    })
  }

  async function post(envelope: Envelope, signal: AbortSignal): Promise<SendResult> {
    agent ??= connect()
    const dispatcher = await agent
    let address = envelope.url
    let url = URL.parse(address)
    for (let hop = 0; ; hop++) {
      if (!url || !/^https?:$/.test(url.protocol)) {
        const error = `found ${address}, expected an address with http:// or https://`
        return { url: address, error, hopeless: hop === 0 }
      }
      const objected = envelope.objection?.(url.href)
      if (objected !== undefined) return { url: url.href, error: objected, hopeless: hop === 0 }
      const response = await dispatcher.request({
        origin: url.origin,
        path: url.pathname + url.search,
        method: 'POST',
        headers: envelope.headers,
        body: envelope.body,
        signal,
      })
      const answer = await readAnswer(response, signal)
      const location = redirectOf(answer)
      if (location === undefined) return { url: url.href, ...answer }
      if (hop === options.redirects) {
        return { url: url.href, error: `redirected more than ${options.redirects} times` }
      }
      address = location
      url = URL.parse(location, url.href)
    }
  }

  return {
    room: (url) => connections.enter(URL.parse(url)?.origin ?? ''),
    async send(envelope) {
      const signal = AbortSignal.timeout(options.timeoutMs)
      try {
        return await post(envelope, signal)
      } catch (error) {
        const { url } = envelope
        if (signal.aborted && !isBrokenAnswer(error))
          return { url, error: `no answer within ${options.timeoutMs / 1_000} s` }
        return { url, error: explain(error) }
      }
    },
    async close() {
      await (await agent)?.destroy()
    },
  }
}

async function readAnswer(
  { statusCode, headers, body }: Dispatcher.ResponseData,
  signal: AbortSignal,
): Promise<Answer> {
  const kept: Buffer[] = []
  let read = 0
  try {
    // Leaving the loop early closes the connection: nobody has to take in what has no end.
    for await (const chunk of body as AsyncIterable<Buffer>) {
      if (read < keptAnswerBytes) kept.push(chunk.subarray(0, keptAnswerBytes - read))
      read += chunk.length
      if (read > mostAnswerBytes) break
    }
  } catch (error) {
    throw new Error(`the answer ${statusCode} ${signal.aborted ? 'did not end in time' : 'broke off'}`, {
      cause: error,
    })
  }
  const texts = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, [value].flat().join(', ')] as const],
  )
  const answerBody = Buffer.concat(kept).toString('utf8')
  return { answer: statusCode, answerHeaders: Object.fromEntries(texts), answerBody }
}

const isBrokenAnswer = (error: unknown) => error instanceof Error && error.message.startsWith('the answer ')

const redirectOf = ({ answer, answerHeaders }: Answer): string | undefined =>
  answer === 307 || answer === 308 ? answerHeaders.location : undefined

function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { code } = error as NodeJS.ErrnoException
  return (code && plainWords[code]) ?? (error.message || code || 'unknown error')
}
