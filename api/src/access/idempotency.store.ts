import type { Tx } from '../platform/database.ts';

/** More than one, so that they become fewer. */
const EXPIRED_AT_ONCE = 10;

/**
 * Takes the key for this transaction, or returns what an earlier one kept under it. A concurrent holder of the
 * same key is waited for by the unique index. A few keys that have run out go with it, so that none stay for good.
 */
export async function claimKey(
  tx: Tx,
  actorId: bigint,
  key: string,
  operation: string,
  bodyDigest: Uint8Array,
): Promise<{ bodyDigest: Uint8Array; response: string } | null> {
  const digest = Buffer.from(bodyDigest);
  // What another transaction holds is left to it: this one waits for no key but its own.
  await tx.$executeRaw`
    delete from idempotency where (actor_id, key) in (
      select actor_id, key from idempotency where expires_at < now()
      order by expires_at limit ${EXPIRED_AT_ONCE} for update skip locked)`;
  const taken = await tx.$executeRaw`
    insert into idempotency as i (actor_id, key, operation, body_digest, expires_at)
    values (${actorId}, ${key}, ${operation}, ${digest}, now() + interval '24 hours')
    on conflict (actor_id, key) do update
      set operation = excluded.operation, body_digest = excluded.body_digest, response = null,
          created_at = now(), expires_at = excluded.expires_at
      where i.expires_at < now()`;
  if (taken > 0) return null;
  const [row] = await tx.$queryRaw<{ bodyDigest: Uint8Array; response: string }[]>`
    select body_digest as "bodyDigest", response::text as response from idempotency
    where actor_id = ${actorId} and key = ${key}`;
  return row ?? null;
}

export async function keepResponse(tx: Tx, actorId: bigint, key: string, response: string): Promise<void> {
  await tx.$executeRaw`
    update idempotency set response = ${response}::jsonb where actor_id = ${actorId} and key = ${key}`;
}
