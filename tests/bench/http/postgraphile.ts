import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

const FOLDER = fileURLToPath(new URL('../postgraphile', import.meta.url));
/** Outside of what is ours, so that nothing that looks over the sources walks through its packages. */
const INSTALLED = fileURLToPath(new URL('../../.artifacts/postgraphile', import.meta.url));
const NODE = join(INSTALLED, 'node_modules/node/bin/node');

/**
 * PostGraphile on the filled database, in a process of its own that ends when its standard input does. Installs it
 * first, where it is not yet, from the registry that npm is set to.
 */
export async function servedPostGraphile(
  superuserUrl: string,
): Promise<{ url: string; child: ChildProcess }> {
  mkdirSync(INSTALLED, { recursive: true });
  for (const name of ['package.json', 'package-lock.json', 'serve.mjs'])
    copyFileSync(join(FOLDER, name), join(INSTALLED, name));
  if (!existsSync(NODE))
    execFileSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: INSTALLED, stdio: 'inherit' });
  const client = new pg.Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    await client.query(readFileSync(join(FOLDER, 'schema.sql'), 'utf8'));
  } finally {
    await client.end();
  }
  const child = spawn(NODE, [join(INSTALLED, 'serve.mjs')], {
    env: { ...process.env, PEER_URL: superuserUrl, NODE_ENV: 'production', GRAPHILE_ENV: 'production' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [address] = (await Promise.race([
    once(child.stdout, 'data'),
    once(child, 'exit').then(([code]) => Promise.reject(new Error(`PostGraphile ended with ${code}.`))),
  ])) as [Buffer];
  return { url: address.toString().trim(), child };
}
