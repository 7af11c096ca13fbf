import { defineConfig } from 'vitest/config';

/** Folders whose tests need neither Postgres nor Temporal; `vitest run tests/domain` then starts no server. */
const withoutServers = ['tests/domain/**/*.test.ts', 'tests/documents/**/*.test.ts', 'tests/stack/**/*.test.ts'];

export default defineConfig({
  test: {
    // Two cores; each file of the second project talks to servers that need a share of them, too.
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: { name: 'alone', include: withoutServers, testTimeout: 60_000, hookTimeout: 120_000 },
      },
      {
        extends: true,
        test: {
          name: 'servers',
          include: ['tests/**/*.test.ts'],
          exclude: withoutServers,
          globalSetup: ['tests/global-setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
