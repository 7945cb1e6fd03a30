import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { StartRefusal } from '../platform/data-folder-refusal.ts';

const END_WITH_PARENT = fileURLToPath(new URL('end-with-parent.mjs', import.meta.url));

/** The keys of the API alone: what opens evidence and what signs tokens. The web never sees them. */
const OF_THE_API = [
  'HEADWATER_EVIDENCE_KEY',
  'HEADWATER_TOKEN_KEY',
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
] as const;

export function secretsOfTheApi(): Record<string, string> {
  return Object.fromEntries(
    OF_THE_API.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])),
  );
}

/** What children inherit: not the secrets that only this process needs. */
export function childEnvironment(more: Record<string, string>): NodeJS.ProcessEnv {
  const {
    HEADWATER_ADMIN_PASSWORD: _password,
    DATABASE_URL: _url,
    HEADWATER_TOKEN: _token,
    ...rest
  } = process.env;
  for (const name of OF_THE_API) delete rest[name];
  return { ...rest, NEXT_TELEMETRY_DISABLED: '1', ...more };
}

function lines(stream: Readable | null, take: (line: string) => void): void {
  if (stream) createInterface({ input: stream }).on('line', take);
}

type ChildOptions = { cwd: string; env: NodeJS.ProcessEnv; onLine?: (line: string) => void };

/** How many lines of a failed script are printed; the rest is in its log. */
const LAST_LINES = 20;

/** One sentence that says what failed, how, and where to read all of it; then the last lines. */
function failure(name: string, how: string, output: string[], log: string | undefined): StartRefusal {
  let where = '';
  if (log) {
    try {
      mkdirSync(dirname(log), { recursive: true });
      writeFileSync(log, `${output.join('\n')}\n`);
      where = `; all of its output is in ${log}`;
    } catch {
      // A log that cannot be written must not hide what failed.
    }
  }
  const last = output.slice(-LAST_LINES).map((line) => `  ${line}`);
  return new StartRefusal(
    [`${name} failed (${how})${where}.`, ...(last.length ? ['Its last lines:', ...last] : [])].join('\n'),
  );
}

/**
 * Runs a Node script to its end.
 * @throws StartRefusal when it fails, or when `signal` ends it; its whole output is then in `log`, where one is given.
 */
export function runToEnd(
  name: string,
  script: string[],
  options: ChildOptions & { signal?: AbortSignal; log?: string },
): Promise<void> {
  const { signal, onLine, log, ...spawning } = options;
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const child = spawn(process.execPath, script, { ...spawning, stdio: ['ignore', 'pipe', 'pipe'] });
    const stop = () => child.kill('SIGTERM');
    signal?.addEventListener('abort', stop, { once: true });
    const output: string[] = [];
    const take = (line: string) => {
      output.push(line);
      onLine?.(line);
    };
    lines(child.stdout, take);
    lines(child.stderr, take);
    child.once('error', reject);
    child.once('close', (code, by) => {
      signal?.removeEventListener('abort', stop);
      if (code === 0) return resolve();
      reject(failure(name, by ?? `exit code ${code}`, output, log));
    });
  });
}

export type Child = { died: Promise<string>; stop(): Promise<void> };

/** How long a child may take to end politely. */
const GRACE_MS = 8_000;

/** Keeps a Node script running in a process group of its own, so that Ctrl-C reaches us first and we end it in order. */
export function keepRunning(name: string, script: string[], options: ChildOptions): Child {
  const { onLine, ...spawning } = options;
  const child = spawn(process.execPath, ['--import', END_WITH_PARENT, ...script], {
    ...spawning,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let asked = false;
  let last = '';
  const take = (line: string) => {
    if (line.trim()) last = line.trim();
    onLine?.(line);
  };
  lines(child.stdout, take);
  lines(child.stderr, take);
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, by) => resolve(by ?? `exit code ${code}`));
  });
  return {
    died: new Promise((resolve) => {
      void ended.then((how) => {
        if (!asked) resolve(`${name} has ended unexpectedly (${how})${last ? `: ${last}` : ''}`);
      });
    }),
    async stop() {
      asked = true;
      if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
      child.kill('SIGTERM');
      const forced = setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
      await ended;
      clearTimeout(forced);
    },
  };
}
