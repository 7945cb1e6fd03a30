import { createReadStream, statSync } from 'node:fs';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { z } from 'zod';
import { readConfig } from '../config.ts';
import { StartRefusal } from '../platform/data-folder-refusal.ts';
import { localToken } from './create-token.ts';
import { followImport } from './follow-import.ts';
import { importReport } from './import-report.ts';
import { runningHere, withServices } from './installation.ts';

const TOKEN_LIFE_MS = 60 * 60_000;

/** Where to send files, and with which right: an explicit one, or one of our own for the instance on this machine. */
async function destination(): Promise<{ api: string; token: string }> {
  const given = process.env.HEADWATER_API_URL?.replace(/\/+$/, '');
  const token = process.env.HEADWATER_TOKEN;
  const config = readConfig(process.env);
  if (given && !token) {
    throw new StartRefusal(
      'HEADWATER_API_URL names a server, so HEADWATER_TOKEN has to hold a token for it.',
    );
  }
  const api = given ?? runningHere(config)?.apiUrl;
  if (!api) throw new StartRefusal('Headwater is not running on this data folder; start it, then import.');
  if (token) return { api, token };
  const input = {
    name: 'headwater import',
    scopes: ['read', 'write:evals', 'write:lineage', 'write:incidents'],
    expiresAt: new Date(Date.now() + TOKEN_LIFE_MS),
  };
  return { api, token: await withServices(config, (services) => localToken(services, input)) };
}

function readableFile(path: string): string | null {
  try {
    return statSync(path).isFile() ? null : 'it is not a file';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT'
      ? 'there is no such file'
      : (error as Error).message;
  }
}

async function send(
  path: string,
  to: { api: string; token: string },
): Promise<{ ok: boolean; lines: string[] }> {
  const unreadable = readableFile(path);
  if (unreadable) return { ok: false, lines: [`not imported: ${unreadable}`] };
  const request: RequestInit & { duplex: 'half' } = {
    method: 'POST',
    headers: {
      authorization: `Bearer ${to.token}`,
      'content-type': 'application/octet-stream',
      'x-filename': encodeURIComponent(basename(path)),
    },
    body: Readable.toWeb(createReadStream(path)) as ReadableStream,
    duplex: 'half',
  };
  const response = await fetch(`${to.api}/import`, request).catch((error: Error & { cause?: Error }) => {
    throw new StartRefusal(`${to.api} does not answer: ${error.cause?.message ?? error.message}`);
  });
  const body: unknown = await response.json().catch(() => null);
  if (response.status !== 202) return { ok: response.ok, lines: importReport(response.status, body) };
  const { id } = z.object({ id: z.string() }).parse(body);
  return followImport(to, id, (line) => process.stdout.write(`  ${line}\n`));
}

/** `headwater import FILE…`: sends each file, prints what was kept and left out; 1 when any was refused. */
export async function importFiles(paths: string[]): Promise<number> {
  const to = await destination();
  let failed = 0;
  for (const path of paths) {
    process.stdout.write(`${path}\n`);
    const { ok, lines } = await send(path, to);
    process.stdout.write(lines.map((line) => `  ${line}\n`).join(''));
    if (!ok) failed++;
  }
  return failed === 0 ? 0 : 1;
}
