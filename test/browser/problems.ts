import type { BrowserContext } from 'playwright-core'

/** Collects what no page may do, as lines for people. CSP violations come as errors in the console. */
export function watchForProblems(context: BrowserContext): string[] {
  const problems: string[] = []
  context.on('console', (message) => {
    // Told of below, with what was asked for. A page itself may answer 410: its time is over.
    const isStatus = message.text().startsWith('Failed to load resource: the server responded with')
    if (message.type() === 'error' && !isStatus) problems.push(`console: ${message.text()}`)
  })
  context.on('weberror', (error) => problems.push(`script: ${error.error().message}`))
  context.on('request', (request) => {
    const { hostname, protocol } = new URL(request.url())
    if (protocol !== 'file:' && hostname !== '127.0.0.1' && hostname !== 'localhost') {
      problems.push(`asks another machine: ${request.method()} ${request.url()}`)
    }
  })
  context.on('requestfailed', (request) => {
    const why = request.failure()?.errorText
    // A page that is left ends what it still waits for.
    if (why !== 'net::ERR_ABORTED') problems.push(`no answer: ${request.method()} ${request.url()}: ${why}`)
  })
  context.on('response', (response) => {
    const isPage = response.request().isNavigationRequest()
    if (response.status() >= 400 && !isPage) problems.push(`HTTP ${response.status()}: ${response.url()}`)
  })
  return problems
}
