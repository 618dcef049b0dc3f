import type { BrowserContextOptions } from 'playwright-core'

/** The two kinds of window that pages are made for. */
export const widths = {
  phone: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
  desktop: { viewport: { width: 1280, height: 800 } },
} as const satisfies Record<string, BrowserContextOptions>
