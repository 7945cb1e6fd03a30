import type { RequestHandler } from 'express';
import { enterRoute } from '../access/let-through.ts';
import { FILE_COST } from '../graphql/defences/limits.ts';
import { HttpRefusal, refuse } from '../platform/http-upload.ts';
import { sendAttachment } from '../platform/send-attachment.ts';
import type { Admit } from '../request-context.ts';
import { isRevealed, keptFileOfImport } from './read-kept-files.ts';

/**
 * `GET /import/{id}/file`: the file that an import was made of, to be kept and not to be shown. What is restricted needs
 * `?reveal=` with what revealImport answered to the same person. What is not kept, or tells of what one may not see,
 * answers as what is not there.
 */
export function importFileRoute(admit: Admit): RequestHandler<{ id: string }> {
  return async (request, response) => {
    response.set('cache-control', 'no-store');
    try {
      const context = await admit(request, response, FILE_COST);
      enterRoute(context.viewer, 'GET /import/:id/file');
      const decoded = context.ids.decode(request.params.id);
      const file = decoded?.type === 'Import' ? await context.load(keptFileOfImport, decoded.id) : null;
      if (file === null) throw new HttpRefusal(404, 'NOT_FOUND', 'There is no such file.');
      if (file.restricted && !(await isRevealed(context, file.id, request.query.reveal)))
        throw new HttpRefusal(
          403,
          'REVEAL_REQUIRED',
          'This file is read only with a reason: revealImport records it.',
        );
      await sendAttachment(request, response, {
        content: context.vault.get(file.object),
        bytes: file.bytes,
        digest: file.digest,
        mediaType: 'application/octet-stream',
        name: file.fileName,
        logged: { import: String(file.id) },
        async stillAllowed() {
          const now = await context.byNow(request.headers.authorization);
          enterRoute(now.viewer, 'GET /import/:id/file');
          const seen = await now.load(keptFileOfImport, file.id);
          return seen !== null && (file.restricted || !seen.restricted);
        },
      });
    } catch (error) {
      refuse(request, response, error);
    }
  };
}
