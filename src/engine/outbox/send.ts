import type { Agent, Dispatcher } from 'undici'

export interface Envelope {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** `hopeless`: the URL is none, so another try cannot end differently. */
export type SendResult =
  | { readonly answer: number; readonly hopeless?: undefined }
  | { readonly error: string; readonly hopeless?: boolean }

/** Posts notifications to merchants. */
export interface Sender {
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

const plainWords: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused: nothing listens there',
  ENOTFOUND: 'host not found',
  EAI_AGAIN: 'host not found: the name service did not answer',
  ECONNRESET: 'connection reset by the merchant',
  UND_ERR_SOCKET: 'connection closed by the merchant before an answer',
  EHOSTUNREACH: 'host unreachable',
  ENETUNREACH: 'network unreachable',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'TLS: self-signed certificate',
  SELF_SIGNED_CERT_IN_CHAIN: 'TLS: self-signed certificate in the chain',
  CERT_HAS_EXPIRED: 'TLS: the certificate has expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'TLS: the certificate is for another host',
}

/** undici is loaded with the first notification: it costs more than a third of a cold start. */
export function undiciSender(options: SenderOptions): Sender {
  let agent: Promise<Agent> | undefined
  const connect = async () => {
    const { Agent } = await import('undici')
    return new Agent({ connections: options.connectionsPerHost, headersTimeout: 0, bodyTimeout: 0 })
  }

  async function post(envelope: Envelope, signal: AbortSignal): Promise<SendResult> {
    agent ??= connect()
    const dispatcher = await agent
    let url = URL.parse(envelope.url)
    for (let hop = 0; ; hop++) {
      if (!url || !/^https?:$/.test(url.protocol)) {
        const found = url?.href ?? envelope.url
        return { error: `found ${found}, expected an address with http:// or https://`, hopeless: hop === 0 }
      }
      const response = await dispatcher.request({
        origin: url.origin,
        path: url.pathname + url.search,
        method: 'POST',
        headers: envelope.headers,
        body: envelope.body,
        signal,
      })
      // The answer's body is of no use, but has to be taken off the connection before the next try can use it.
      await response.body.dump({ limit: 65_536, signal })
      const location = redirectOf(response)
      if (location === undefined) return { answer: response.statusCode }
      if (hop === options.redirects) return { error: `redirected more than ${options.redirects} times` }
      url = URL.parse(location, url.href)
    }
  }

  return {
    async send(envelope) {
      const signal = AbortSignal.timeout(options.timeoutMs)
      try {
        return await post(envelope, signal)
      } catch (error) {
        if (signal.aborted) return { error: `no answer within ${options.timeoutMs / 1_000} s` }
        return { error: explain(error) }
      }
    },
    async close() {
      await (await agent)?.destroy()
    },
  }
}

function redirectOf({ statusCode, headers }: Dispatcher.ResponseData): string | undefined {
  const location = headers.location
  return (statusCode === 307 || statusCode === 308) && typeof location === 'string' ? location : undefined
}

function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { code } = error as NodeJS.ErrnoException
  return (code && plainWords[code]) ?? (error.message || code || 'unknown error')
}
