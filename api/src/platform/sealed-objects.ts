// What is recorded of the objects in the vault, whatever they hold.
import type { Db, Tx } from './database.ts';
import type { SealedObject, Stored, Vault } from './vault.ts';

type Reader = Pick<Db | Tx, '$queryRaw'>;

/**
 * Records what opens an object that was put into the vault. Its key is wrapped anew where a master key was added since
 * it was put away. That is asked after the row is inserted and not before: whoever adds a key waits for the changes
 * that had recorded something by then, so that each of them is either seen by them or has asked after them.
 */
export async function insertSealed(tx: Tx, vault: Vault, stored: Stored): Promise<bigint> {
  const { id } = await tx.sealedObject.create({
    data: {
      name: stored.name,
      masterKeyId: stored.masterKeyId,
      wrappedKey: Buffer.from(stored.wrappedKey),
    },
    select: { id: true },
  });
  const newer = vault.rewrap(stored);
  if (newer !== null) await updateWrapping(tx, id, newer);
  return id;
}

export async function updateWrapping(tx: Tx, id: bigint, wrapped: SealedObject): Promise<void> {
  const key = Buffer.from(wrapped.wrappedKey);
  await tx.$executeRaw`
    update sealed_object set master_key_id = ${wrapped.masterKeyId}, wrapped_key = ${key} where id = ${id}`;
}

/**
 * Takes back what was put into the vault for a change that is over and did not record it: it was refused, failed, or had
 * been made before under its idempotency key. What came onto record all the same stays, as it does where nobody can tell.
 */
export async function takeBackUnrecorded(
  { beyondSight, vault }: { beyondSight: Reader; vault: Vault },
  { name }: SealedObject,
): Promise<void> {
  const recorded = await isRecorded(beyondSight, name).catch(() => true);
  if (!recorded) await vault.remove(name);
}

/** Whether something on record is opened by this object of the store. */
async function isRecorded(db: Reader, name: string): Promise<boolean> {
  const rows = await db.$queryRaw<{ id: bigint }[]>`select id from sealed_object where name = ${name}`;
  return rows.length > 0;
}
