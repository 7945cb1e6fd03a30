import { GraphQLError } from 'graphql';
import type { Allowance } from './allowance.ts';
import { OPERATION_MS } from './limits.ts';

/** Begins the time that a reading operation may take. A change has the limits of its transaction instead. */
export function beginReading(allowance: Allowance): void {
  allowance.endsAt = performance.now() + OPERATION_MS;
}

/** Throws where nobody waits for what is read: the caller hung up, or it took too long. */
export function stillAsked(allowance: Allowance | null): void {
  if (allowance === null || allowance.endsAt === null) return;
  if (allowance.closed)
    throw new GraphQLError('The caller hung up.', { extensions: { code: 'BAD_REQUEST' } });
  if (performance.now() > allowance.endsAt) {
    const message = `The operation took longer than ${OPERATION_MS / 1_000} seconds. Ask for less at once.`;
    throw new GraphQLError(message, { extensions: { code: 'COST_EXCEEDED' } });
  }
}
