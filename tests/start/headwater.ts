import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const COMMAND = fileURLToPath(new URL('../../api/src/cli/headwater.mjs', import.meta.url));

export type Ended = { code: number | null; out: string; err: string };

/** Runs the `headwater` command to its end, with nothing of the caller's own settings. */
export function headwater(args: string[], env: Record<string, string>): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const { PATH = '', HOME = '' } = process.env;
    const child = spawn(process.execPath, [COMMAND, ...args], { cwd: ROOT, env: { PATH, HOME, ...env } });
    // Politely, so that it takes down what it has brought up.
    const overdue = setTimeout(() => child.kill('SIGTERM'), 25_000);
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      err += chunk.toString();
    });
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(overdue);
      resolve({ code, out, err });
    });
  });
}

/** Waits until the check holds. */
export async function eventually(check: () => boolean | Promise<boolean>, within = 5_000): Promise<void> {
  const deadline = Date.now() + within;
  while (!(await check())) {
    if (Date.now() > deadline) throw new Error('It did not come about in time.');
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
