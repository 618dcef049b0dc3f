import { type Page, send } from './browser.ts'

const unescaped = (text: string) => text.replaceAll('&amp;', '&')

/** The endings that the test panel of a page offers, by the ends of their test ids. */
export const offered = ({ html }: Page): string[] =>
  Array.from(html.matchAll(/name="panel"[^>]* data-testid="panel-(\w+)"/g), ([, choice = '']) => choice)

/** Presses a button of the test panel, as a browser does. */
export function press(page: Page, choice: string): Promise<Page> {
  const [, value] = new RegExp(`name="panel" value="([^"]+)"[^>]* data-testid="panel-${choice}"`).exec(page.html) ?? []
  if (value === undefined) throw new Error(`the test panel offers ${offered(page).join(', ')}, and not ${choice}`)
  const [, action = ''] = /action="([^"]*)" data-testid="panel-form"/.exec(page.html) ?? []
  return send({ ...page, url: new URL(unescaped(action) || page.url, page.url).href }, { panel: value })
}

/** The address behind a link of a page. */
export function linkOf({ html, url }: Page, testId: string): string {
  const [, href] = new RegExp(`href="([^"]*)"[^>]* data-testid="${testId}"`).exec(html) ?? []
  if (href === undefined) throw new Error(`there is no link ${testId}`)
  return new URL(unescaped(href), url).href
}
