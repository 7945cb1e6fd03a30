import { createReadStream } from 'node:fs';
import { access, constants } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { z } from 'zod';
import { readConfig } from '../config.ts';
import { StartRefusal } from '../platform/data-folder-refusal.ts';
import { withLocalToken } from './create-token.ts';
import { type FileToImport, filesToImport } from './files-to-import.ts';
import { followImport } from './follow-import.ts';
import { say } from './for-terminal.ts';
import { briefReport, importReport } from './import-report.ts';
import { runningHere } from './installation.ts';

/** A folder of thousands of files takes its time; the token ends with it, and by then where that was broken off. */
const TOKEN_LIFE_MS = 12 * 60 * 60_000;
/** Where the server asks for patience and does not say how long. */
const PATIENCE_SECONDS = 10;

interface Destination {
  api: string;
  token: string;
}

/** Where to send files, and with which right: an explicit one, or one of our own for the instance on this machine. */
async function withDestination<T>(work: (to: Destination) => Promise<T>): Promise<T> {
  const given = process.env.HEADWATER_API_URL?.replace(/\/+$/, '') || undefined;
  const token = process.env.HEADWATER_TOKEN;
  const config = readConfig(process.env);
  if (given && !token) {
    throw new StartRefusal(
      'HEADWATER_API_URL names a server, so HEADWATER_TOKEN has to hold a token for it.',
    );
  }
  const api = given ?? runningHere(config)?.apiUrl;
  if (!api) throw new StartRefusal('Headwater is not running on this data folder; start it, then import.');
  if (token) return work({ api, token });
  const input = {
    name: 'headwater import',
    scopes: ['read', 'write:evals', 'write:lineage', 'write:incidents'],
    expiresAt: new Date(Date.now() + TOKEN_LIFE_MS),
  };
  return withLocalToken(config, input, (own) => work({ api, token: own }));
}

/** What became of a file: one that holds what is recorded already has been imported before. */
interface Sent {
  became: 'imported' | 'before' | 'refused';
  lines: string[];
}

async function send(file: FileToImport, to: Destination): Promise<Sent> {
  if (file.problem !== undefined) return { became: 'refused', lines: [`not imported: ${file.problem}`] };
  const unreadable = await access(file.path, constants.R_OK).then(
    () => null,
    (error: Error) => error.message,
  );
  if (unreadable !== null) return { became: 'refused', lines: [`not imported: ${unreadable}`] };
  const response = await post(file, to);
  const body: unknown = await response.json().catch(() => null);
  if (response.status !== 202) {
    const became = response.ok ? (wasBefore(body) ? 'before' : 'imported') : 'refused';
    const report = file.inFolder ? briefReport : importReport;
    return { became, lines: report(response.status, body) };
  }
  const { id } = z.object({ id: z.string() }).parse(body);
  const { ok, lines } = await followImport(to, id, (line) => say(`  ${line}`));
  return { became: ok ? 'imported' : 'refused', lines };
}

const wasBefore = (body: unknown) => z.object({ alreadyImported: z.literal(true) }).safeParse(body).success;

/** Sends a file, again where the server asks to wait: a folder may hold more files than it takes in a minute. */
async function post(file: { path: string; sentAs: string }, to: Destination): Promise<Response> {
  for (;;) {
    const request: RequestInit & { duplex: 'half' } = {
      method: 'POST',
      headers: {
        authorization: `Bearer ${to.token}`,
        'content-type': 'application/octet-stream',
        'x-filename': encodeURIComponent(file.sentAs),
      },
      body: Readable.toWeb(createReadStream(file.path)) as ReadableStream,
      duplex: 'half',
    };
    const response = await fetch(`${to.api}/import`, request).catch((error: Error & { cause?: Error }) => {
      throw new StartRefusal(`${to.api} does not answer: ${error.cause?.message ?? error.message}`);
    });
    if (response.status !== 429) return response;
    await response.body?.cancel();
    const seconds = Number(response.headers.get('retry-after') ?? PATIENCE_SECONDS);
    await new Promise((resolve) => setTimeout(resolve, Math.max(1, seconds) * 1000));
  }
}

/**
 * `headwater import FILE|FOLDER…`: sends each file, prints what became of it, and totals where there are several;
 * 1 when any was refused. Started again after it broke off, it goes on: the server knows what it has by its digest.
 */
export function importFiles(paths: string[]): Promise<number> {
  return withDestination((to) => sendAll(paths, to));
}

async function sendAll(paths: string[], to: Destination): Promise<number> {
  const files = await filesToImport(paths);
  const totals = { imported: 0, before: 0, refused: 0 };
  const count = (n: number) => n.toLocaleString('en');
  const tell = () => {
    const { imported, before, refused } = totals;
    const done = imported + before + refused;
    const of =
      done === files.length ? `${count(done)} files` : `${count(done)} of ${count(files.length)} files`;
    say(`${of}: ${count(imported)} imported, ${count(before)} imported before, ${count(refused)} refused`);
  };
  if (files.length === 0) say('There is no file in what was named.');
  for (const [i, file] of files.entries()) {
    const place = files.length > 1 ? `[${count(i + 1)}/${count(files.length)}] ` : '';
    say(`${place}${file.path}`);
    const { became, lines } = await send(file, to).catch((error: unknown) => {
      if (files.length > 1) tell();
      throw error;
    });
    for (const line of lines) say(`  ${line}`);
    totals[became] += 1;
  }
  if (files.length > 1) tell();
  return totals.refused === 0 ? 0 : 1;
}
