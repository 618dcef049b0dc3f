export interface News {
  readonly asks: string
  readonly isOver: boolean
  readonly leftMs: number
  readonly isRunning: boolean
  readonly speed: number
}

/** Server-sent events, as a browser reads them: `await using stream = await listen(url)`. */
export interface Stream {
  readonly status: number
  readonly headers: Headers
  /** The next message; undefined once the stream has ended. */
  next(): Promise<News | undefined>
  [Symbol.asyncDispose](): Promise<void>
}

export async function listen(url: string): Promise<Stream> {
  const gone = new AbortController()
  const response = await fetch(url, { signal: gone.signal, headers: { accept: 'text/event-stream' } })
  const messages = messagesIn(response)
  return {
    status: response.status,
    headers: response.headers,
    next: async () => (await messages.next()).value,
    [Symbol.asyncDispose]: async () => gone.abort(),
  }
}

async function* messagesIn({ body }: Response): AsyncGenerator<News, undefined> {
  let text = ''
  for await (const part of body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += part
    const blocks = text.split('\n\n')
    text = blocks.pop() ?? ''
    for (const block of blocks) {
      const [, data] = /^data: (.*)$/m.exec(block) ?? []
      if (data !== undefined) yield JSON.parse(data)
    }
  }
}

/** Where the script of a page listens. */
export function eventsOf({ html, url }: { readonly html: string; readonly url: string }): string {
  const [, path] = /data-events="([^"]+)"/.exec(html) ?? []
  if (path === undefined) throw new Error('the page follows nothing')
  return new URL(path, url).href
}
