import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { expectAccessible } from './accessible.ts'
import { openPage } from './browser.ts'

const darkStyle = '@media (prefers-color-scheme: dark) { p { background: #000; color: #333 } }'

/** Serves one page, as strict as those of the emulator, and a style sheet that nobody can read at night. */
async function serve(body: string) {
  const html = `<!doctype html><html lang="en"><title>A page</title><main>${body}</main></html>`
  const server = createServer((request, response) => {
    response.setHeader('content-security-policy', "default-src 'none'; style-src 'self'; script-src 'self'")
    if (request.url === '/') response.setHeader('content-type', 'text/html').end(html)
    else if (request.url === '/dark.css') response.setHeader('content-type', 'text/css').end(darkStyle)
    else response.writeHead(404).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

test.each([
  ['an inline script', '<script>document.title = 1</script>', /console: .*script/i],
  ['an inline style', '<p style="color: red">Hello</p>', /console: .*style/i],
  ['a style sheet that is not there', '<link rel="stylesheet" href="/none.css">', /HTTP 404: .*none.css/],
  ['something of another machine', '<form action="https://cdn.example/"><button>Go</button></form>', /another machine/],
])('a page with %s is found out', async (_what, body, complaint) => {
  await using server = await serve(body)
  await using tab = await openPage()
  await tab.page.goto(server.url)
  const button = tab.page.locator('button')
  if (await button.isVisible()) await Promise.all([tab.page.waitForEvent('requestfailed'), button.click()])
  expect(tab.problems.splice(0).join('\n')).toMatch(complaint)
})

test('what nobody can read or knows the name of is found, in the scheme that has it', async () => {
  await using server = await serve(
    '<link rel="stylesheet" href="/dark.css"><h1>Page</h1><input type="text"><p>Night</p>',
  )
  await using tab = await openPage()
  await tab.page.goto(server.url)
  await expect(expectAccessible(tab.page)).rejects.toThrow(
    /is not accessible:\nlabel \(light\): input: Fix .*\ncolor-contrast \(dark\): p: Fix [^\n]*$/,
  )
})
