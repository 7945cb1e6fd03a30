import type { RequestHandler } from 'express';
import { enterRoute } from '../access/let-through.ts';
import type { Context } from '../context.ts';
import { FILE_COST } from '../graphql/defences/limits.ts';
import { HttpRefusal, refuse } from '../platform/http-upload.ts';
import { sendAttachment } from '../platform/send-attachment.ts';
import type { Admit } from '../request-context.ts';
import type { SealedEvidence } from './evidence.store.ts';
import { downloadName, safeMediaType } from './evidence.ts';
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
      enterRoute(context.viewer, 'GET /evidence/:id');
      const { row, sealed } = await find(context, request.params.id, request.query.reveal);
      await sendAttachment(request, response, {
        content: contentOf(context, sealed),
        bytes: row.bytes ?? 0n,
        digest: row.digest,
        mediaType: safeMediaType(row.mediaType),
        name: downloadName(row),
        logged: { evidence: String(row.id) },
        async stillAllowed() {
          const now = await context.byNow(request.headers.authorization);
          enterRoute(now.viewer, 'GET /evidence/:id');
          const seen = await now.load(evidenceById, row.id);
          // What was opened with a reason goes on being read when its time is over, and what was open without one does not.
          return seen !== null && (sealed.restricted || !seen.restricted);
        },
      });
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
