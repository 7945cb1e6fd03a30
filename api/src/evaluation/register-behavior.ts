import type { Change } from '../access/change.ts';
import { taken } from '../access/taken-name.ts';
import type { VisibilityWord } from '../lineage/node.ts';
import { checkUrl } from '../lineage/record-citation.ts';
import { checkName } from '../lineage/record-node.ts';
import { ConflictRefusal, InputRefusal } from '../platform/refusal.ts';
import { selectNamespace } from './catalogue.store.ts';
import { checkThing, insertUnique, ownThing } from './named-thing.ts';

export interface RegisterBehaviorInput {
  name: string;
  title: string;
  description?: string | null;
  mappings?: { taxonomy: string; code: string; label?: string | null; url?: string | null }[] | null;
  /** Members by default; example data is public. */
  visibility?: VisibilityWord | null;
}

/** Registers a category of what models do, with its places in public taxonomies. */
export async function registerBehavior(
  change: Change,
  input: RegisterBehaviorInput,
): Promise<{ behaviorId: bigint }> {
  checkThing(input.name, null);
  if (input.title.trim() === '') throw new InputRefusal(['title'], 'The title is empty.', 'a title');
  const mappings = input.mappings ?? [];
  const seen = new Set<string>();
  mappings.forEach((mapping, i) => {
    checkName(mapping.taxonomy, ['mappings', i, 'taxonomy']);
    checkName(mapping.code, ['mappings', i, 'code']);
    checkUrl(mapping.url, ['mappings', i, 'url']);
    const key = JSON.stringify([mapping.taxonomy, mapping.code]);
    if (seen.has(key))
      throw new InputRefusal(['mappings', i, 'code'], 'This mapping is given twice.', 'each code once');
    seen.add(key);
  });
  const existing = await ownThing(change, 'behavior', input.name);
  if (existing !== null)
    throw new ConflictRefusal(['name'], `There is a behaviour "${input.name}" already.`, {
      existing: { type: 'Behavior', id: existing.id },
    });
  const visibility = input.visibility ?? 'MEMBERS';
  const namespace = await selectNamespace(change.tx, change.teamId);
  const { id } = await insertUnique(['name'], taken(input.name), () =>
    change.tx.behavior.create({
      data: {
        namespace,
        name: input.name,
        title: input.title,
        description: input.description ?? null,
        visibility,
        teamId: change.teamId,
        actorId: change.by.actorId,
      },
      select: { id: true },
    }),
  );
  if (mappings.length > 0) {
    await change.tx.taxonomyMapping.createMany({
      data: mappings.map((m) => ({
        behaviorId: id,
        taxonomy: m.taxonomy,
        code: m.code,
        label: m.label ?? null,
        url: m.url ?? null,
      })),
    });
  }
  await change.event({ type: 'BEHAVIOR_REGISTERED', behavior: input.name }, { visibility });
  return { behaviorId: id };
}
