import type { Change } from '../../access/change.ts';
import { narrowest } from '../../access/narrowest.ts';
import { insertUnique, reading } from '../../evaluation/named-thing.ts';
import { namespaceOf } from '../../lineage/namespace-of.ts';
import { formatNodeRef } from '../../lineage/node-ref.ts';
import { resolveRef } from '../../lineage/resolve-refs.ts';
import { bounded } from '../../platform/bounded-text.ts';
import { decodeGlobalId } from '../../platform/decode-id.ts';
import { AccessRefusal, ConflictRefusal, InputRefusal, NotFoundRefusal } from '../../platform/refusal.ts';
import { LONGEST_NAME } from '../plan-values.ts';
import {
  insertModelAlias,
  isHeld,
  retractModelAliasRow,
  selectAliasesOfTeam,
  selectModelAliases,
} from './model-alias.store.ts';

/**
 * A person's word that logs mean a model version by a name: later imports of their team take it. Runs that are recorded
 * stay what they are.
 */
export async function confirmModelAlias(
  change: Change,
  input: { name: string; modelVersion: string },
): Promise<{ modelAliasId: bigint }> {
  const { tx, teamId, by, context } = change;
  if (by.actorKind !== 'PERSON')
    throw new AccessRefusal('FORBIDDEN', 'Only a person confirms what the name of a model means.');
  const name = bounded(input.name, LONGEST_NAME);
  if (name === '') throw new InputRefusal(['name'], 'The name is empty.', 'the name as logs write it');
  const node = await resolveRef(reading(change), input.modelVersion, ['modelVersion'], ['MODEL_VERSION']);
  if (node.retractedAt !== null)
    throw new NotFoundRefusal(['modelVersion'], 'This model version was retracted.', input.modelVersion);
  const namespace = await namespaceOf(change);
  const [held] = await selectAliasesOfTeam(tx, context.viewer, teamId, [name]);
  if (held !== undefined)
    throw new ConflictRefusal(
      ['name'],
      held.modelVersionId === node.id
        ? `${name} is confirmed to mean ${held.ref} already.`
        : `${name} is confirmed to mean ${held.ref}: retract that first.`,
      { existing: { type: 'ModelAlias', id: held.id } },
    );
  const taken = `The name ${name} is taken by something that you may not see, or that was retracted.`;
  if (await isHeld(tx, namespace, name)) throw new ConflictRefusal(['name'], taken);
  const visibility = narrowest('TEAM', node.visibility);
  const modelAliasId = await insertUnique(['name'], `${name} was confirmed a moment ago.`, () =>
    insertModelAlias(
      tx,
      { teamId, actorId: by.actorId },
      { namespace, name, modelVersionId: node.id, visibility },
    ),
  );
  await change.event(
    { type: 'MODEL_ALIAS_CONFIRMED', name, ref: formatNodeRef({ ...node, name: node.name ?? '' }) },
    { nodes: [node.id], visibility },
  );
  return { modelAliasId };
}

/** Takes a name back: later imports do as if it had never been confirmed. */
export async function retractModelAlias(
  change: Change,
  input: { modelAlias: string; reason: string },
): Promise<{ modelAliasId: bigint }> {
  const { tx, context, by } = change;
  if (input.reason.trim() === '')
    throw new InputRefusal(['reason'], 'The reason is empty.', 'why it is taken back');
  const { id } = decodeGlobalId(context.ids, input.modelAlias, ['ModelAlias'], ['modelAlias']);
  const [alias] = await selectModelAliases(tx, context.viewer, [id]);
  if (alias === undefined)
    throw new NotFoundRefusal(['modelAlias'], 'There is no name with this id.', input.modelAlias);
  if (by.role !== 'ADMINISTRATOR' && !by.teamIds.includes(alias.teamId))
    throw new AccessRefusal(
      'FORBIDDEN',
      'Only the team whose name this is, or an administrator, may retract it.',
    );
  if (!(await retractModelAliasRow(tx, id, by.actorId, input.reason)))
    throw new ConflictRefusal(['modelAlias'], 'This was retracted already.', {
      existing: { type: 'ModelAlias', id },
    });
  await change.event(
    { type: 'RETRACTED', target: `the name ${alias.name}`, reason: input.reason, replacedBy: null },
    {
      nodes: [alias.modelVersionId],
      visibility: alias.visibility,
      teamId: alias.teamId,
      tells: { modelAlias: [id] },
    },
  );
  return { modelAliasId: id };
}
