import { pipeline } from 'node:stream/promises';
import type { Request, RequestHandler, Response } from 'express';
import type { Context } from '../context.ts';
import { FILE_COST } from '../graphql/defences/limits.ts';
import { HttpRefusal, refuse } from '../platform/http-upload.ts';
import { log } from '../platform/log.ts';
import type { Admit } from '../request-context.ts';
import type { SealedEvidence } from './evidence.store.ts';
import { attachment, downloadName, safeMediaType } from './evidence.ts';
import type { EvidenceRow } from './incident.ts';
import { contentOf, evidenceById, revealedEvidence, sealedEvidence } from './read-evidence.ts';

/**
 * `GET /evidence/{id}`: the bytes of evidence, to be kept and not to be shown. What is restricted needs `?reveal=`
 * with what revealEvidence answered to the same person. What one may not see answers as what is not there.
 */
export function evidenceDownloadRoute(admit: Admit): RequestHandler<{ id: string }> {
  return async (request, response) => {
    response.set('cache-control', 'no-store');
    try {
      const context = await admit(request, response, FILE_COST);
      const { row, sealed } = await find(context, request.params.id, request.query.reveal);
      await send(context, request, response, row, sealed);
    } catch (error) {
      refuse(request, response, error);
    }
  };
}

async function find(
  context: Context,
  id: string,
  reveal: unknown,
): Promise<{ row: EvidenceRow; sealed: SealedEvidence }> {
  const decoded = context.ids.decode(id);
  const row = decoded?.type === 'Evidence' ? await context.load(evidenceById, decoded.id) : null;
  if (row === null) throw new HttpRefusal(404, 'NOT_FOUND', 'There is no such evidence.');
  const sealed = row.restricted
    ? await revealed(context, row.id, reveal)
    : await sealedEvidence(context, row.id);
  if (sealed === null || (sealed.restricted && !row.restricted))
    throw new HttpRefusal(
      403,
      'REVEAL_REQUIRED',
      'This evidence is read only with a reason: revealEvidence records it.',
    );
  return { row, sealed };
}

async function revealed(
  context: Context,
  evidenceId: bigint,
  reveal: unknown,
): Promise<SealedEvidence | null> {
  const decoded = typeof reveal === 'string' ? context.ids.decode(reveal) : null;
  if (decoded?.type !== 'EvidenceReveal') return null;
  return revealedEvidence(context, { evidenceId, revealId: decoded.id });
}

async function send(
  context: Context,
  request: Request,
  response: Response,
  row: EvidenceRow,
  sealed: SealedEvidence,
): Promise<void> {
  const content = contentOf(context, sealed);
  // Where the object is gone or does not open, there is an error to answer and not half a file.
  const first = await content.next();
  response.status(200).set({
    'content-type': safeMediaType(row.mediaType),
    'content-length': String(row.bytes),
    'content-disposition': attachment(downloadName(row)),
    'content-security-policy': "sandbox; default-src 'none'",
    'x-content-type-options': 'nosniff',
    'repr-digest': `sha-256=:${Buffer.from(row.digest, 'hex').toString('base64')}:`,
  });
  if (request.method === 'HEAD' || first.done === true) {
    await content.return(undefined);
    response.end();
    return;
  }
  try {
    await pipeline(withFirst(first.value, content), response);
  } catch (error) {
    // The length was told, so whoever reads sees that the end is missing.
    const gone = (error as NodeJS.ErrnoException).code === 'ERR_STREAM_PREMATURE_CLOSE';
    if (!gone)
      log.error({ evidence: String(row.id), error: error instanceof Error ? error.message : 'unknown' });
    response.destroy();
  }
}

async function* withFirst(first: Buffer, rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield first;
    yield* rest;
  } finally {
    await rest.return(undefined);
  }
}
