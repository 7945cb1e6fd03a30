import type { Request, RequestHandler, Response } from 'express';
import { GraphQLError, type GraphQLSchema, getVariableValues } from 'graphql';
import { QUERY } from '../../access/permissions.ts';
import { permits } from '../../access/rules.ts';
import type { Context } from '../../context.ts';
import { budgetHeaders } from '../../platform/budget.ts';
import { log } from '../../platform/log.ts';
import { AccessRefusal, Refusal } from '../../platform/refusal.ts';
import { measure } from '../defences/cost.ts';
import { DEPTH } from '../defences/limits.ts';
import { beginReading } from '../defences/still-asked.ts';
import { type HotDocument, HotDocuments } from './hot-documents.ts';
import { LeftToTheOrdinaryPath, type Variables } from './selected.ts';

/**
 * Answers hot operations of a known shape past the ordinary path, with the same bytes, cost, budget and access. What
 * it cannot answer whole, an error among them, goes on to the ordinary path as if it had not been looked at.
 */
export function compiledRoute(
  schema: GraphQLSchema,
  admit: (request: Request, response: Response) => Promise<Context>,
  /** Hears of each operation that was answered here, by the field of Query. */
  onAnswered?: (field: string) => void,
): RequestHandler {
  const documents = new HotDocuments(schema);
  const answered = async (request: Request, response: Response): Promise<boolean> => {
    if (!plainlyAsked(request)) return false;
    try {
      // Whoever may not enter, or has spent their budget, has no document looked at.
      const context = await admit(request, response);
      const { query, operationName, variables } = request.body;
      const document = documents.find(query);
      if (document === null) return false;
      if (operationName != null && operationName !== document.operation.name?.value) return false;
      const text = await answer(schema, document, context, variables ?? {}, response);
      send(response, text);
      onAnswered?.(document.field);
      return true;
    } catch (error) {
      // Whatever it was, the ordinary path says it better; only what nobody expected is told of here.
      const kinds = [LeftToTheOrdinaryPath, Refusal, AccessRefusal, GraphQLError];
      const expected = kinds.some((kind) => error instanceof kind);
      if (!expected)
        log.warn({ error: String(error) }, 'a compiled operation failed and is left to the ordinary path');
      return response.headersSent;
    }
  };
  return (request, response, next) => {
    void answered(request, response).then((done) => done || next(), next);
  };
}

/** Whether the body and the headers ask for nothing but an ordinary answer in JSON. */
function plainlyAsked({ body, headers }: Request): boolean {
  const { variables, extensions, operationName } = body;
  const accepts = headers.accept;
  return (
    (accepts === undefined || accepts === '*/*' || accepts === 'application/json') &&
    (operationName == null || typeof operationName === 'string') &&
    (variables == null || (typeof variables === 'object' && !Array.isArray(variables))) &&
    (extensions == null || (typeof extensions === 'object' && Object.keys(extensions).length === 0))
  );
}

async function answer(
  schema: GraphQLSchema,
  document: HotDocument,
  context: Context,
  given: Variables,
  response: Response,
): Promise<string> {
  const { allowance } = context;
  const { operation, fragments, field, key, plan } = document;
  const coerced = getVariableValues(schema, operation.variableDefinitions ?? [], given, { maxErrors: 1 });
  const rule = QUERY[field as keyof typeof QUERY];
  if (coerced.errors || allowance === null || !permits(context.viewer, rule).allowed)
    throw new LeftToTheOrdinaryPath('what is refused');
  const variables = coerced.coerced;
  const measured = document.measured ?? measure(schema, operation, fragments, variables);
  if (document.weighsAlike) document.measured = measured;
  const { cost, depth, introspects, longList } = measured;
  const limit = allowance.costLimit;
  if (cost > limit || depth > DEPTH || introspects || longList !== null)
    throw new LeftToTheOrdinaryPath('what is refused');
  const spent = allowance.spend(cost);
  if (!spent.granted) throw new LeftToTheOrdinaryPath('what is refused');
  beginReading(allowance);
  try {
    let rows = 0;
    const text = await plan(context, variables, (count) => {
      rows += count;
      if (rows > limit) throw new LeftToTheOrdinaryPath('too many rows');
    });
    response.setHeader('headwater-cost', String(cost));
    response.setHeader('headwater-cost-limit', String(limit));
    for (const [name, value] of Object.entries(budgetHeaders(spent))) response.setHeader(name, value);
    return `{"data":{${JSON.stringify(key)}:${text}}}\n`;
  } catch (error) {
    // The ordinary path pays for itself.
    allowance.spend(-cost);
    throw error;
  }
}

function send(response: Response, text: string): void {
  const bytes = Buffer.from(text);
  response.statusCode = 200;
  response.setHeader('content-type', 'application/json; charset=utf-8');
  response.setHeader('content-length', bytes.length);
  response.end(bytes);
}
