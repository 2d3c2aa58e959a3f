import { configDefaults, defineConfig } from 'vitest/config';

/** Rooms are tested from their sources: the condition makes `@cygnet/…` and `cygnet` resolve to `src/`. */
const source = { conditions: ['cygnet:source', 'import', 'node', 'default'] };

/** Long tests are named `*.full.test.ts`; `npm run test:full` runs them too. */
const exclude = [...configDefaults.exclude, ...(process.env.CYGNET_TEST_FULL ? [] : ['**/*.full.test.ts'])];

/** What a room's tests share. Unhandled rejections fail a run by Vitest's default. */
const room = (name: string, folder: string) => ({
  resolve: source,
  ssr: { resolve: source },
  test: {
    name,
    root: folder,
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    exclude,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: 'forks' as const,
  },
});

export default defineConfig({
  test: {
    projects: [
      room('contract', 'kernel/contract'),
      room('columns', 'kernel/columns'),
      room('rootio', 'kernel/rootio'),
      room('hepml', 'kernel/hepml'),
      room('runtime', 'kernel/runtime'),
      room('extension', 'extension'),
      {
        resolve: source,
        ssr: { resolve: source },
        test: {
          name: 'repo',
          root: '.',
          include: ['test/**/*.test.ts', 'scripts/**/*.test.ts', 'bench/**/*.test.ts'],
          exclude,
          testTimeout: 120_000,
          pool: 'forks' as const,
        },
      },
    ],
  },
});
