import type { Viewer } from '../../../api/src/access/viewer.ts';
import type { Services } from '../../../api/src/context.ts';
import { HotDocuments } from '../../../api/src/graphql/compiled/hot-documents.ts';
import { buildSchema } from '../../../api/src/graphql/schema.ts';
import { requestContext } from '../../../api/src/request-context.ts';

/** What the plan of a document answers, past HTTP and the ordinary path, and the statements that it sends. */
export async function compiledAnswer(services: Services, viewer: Viewer, query: string) {
  const documents = new HotDocuments(buildSchema());
  // Looked at when it is asked for the second time.
  documents.find(query);
  const context = requestContext(services, viewer);
  const statements: string[] = [];
  const read = context.db.$queryRaw as (...asked: unknown[]) => Promise<unknown>;
  const heard = (...asked: [readonly string[] | { sql: string }, ...unknown[]]) => {
    statements.push('sql' in asked[0] ? asked[0].sql : asked[0].join('?'));
    return read(...asked);
  };
  context.db = { ...context.db, $queryRaw: heard as typeof context.db.$queryRaw };
  const text = await documents.find(query)!.plan(context, {}, () => undefined);
  return { said: JSON.parse(text), statements };
}
