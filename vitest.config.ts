import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Debian's packages that the tests run against are installed, or named, once before all tests.
    globalSetup: ['test/setup/packages.ts'],
    testTimeout: 30_000,
    hookTimeout: 120_000,
    // Most of the time goes by waiting for timers of the network: two files at once, also where there are only two cores.
    maxWorkers: 2,
  },
});
