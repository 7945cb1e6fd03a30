import type { Context } from '../context.ts';
import { loadsOne } from '../platform/loader.ts';
import { selectCitations } from './parties.store.ts';
import type { CitationRow } from './records.ts';

/** A citation by its internal id; null where it is not visible. */
export const citationById = loadsOne<Context, CitationRow>(
  'citationById',
  async (context, ids) =>
    new Map((await selectCitations(context.db, context.viewer, ids)).map((row) => [row.id, row])),
);
