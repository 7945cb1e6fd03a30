import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePorts } from './free-ports.ts';

export interface Instance {
  web: string;
  api: string;
  account: { email: string; password: string };
  /** Its data folder, for commands beside it. */
  data: string;
  /** Everything it printed. */
  output(): string;
  stop(): Promise<void>;
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const UP_MS = 280_000;

/**
 * A whole Headwater, as `npm start` brings it up, on free ports and a data folder of its own, which `fill` may make
 * beforehand.
 */
export async function startInstance(
  env: Record<string, string> = {},
  fill: (data: string) => void = () => undefined,
): Promise<Instance> {
  const [port, apiPort] = await freePorts(2);
  const data = mkdtempSync(join(tmpdir(), 'headwater-e2e-'));
  // Run as root, Postgres works under another account, which has to pass through.
  chmodSync(data, 0o711);
  fill(join(data, 'data'));
  const account = { email: 'first@example.org', password: 'a password for the tests' };
  const child = spawn(process.execPath, ['--import', 'tsx', 'api/src/cli/main.ts', 'start'], {
    cwd: ROOT,
    env: {
      ...process.env,
      DATABASE_URL: '',
      PORT: String(port),
      API_PORT: String(apiPort),
      HEADWATER_DATA: join(data, 'data'),
      HEADWATER_ADMIN_EMAIL: account.email,
      HEADWATER_ADMIN_PASSWORD: account.password,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (text: string) => {
      printed += text;
    });
  }
  const stop = async () => {
    await end(child);
    rmSync(data, { recursive: true, force: true });
  };
  const deadline = Date.now() + UP_MS;
  while (!printed.includes('Headwater is running.')) {
    if (child.exitCode !== null || Date.now() > deadline) {
      await stop();
      throw new Error(`Headwater did not come up:\n${printed}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return {
    web: `http://localhost:${port}`,
    api: `http://127.0.0.1:${apiPort}`,
    account,
    data: join(data, 'data'),
    output: () => printed,
    stop,
  };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  const ended = once(child, 'exit');
  const late = setTimeout(() => child.kill('SIGKILL'), 30_000);
  await ended;
  clearTimeout(late);
}
