import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Debian's packages that the tests run against are installed, or named, once before all tests.
    globalSetup: ['test/setup/packages.ts'],
    testTimeout: 30_000,
    hookTimeout: 120_000,
    // Half of the time goes by waiting for timers of the network: three files at once, also where there are only two cores.
    maxWorkers: 3,
  },
});
