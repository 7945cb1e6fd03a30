import type { Request, RequestHandler } from 'express';
import { z } from 'zod';
import { enterRoute } from '../access/let-through.ts';
import { viewerByNow } from '../access/still-signed-in.ts';
import { UploadsAtOnce } from '../access/uploads-at-once.ts';
import type { Viewer } from '../access/viewer.ts';
import type { Services } from '../context.ts';
import { FILE_COST } from '../graphql/defences/limits.ts';
import { checkBounds } from '../graphql/mutation.ts';
import type { VisibilityWord } from '../lineage/node.ts';
import { resolveRef } from '../lineage/resolve-refs.ts';
import { boundedBody, checkRawBody, fileNameOf, HttpRefusal, refuse } from '../platform/http-upload.ts';
import { type Admit, requestContext } from '../request-context.ts';
import { EVIDENCE_KINDS, isTextual, SENSITIVITIES } from './evidence.ts';
import { checkWords } from './record-evidence.ts';
import { type UploadedFile, uploadEvidence } from './upload-evidence.ts';

const LARGEST_UPLOAD = 1024 ** 3;
const VISIBILITIES: readonly VisibilityWord[] = ['PUBLIC', 'MEMBERS', 'TEAM', 'RESTRICTED'];
/** A sender that has fallen silent for so long has gone. */
const SILENCE_MS = 60_000;

/**
 * `POST /evidence`: the file as the raw body. In the address stand `incident` (its reference), `kind`, `sensitivity`
 * and `visibility`; what people type stands in headers, percent-encoded, because addresses are logged: `x-title`,
 * `x-filename`, `x-warning`, `x-citation` (JSON). The media type is Content-Type, and `idempotency-key` is as in a
 * mutation. 201 with the id and the digest.
 */
export function evidenceUploadRoute(
  services: Services,
  options: { admit: Admit; largest?: number | undefined; uploads?: UploadsAtOnce },
): RequestHandler {
  const largest = options.largest ?? LARGEST_UPLOAD;
  const uploads = options.uploads ?? new UploadsAtOnce();
  return async (request, response) => {
    let ended = () => {};
    try {
      const context = await options.admit(request, response, FILE_COST);
      enterRoute(context.viewer, 'POST /evidence');
      const file = fileOf(request);
      checkBounds(file, []);
      checkWords(file);
      checkRawBody(request, largest);
      // Before the first byte is taken, so that nobody sends a gigabyte to learn of a slip of the pen.
      await resolveRef(context, file.incident, ['incident'], ['INCIDENT']);
      ended = uploads.begin(context.viewer);
      request.setTimeout(SILENCE_MS, () => request.destroy());
      const stored = await services.vault.put(boundedBody(request, largest));
      request.setTimeout(0);
      let now: Viewer;
      try {
        now = await viewerByNow(services, context.viewer, request.headers.authorization);
        enterRoute(now, 'POST /evidence');
      } catch (error) {
        await services.vault.remove(stored.name);
        throw error;
      }
      const { evidenceId } = await uploadEvidence(requestContext(services, now, context), file, stored);
      const { digest, bytes } = stored;
      response.status(201).json({ id: services.ids.encode('Evidence', evidenceId), digest, bytes });
    } catch (error) {
      refuse(request, response, error);
    } finally {
      ended();
    }
  };
}

function fileOf(request: Request): UploadedFile {
  const fileName = fileNameOf(request);
  const incident = request.query.incident;
  if (typeof incident !== 'string' || incident === '')
    throw new HttpRefusal(400, 'BAD_REQUEST', 'Say which incident: ?incident=incident:MBI-….');
  return {
    incident,
    kind: wordOf(request, 'kind', EVIDENCE_KINDS, 'FILE'),
    sensitivity: wordOf(request, 'sensitivity', SENSITIVITIES, 'SENSITIVE'),
    visibility: wordOf(request, 'visibility', VISIBILITIES, null),
    title: typed(request, 'x-title') ?? fileName,
    warning: typed(request, 'x-warning'),
    citation: citationOf(request),
    fileName,
    mediaType: mediaTypeOf(request),
    idempotencyKey: request.get('idempotency-key') ?? null,
  };
}

function wordOf<W extends string, N extends W | null>(
  request: Request,
  name: string,
  words: readonly W[],
  standard: N,
): W | N {
  const stated = request.query[name];
  if (stated === undefined) return standard;
  const found = words.find((word) => word === stated);
  if (found === undefined)
    throw new HttpRefusal(400, 'BAD_REQUEST', `${name} is one of ${words.join(', ')}.`);
  return found;
}

function typed(request: Request, header: string): string | null {
  const stated = request.get(header);
  if (stated === undefined || stated === '') return null;
  try {
    return decodeURIComponent(stated);
  } catch {
    throw new HttpRefusal(400, 'BAD_REQUEST', `${header} is not percent-encoded UTF-8.`);
  }
}

const Citation = z.strictObject({
  source: z.string(),
  url: z.string().nullish(),
  locator: z.string().nullish(),
  certainty: z.enum(['PRIMARY', 'SECONDARY', 'DERIVED']),
  quote: z.string().nullish(),
  note: z.string().nullish(),
});

function citationOf(request: Request): z.infer<typeof Citation> | null {
  const stated = typed(request, 'x-citation');
  if (stated === null) return null;
  const read = Citation.safeParse(parsed(stated));
  if (!read.success)
    throw new HttpRefusal(
      400,
      'BAD_REQUEST',
      'x-citation is the JSON of a citation: source, certainty, url, locator, quote, note.',
    );
  return read.data;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}

function mediaTypeOf(request: Request): string {
  const stated = request.get('content-type');
  if (stated === undefined) return 'application/octet-stream';
  // A text is taken for UTF-8 unless it is said to be something else, which is then not shown as text.
  return isTextual(stated) && /charset=(?!"?utf-8)/i.test(stated) ? 'application/octet-stream' : stated;
}
