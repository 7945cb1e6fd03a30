import type { Change } from '../access/change.ts';
import { databaseError } from '../platform/database-error.ts';
import { ConflictRefusal, InputRefusal } from '../platform/refusal.ts';
import { insertAliasRow, selectAliasHolder } from './assertions.store.ts';
import type { CitationInput } from './inputs.ts';
import { LINEAGE_TYPE } from './lineage-types.ts';
import { formatNodeRef, parseNodeRef } from './node-ref.ts';
import { nodeById } from './read-nodes.ts';
import { selectHolder, selectNamespace } from './record.store.ts';
import { recordCitation } from './record-citation.ts';
import { labelOf } from './records.ts';
import { replaceByAlias } from './replace-by-alias.ts';
import { resolveRef } from './resolve-refs.ts';

const UNIQUE_VIOLATION = '23505';

/**
 * Gives a node another name, in the namespace of the team that acts. With `replacing`, a dataset version that has the name
 * gives it up (`replaceByAlias`).
 */
export async function addAlias(
  change: Change,
  input: {
    alias: string;
    node: string;
    replacing?: boolean | null | undefined;
    citation?: CitationInput | null | undefined;
  },
): Promise<{ nodeId: bigint; aliasId: bigint }> {
  const { tx, teamId, by, context } = change;
  const node = await resolveRef({ ...context, tx }, input.node, ['node']);
  const alias = parseNodeRef(input.alias);
  if ('problem' in alias) throw new InputRefusal(['alias'], alias.problem, 'kind:name[@version]');
  if (alias.kind !== node.kind) {
    const expected = `an alias that begins like ${formatNodeRef({ ...node, name: node.name ?? '' })}`;
    throw new InputRefusal(['alias'], 'An alias is of the same kind as what it names.', expected);
  }
  const namespace = await selectNamespace(tx, teamId);
  const named = await selectHolder(tx, alias.kind, namespace, alias.name, alias.version);
  const held = input.replacing === true && named !== null ? await context.load(nodeById, named) : null;
  if (held !== null) await replaceByAlias(change, held, node);
  const taken = (id: bigint | null) =>
    new ConflictRefusal(
      ['alias'],
      `${input.alias} names something already.`,
      id === null ? {} : { existing: { type: LINEAGE_TYPE[alias.kind], id } },
    );
  if (held === null && named !== null) throw taken(named);
  const { kind, name, version } = alias;
  const other = await selectAliasHolder(tx, context.viewer, kind, namespace, name, version);
  // Of an alias that is not seen it is not told which node it names, even where that is seen.
  if (other !== null) throw taken(other.seen ? other.nodeId : null);
  const citationId = await recordCitation(change, input.citation, ['citation'], node.visibility);
  let aliasId: bigint;
  try {
    aliasId = await insertAliasRow(
      tx,
      { teamId, actorId: by.actorId },
      { ...alias, namespace, nodeId: node.id, citationId, visibility: node.visibility },
    );
  } catch (error) {
    if (databaseError(error)?.code === UNIQUE_VIOLATION) throw taken(null);
    throw error;
  }
  await change.event(
    { type: 'ALIAS_ADDED', alias: input.alias, ref: labelOf(node) },
    { nodes: [node.id], visibility: node.visibility },
  );
  return { nodeId: node.id, aliasId };
}
