import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    testTimeout: 20_000,
    // No module of ours holds what one test file could spoil for another, and loading Fastify once saves half the time.
    isolate: false,
    projects: [
      {
        extends: true,
        test: { name: 'node', include: ['test/**/*.test.ts'], exclude: ['test/browser/**'] },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          globalSetup: ['test/browser/set-up.ts'],
          setupFiles: ['test/browser/skip.ts'],
          // After all others: a browser at work would disturb those that measure time.
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
