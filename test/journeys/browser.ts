/** A page as a browser shows it: redirects inside the emulator are followed, one to the merchant is `leftFor`. */
export interface Page {
  readonly url: string
  readonly status: number
  readonly headers: Headers
  readonly html: string
  /** What the page asks for. */
  readonly step: string | undefined
  /** How it ended, where it asks for nothing. */
  readonly ending: string | undefined
  readonly leftFor: string | undefined
  /** The text, still escaped, of the element with this data-testid. */
  text(testId: string): string | undefined
}

/** Opens a link, and stays on the page: payer.walk of the test kit goes on to the end. */
export const visit = (url: string): Promise<Page> => load(url, { redirect: 'manual' })

/** Fills in the form of a page, and sends it. */
export const fillIn = (page: Page, fields: Readonly<Record<string, string>>): Promise<Page> =>
  send(page, { action: 'submit', ...fields })

/** Sends a form to the address of a page; `headers` are those that a browser adds by itself. */
export const send = (
  { url }: Pick<Page, 'url'>,
  fields: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
): Promise<Page> => load(url, { redirect: 'manual', method: 'POST', headers, body: new URLSearchParams(fields) })

async function load(url: string, init: RequestInit): Promise<Page> {
  const response = await fetch(url, init)
  const location = response.headers.get('location')
  const next = location === null ? undefined : new URL(location, url)
  if (next && next.origin === new URL(url).origin) return visit(next.href)
  const html = await response.text()
  return {
    url,
    status: response.status,
    headers: response.headers,
    html,
    step: /data-step="(\w+)"/.exec(html)?.[1],
    ending: /data-ending="(\w+)"/.exec(html)?.[1],
    leftFor: location ?? undefined,
    text: (testId) => new RegExp(`data-testid="${testId}"[^>]*>([^<]*)<`).exec(html)?.[1],
  }
}

/** The href of the way back to the merchant, as a browser would read it. */
export const backLink = ({ html }: Page): string | undefined =>
  /href="([^"]*)" data-testid="back"/.exec(html)?.[1]?.replaceAll('&amp;', '&')
