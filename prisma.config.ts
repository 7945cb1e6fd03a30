import { chmodSync, existsSync, readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { defineConfig } from 'prisma/config';

const here = import.meta.dirname ?? process.cwd();

/** Whether Prisma's native engine was downloaded already: it is then left to do its work. */
function hasNativeEngine(): boolean {
  const engines = dirname(
    createRequire(join(here, 'api/package.json')).resolve('@prisma/engines/package.json'),
  );
  return existsSync(engines) && readdirSync(engines).some((name) => name.startsWith('schema-engine-'));
}

// Prisma would download its schema engine from a host that many networks do not reach. The shim does the
// same work from the WASM build in node_modules. It needs an executable bit, so Windows keeps the download.
if (!process.env.PRISMA_SCHEMA_ENGINE_BINARY && process.platform !== 'win32' && !hasNativeEngine()) {
  const shim = join(here, 'prisma/schema-engine/schema-engine.mjs');
  if ((statSync(shim).mode & 0o111) === 0) chmodSync(shim, 0o755);
  process.env.PRISMA_SCHEMA_ENGINE_BINARY = shim;
}

export default defineConfig({
  schema: 'prisma/schema',
  migrations: { path: 'prisma/migrations', seed: 'tsx prisma/seed/seed.ts' },
  // Generating the client needs no database, so an unset address is no error here.
  datasource: { url: process.env.DATABASE_URL ?? '' },
});
