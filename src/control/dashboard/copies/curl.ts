/** A call of an API, as a terminal or a program would make it. */
export interface Call {
  readonly method: string
  /** Path and query. */
  readonly path: string
  /** A text is sent as it is, anything else as JSON. */
  readonly body?: unknown
  /** Those that matter, besides the key and the content type. */
  readonly headers?: Readonly<Record<string, string>>
}

/** The same call for a terminal, with the key in it: it runs as it is. */
export function curlOf({ method, path, body, headers = {} }: Call, serverKey: string, origin: string): string {
  const hasBody = body !== undefined
  const parts = [
    `curl -s -u ${quoted(`${serverKey}:`)}`,
    // With a body curl posts by itself.
    ...(method === (hasBody ? 'POST' : 'GET') ? [] : [`-X ${method}`]),
    quoted(origin + path),
    ...(hasBody ? [`-H 'Content-Type: application/json'`] : []),
    ...Object.entries(headers).map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
    ...(hasBody ? [`-d ${quoted(typeof body === 'string' ? body : JSON.stringify(body))}`] : []),
  ]
  return parts.join(' ')
}

/** For a POSIX shell: plain words as they are, everything else in single quotes. */
export const quoted = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
