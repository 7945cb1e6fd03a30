import { createHash } from 'node:crypto';
import { ConflictRefusal, InputRefusal } from '../platform/refusal.ts';
import type { Change } from './change.ts';
import { claimKey, keepResponse } from './idempotency.store.ts';
import { readsAsMember } from './viewer.ts';

const LONGEST_KEY = 200;

/**
 * The keys of tokens that may not read are their own: else one would be answered from what its person did otherwise, which it
 * does not see.
 */
const UNREAD = 'unread ';

/**
 * Same key, operation and body within 24 hours: the same answer, from the record of the first. Another body
 * under a used key is refused. Kept in the transaction of the change, so that a failed try leaves the key free.
 */
export async function once<S>(
  change: Change,
  operation: string,
  key: string,
  input: object,
  run: () => Promise<S>,
): Promise<S> {
  if (key === '' || key.length > LONGEST_KEY) {
    throw new InputRefusal(
      ['idempotencyKey'],
      'The idempotency key must have 1 to 200 characters.',
      '1 to 200 characters',
    );
  }
  const kept = readsAsMember(change.by) ? key : `${UNREAD}${key}`;
  const digest = createHash('sha256').update(operation).update('\n').update(canonical(input)).digest();
  const earlier = await claimKey(change.tx, change.by.actorId, kept, operation, digest);
  if (earlier !== null) {
    if (!Buffer.from(earlier.bodyDigest).equals(digest)) {
      throw new ConflictRefusal(
        ['idempotencyKey'],
        'This idempotency key was used for another request within 24 hours.',
      );
    }
    return JSON.parse(earlier.response, revive) as S;
  }
  const result = await run();
  await keepResponse(change.tx, change.by.actorId, kept, JSON.stringify(result, replace));
  return result;
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, v: unknown) => {
    if (typeof v === 'bigint') return { $bigint: String(v) };
    if (v !== null && typeof v === 'object' && !Array.isArray(v)) {
      return Object.fromEntries(Object.entries(v).sort(([a], [b]) => (a < b ? -1 : 1)));
    }
    return v;
  });
}

function replace(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? { $bigint: String(value) } : value;
}

function revive(_key: string, value: unknown): unknown {
  if (value !== null && typeof value === 'object' && '$bigint' in value) return BigInt(String(value.$bigint));
  return value;
}
