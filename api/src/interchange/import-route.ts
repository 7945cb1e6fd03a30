import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Request, RequestHandler, Response } from 'express';
import { authorise } from '../access/change.ts';
import { enterRoute } from '../access/let-through.ts';
import { viewerByNow } from '../access/still-signed-in.ts';
import { UploadsAtOnce } from '../access/uploads-at-once.ts';
import { may } from '../access/viewer.ts';
import type { Context, Services } from '../context.ts';
import { IMPORT_COST } from '../graphql/defences/limits.ts';
import type { VisibilityWord } from '../lineage/node.ts';
import { formatNodeRef } from '../lineage/node-ref.ts';
import { boundedBody, checkRawBody, HttpRefusal, refuse, statedNameOf } from '../platform/http-upload.ts';
import { cutList } from '../platform/listed.ts';
import { log } from '../platform/log.ts';
import { type Admit, requestContext } from '../request-context.ts';
import { bulkLayout } from './bulk/bulk-format.ts';
import { BulkImports } from './bulk/bulk-imports.ts';
import type { ImportRow } from './import.ts';
import { type ImportOutcome, importFile } from './import-file.ts';
import { incidentsOfImport } from './incidents/read-origins.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { errorOfImport, evalRunsOfImport, importById, reportOfImport } from './read-imports.ts';

const LARGEST_UPLOAD = 2 * 1024 ** 3;
const LEFT_BEHIND_MS = 24 * 60 * 60_000;
const VISIBILITIES: readonly VisibilityWord[] = ['PUBLIC', 'MEMBERS', 'TEAM', 'RESTRICTED'];

/** What `POST /import` answers. */
interface ImportAnswer {
  id: string;
  status: string;
  alreadyImported: boolean;
  format: string;
  /** The reference of the eval run; of the first, where the file tells of several. */
  evalRun: string | null;
  /** The references of all of them. */
  evalRuns: string[];
  /** The references of the incidents that a file of incidents made, or found recorded already: at most 1,000. */
  incidents: string[];
  kept: { field: string; how: string }[];
  leftOut: { field: string; count: number | null; reason: string }[];
  warnings: string[];
  error: string | null;
}

/**
 * `POST /import`: the file as the raw body, its name in `x-filename` (percent-encoded) or Content-Disposition,
 * `?visibility=` for what is made of it. 201 with the import, 200 where the sender sees one of these bytes, 422 with
 * the reason where the file is refused; 202 where the file is of many lines or eval runs, which are taken in after the
 * answer: the import then tells how far it has come.
 */
export function importRoute(
  services: Services,
  options: { admit: Admit; largest?: number; bulk?: BulkImports; uploads?: UploadsAtOnce },
): RequestHandler<Record<string, string>> {
  const largest = options.largest ?? LARGEST_UPLOAD;
  const folder = join(services.dataFolder, 'imports');
  const inTurn = oneAtATime();
  /** Imports that go on here after their answer: the same file sent meanwhile is not recorded a second time. */
  const recording = new Set<bigint>();
  const bulk = options.bulk ?? new BulkImports(services);
  const uploads = options.uploads ?? new UploadsAtOnce();
  void clearLeftBehind(folder);
  const bringIn = async (
    request: Request,
    response: Response,
  ): Promise<{ status: number; answer: ImportAnswer }> => {
    const path = join(folder, randomUUID());
    /** What still reads the file after the answer. */
    let going: Promise<unknown> | null = null;
    const began = await options.admit(request, response, IMPORT_COST);
    mayBringIn(began);
    const visibility = visibilityOf(request);
    checkRawBody(request, largest);
    const ended = uploads.begin(began.viewer);
    try {
      await receive(request, folder, path, largest);
      const viewer = await viewerByNow(services, began.viewer, request.headers.authorization);
      const context = requestContext(services, viewer, began);
      mayBringIn(context);
      const file = { path, name: statedNameOf(request), visibility };
      const layout = await bulkLayout(path);
      if (layout !== null) {
        const begun = await bulk.take(context, { ...file, layout });
        return { status: begun.alreadyImported ? 200 : 202, answer: await answerOf(context, begun) };
      }
      const outcome = await begunOrDone((begun) =>
        inTurn((letGo) => {
          const told = (id: bigint) => {
            // The file is read: the next may be, while this one is recorded batch by batch.
            letGo();
            recording.add(id);
            begun(id);
          };
          return importFile(context, { ...file, begun: told, isGoing: (id) => recording.has(id) });
        }),
      );
      if (outcome.going !== null) {
        going = outcome.going.finally(() => recording.delete(outcome.id));
        return { status: 202, answer: await answerOf(context, outcome) };
      }
      const answer = await answerOf(context, outcome);
      if (recording.has(outcome.id)) return { status: 202, answer };
      return { status: answer.status === 'FAILED' ? 422 : outcome.alreadyImported ? 200 : 201, answer };
    } finally {
      // Before the answer, so that whoever has it knows that no copy is left here.
      const remove = () => rm(path, { force: true }).finally(ended);
      if (going === null) await remove();
      else void going.finally(remove);
    }
  };
  return async (request, response) => {
    try {
      const { status, answer } = await bringIn(request, response);
      response.status(status).json(answer);
    } catch (error) {
      refuse(request, response, error);
    }
  };
}

