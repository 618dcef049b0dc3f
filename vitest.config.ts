import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 20_000,
    // No module of ours holds what one test file could spoil for another, and loading Fastify once saves half the time.
    isolate: false,
  },
})
