// `npm run soak:worlds -- --worlds 1000 [--from 1]`: many paired worlds, for everybody. Two processes share the seeds.
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: { worlds: { type: 'string', default: '1000' }, from: { type: 'string', default: '1' } },
});
const worlds = Number(values.worlds);
const from = Number(values.from);
if (!Number.isInteger(worlds) || worlds < 1 || !Number.isInteger(from)) {
  process.stderr.write('Say how many worlds: --worlds 1000, and from which: --from 1.\n');
  process.exit(2);
}

const processes = Math.max(1, Math.min(availableParallelism(), worlds));
const each = Math.ceil(worlds / processes);
const config = fileURLToPath(new URL('../vitest.config.ts', import.meta.url));
const vitest = fileURLToPath(new URL('../../node_modules/vitest/vitest.mjs', import.meta.url));

const run = (first, count) =>
  new Promise((resolve) => {
    const args = [
      'run',
      '--config',
      config,
      '--project',
      'api',
      '--reporter',
      'dot',
      'tests/access/paired-worlds.test.ts',
    ];
    const env = { ...process.env, HEADWATER_WORLDS: String(count), HEADWATER_FIRST_WORLD: String(first) };
    spawn(process.execPath, [vitest, ...args], { env, stdio: 'inherit' }).on('exit', (code) =>
      resolve(code ?? 1),
    );
  });

const began = Date.now();
const codes = await Promise.all(
  Array.from({ length: processes }, (_, i) => {
    const count = Math.min(each, worlds - i * each);
    return count < 1 ? 0 : run(from + i * each, count);
  }),
);
process.stdout.write(`${worlds} worlds in ${Math.round((Date.now() - began) / 1000)} s.\n`);
process.exit(Math.max(...codes));