interface BegunOrDone {
  id: bigint;
  alreadyImported: boolean;
  /** Settles when an import that goes on after the answer has ended; null where it has. */
  going: Promise<void> | null;
}

/** What came of an import, or that it has begun and goes on: what goes wrong from then on is logged. */
function begunOrDone(bring: (begun: (id: bigint) => void) => Promise<ImportOutcome>): Promise<BegunOrDone> {
  return new Promise((resolve, reject) => {
    const all: Promise<void> = bring((id) =>
      resolve({ id, alreadyImported: false, going: all.catch(broken) }),
    ).then((outcome) => resolve({ ...outcome, going: null }));
    all.catch(reject);
  });
}

const broken = (error: unknown) =>
  log.error(
    { error: error instanceof Error ? (error.stack ?? error.message) : String(error) },
    'an import was broken off',
  );

/** Before a byte is received; which of the three scopes the file needs is known from its beginning. */
function mayBringIn(context: Context): void {
  enterRoute(context.viewer, 'POST /import');
  const able = (['write:lineage', 'write:incidents'] as const).some(
    (scope) => may(context.viewer, scope).allowed,
  );
  if (!able) authorise(context, 'write:evals');
}

function visibilityOf(request: Request): VisibilityWord | null {
  const stated = request.query.visibility;
  if (stated === undefined) return null;
  const found = VISIBILITIES.find((word) => word === stated);
  if (found) return found;
  throw new HttpRefusal(400, 'BAD_REQUEST', `visibility is one of ${VISIBILITIES.join(', ')}.`);
}

async function receive(request: Request, folder: string, path: string, largest: number): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = await open(path, 'wx', 0o600);
  // Whoever hung up by now has broken off the upload, as the body says: nothing waits for bytes that never come.
  await pipeline(boundedBody(request, largest), file.createWriteStream());
}

async function answerOf(
  context: Context,
  outcome: { id: bigint; alreadyImported: boolean },
): Promise<ImportAnswer> {
  const row: ImportRow | null = await context.load(importById, outcome.id);
  // Found by its sender's sight, which may have ended since.
  if (row === null)
    throw new HttpRefusal(409, 'CONFLICT', 'Something changed meanwhile: send the file again.');
  const runs = await evalRunsOfImport(context, row);
  const refs = runs.flatMap((run) => (run.name === null ? [] : [formatNodeRef({ ...run, name: run.name })]));
  const incidents = await incidentsOfImport(context, row);
  const { kept, leftOut, warnings, recordedBefore } = await reportOfImport(context, row);
  return {
    id: context.ids.encode('Import', row.id),
    status: row.status,
    alreadyImported: outcome.alreadyImported || recordedBefore !== null,
    format: row.format,
    evalRun: refs[0] ?? null,
    evalRuns: refs,
    incidents: cutList(incidents).flatMap((made) =>
      made.name === null ? [] : [formatNodeRef({ ...made, name: made.name })],
    ),
    // The database keeps no order of members; people read them in this one.
    kept: kept.map(({ field, how }) => ({ field, how })),
    leftOut: leftOut.map(({ field, count, reason }) => ({ field, count, reason })),
    warnings,
    error: errorOfImport(context, row),
  };
}

/** Files of a process that was killed while it received them. */
async function clearLeftBehind(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    // What an import goes on from: it is cleared away with its import.
    if (name.startsWith('bulk-')) continue;
    const path = join(folder, name);
    const found = await stat(path).catch(() => null);
    if (found && Date.now() - found.mtimeMs > LEFT_BEHIND_MS) await rm(path, { force: true });
  }
}
