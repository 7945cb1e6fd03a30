// Puts one document to a database as a principal, and answers it in a form that can be compared byte for byte.
import { type DocumentNode, execute, parse, validate } from 'graphql';
import type { Viewer } from '../../../api/src/access/viewer.ts';
import { formatError } from '../../../api/src/server.ts';
import type { WorldDatabase } from '../world/database.ts';
import type { Watched } from './schema.ts';

export type Ask = (document: string, variables?: Record<string, unknown>) => Promise<string>;

/** Documents that are kept for when they are asked again: some of every world's, and those of the latest by everybody. */
const KEPT = 2000;
const parsed = new Map<string, DocumentNode>();

function documentOf(watched: Watched, source: string): DocumentNode {
  let document = parsed.get(source);
  if (document === undefined) {
    document = parse(source);
    const wrong = validate(watched.schema, document);
    if (wrong.length > 0) throw new Error(`${wrong.map((error) => error.message).join('\n')}\n${source}`);
    if (parsed.size > KEPT) parsed.clear();
    parsed.set(source, document);
  }
  return document;
}

/** The moment in which nothing waits: answers about now are the same in both worlds. */
export function asker(watched: Watched, database: WorldDatabase, viewer: Viewer): Ask {
  return async (source, variableValues) => {
    const result = await execute({
      schema: watched.schema,
      document: documentOf(watched, source),
      ...(variableValues === undefined ? {} : { variableValues }),
      contextValue: database.context(viewer),
    });
    const errors = (result.errors ?? []).map((error) => {
      const formatted = formatError(error.toJSON(), error);
      if (formatted.extensions?.code === 'INTERNAL') {
        const cause = error.originalError ?? error;
        throw new Error(`At ${error.path?.join('.')}: ${cause.stack}`);
      }
      const { locations: _where, ...rest } = formatted;
      return rest;
    });
    // Errors come in the order in which their fields end, which is chance.
    errors.sort((x, y) => (String(x.path) < String(y.path) ? -1 : 1));
    return JSON.stringify(errors.length === 0 ? result.data : { data: result.data, errors });
  };
}

/** Whether an answer holds nothing but why. */
export function failedWhole(answer: string): boolean {
  return answer.startsWith('{"data":null,');
}
