import { chromium } from 'playwright-core'
import type { TestProject } from 'vitest/node'
import { browserVariable, findOrInstallBrowser, isBrowserRefused, launchOptions } from '../../scripts/browser.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where the browser of this run is reached; empty: none is wanted. */
    readonly browser: string
  }
}

/** One browser for all browser tests of a run: found, installed or missed once, and not by each test. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  if (isBrowserRefused()) {
    console.warn(`\nBrowser tests are SKIPPED: ${browserVariable}=none.\n`)
    project.provide('browser', '')
    return async () => {}
  }
  const server = await chromium.launchServer(launchOptions(await findOrInstallBrowser()))
  project.provide('browser', server.wsEndpoint())
  return () => server.close()
}
