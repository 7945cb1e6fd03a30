import { randomUUID } from 'node:crypto';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { log } from '../platform/log.ts';
import { AccessRefusal, Refusal } from '../platform/refusal.ts';

/** Codes that graphql-js and Apollo give to requests that are wrong in form: their messages are for the caller. */
const PUBLIC_CODES = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'BAD_REQUEST',
  'OPERATION_RESOLUTION_FAILURE',
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'RATE_LIMITED',
  'COST_EXCEEDED',
]);

/** Messages repeat values of the caller's, which may be as long as a request. */
const LONGEST_MESSAGE = 1_000;

export function formatError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const original = error instanceof GraphQLError && error.originalError ? error.originalError : error;
  const { locations, path } = formatted;
  const at = { ...(locations ? { locations } : {}), ...(path ? { path } : {}) };
  if (original instanceof AccessRefusal) {
    const retry =
      original.retryAfterSeconds === null ? {} : { retryAfterSeconds: original.retryAfterSeconds };
    return { message: original.message, ...at, extensions: { code: original.code, ...retry } };
  }
  if (original instanceof Refusal) {
    const argument = original.path.map(String);
    return { message: original.message, ...at, extensions: { code: 'BAD_USER_INPUT', argument } };
  }
  const code = formatted.extensions?.code;
  if (typeof code === 'string' && PUBLIC_CODES.has(code)) {
    const { argument, cost, limit, retryAfterSeconds } = formatted.extensions ?? {};
    const told = Object.entries({ argument, cost, limit, retryAfterSeconds }).filter(
      ([, value]) => value !== undefined,
    );
    const message = formatted.message.slice(0, LONGEST_MESSAGE);
    return { message, ...at, extensions: { code, ...Object.fromEntries(told) } };
  }
  const reference = randomUUID();
  log.error({
    reference,
    error: original instanceof Error ? (original.stack ?? original.message) : String(original),
  });
  return {
    message: `Something went wrong here. Quote ${reference} to whoever runs this installation.`,
    ...at,
    extensions: { code: 'INTERNAL', requestId: reference },
  };
}
