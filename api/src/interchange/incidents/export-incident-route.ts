import { createHash } from 'node:crypto';
import type { RequestHandler } from 'express';
import { enterRoute } from '../../access/let-through.ts';
import { FILE_COST } from '../../graphql/defences/limits.ts';
import { HttpRefusal, refuse } from '../../platform/http-upload.ts';
import { sendAttachment } from '../../platform/send-attachment.ts';
import type { Admit } from '../../request-context.ts';
import { avidReportOf } from './read-avid-report.ts';

/**
 * `GET /export/incident/{key}?format=avid`: the incident as a file, of what the caller may see alone. What they may not
 * see answers as what is not there.
 */
export function exportIncidentRoute(admit: Admit): RequestHandler<{ key: string }> {
  return async (request, response) => {
    response.set('cache-control', 'no-store');
    try {
      const context = await admit(request, response, FILE_COST);
      enterRoute(context.viewer, 'GET /export/incident/:key');
      if (request.query.format !== 'avid')
        throw new HttpRefusal(
          400,
          'BAD_REQUEST',
          'An incident is exported as format=avid, a report of AVID.',
        );
      const report = await avidReportOf(context, request.params.key);
      if (report === null) throw new HttpRefusal(404, 'NOT_FOUND', 'There is no such incident.');
      const bytes = Buffer.from(`${JSON.stringify(report, null, 2)}\n`);
      await sendAttachment(request, response, {
        content: whole(bytes),
        bytes: BigInt(bytes.length),
        digest: createHash('sha256').update(bytes).digest('hex'),
        mediaType: 'application/json',
        name: `${request.params.key}.avid.json`,
        logged: { incident: request.params.key },
      });
    } catch (error) {
      refuse(request, response, error);
    }
  };
}

async function* whole(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}
