import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('..', import.meta.url));
const database = fileURLToPath(new URL('testkit/global-setup.ts', import.meta.url));
const instances = fileURLToPath(new URL('testkit/prepared-data.ts', import.meta.url));

// Vitest would load graphql once as ESM and once, through its importers, as CommonJS: "another module or realm".
const alias = [
  { find: /^graphql$/, replacement: createRequire(import.meta.url).resolve('graphql/index.js') },
  // As web/tsconfig.json has it, so that a component is rendered as it stands.
  { find: /^@\//, replacement: `${root}web/src/` },
];

export default defineConfig({
  root,
  resolve: { alias },
  test: {
    // Half of their time the tests wait for Postgres; left to itself, Vitest leaves one of two processors idle.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        extends: true,
        // None replaces a module: what they import is read once for all of them.
        test: { name: 'unit', include: ['api/src/**/*.test.ts'], isolate: false, testTimeout: 30_000 },
      },
      {
        extends: true,
        test: { name: 'web', include: ['web/src/**/*.test.{ts,tsx}'], testTimeout: 30_000 },
      },
      {
        extends: true,
        test: {
          name: 'access',
          include: ['tests/access/**/*.test.ts'],
          globalSetup: [database],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'api',
          include: ['tests/{api,corpus,database,start}/**/*.test.ts'],
          globalSetup: [database],
          // Each file opens what it needs and closes it again, and replaces no module as those of `access` do.
          isolate: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: { name: 'architecture', include: ['tests/architecture/**/*.test.ts'], testTimeout: 60_000 },
      },
      {
        extends: true,
        test: { name: 'bench', include: ['tests/bench/**/*.test.ts'], testTimeout: 300_000 },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          globalSetup: [database, instances],
          // A browser and a whole instance each, once all else has ended: two at once take three quarters of the time of one
          // after the other.
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
          testTimeout: 120_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
