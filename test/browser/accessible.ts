import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults, RunOptions } from 'axe-core'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const everything: RunOptions = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa'],
  // Off by default, being new in WCAG 2.2.
  rules: { 'target-size': { enabled: true } },
}

/** All that can differ with the colours. */
const colours: RunOptions = { runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } }

/**
 * Asserts that axe finds nothing against WCAG 2.2 AA, neither in the light scheme nor in the dark one. The tab needs
 * JavaScript, which axe is written in.
 */
export async function expectAccessible(page: Page): Promise<void> {
  // Without scripts axe would never answer.
  if (await page.evaluate("matchMedia('(scripting: none)').matches")) expect.fail('axe needs a tab with JavaScript')
  const dark = await page.evaluate<boolean>("matchMedia('(prefers-color-scheme: dark)').matches")
  const [shown, other] = dark ? (['dark', 'light'] as const) : (['light', 'dark'] as const)
  // By way of the debugger, to which the page's CSP does not apply.
  await page.evaluate(axe)
  const found = await violations(page, everything, shown)
  await page.emulateMedia({ colorScheme: other })
  found.push(...(await violations(page, colours, other)))
  await page.emulateMedia({ colorScheme: shown })
  if (found.length > 0) expect.fail(`${page.url()} is not accessible:\n${found.join('\n')}`)
}

/** One line for each element: the rule, the element, and what to do. */
async function violations(page: Page, options: RunOptions, scheme: string): Promise<string[]> {
  const results = await page.evaluate<AxeResults>(`axe.run(document, ${JSON.stringify(options)})`)
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(
      ({ target, failureSummary }) => `${id} (${scheme}): ${target.join(' ')}: ${failureSummary?.replace(/\s+/g, ' ')}`,
    ),
  )
}
