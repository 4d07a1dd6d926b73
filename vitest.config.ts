import { defineConfig } from 'vitest/config';

const crossing = ['test/**/*.test.ts'];

export default defineConfig({
  test: {
    // Real servers start and stop in tests, so the limits are those of a busy machine, not of the code.
    testTimeout: 30_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 20_000 } },
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: [
            '{core,workflows,activities,platform,engine-kit,plugins,workers,prisma,cli,web,bench}/**/*.test.{ts,tsx}',
          ],
          exclude: ['**/node_modules/**', 'web/.next/**'],
        },
      },
      {
        extends: true,
        test: { name: 'crossing', include: crossing, exclude: ['test/{e2e,browser,deploy}/**'] },
      },
      {
        extends: true,
        // Each file has a whole server of its own, and no other test beside it: more than two only measure the machine.
        test: {
          name: 'whole',
          include: ['test/{e2e,browser,deploy}/**/*.test.ts'],
          sequence: { groupOrder: 1 },
          testTimeout: 180_000,
          hookTimeout: 300_000,
          expect: { poll: { timeout: 30_000 } },
        },
      },
    ],
  },
});
