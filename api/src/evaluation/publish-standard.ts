import type { Change } from '../access/change.ts';
import { narrowest } from '../access/narrowest.ts';
import { taken } from '../access/taken-name.ts';
import type { CitationInput } from '../lineage/inputs.ts';
import type { VisibilityWord } from '../lineage/node.ts';
import { checkUrl, recordCitation } from '../lineage/record-citation.ts';
import { ConflictRefusal, InputRefusal } from '../platform/refusal.ts';
import { selectNamespace } from './catalogue.store.ts';
import { checkThing, insertUnique, ownThing } from './named-thing.ts';

export interface PublishStandardInput {
  name: string;
  title: string;
  kind: string;
  version: string;
  text?: string | null;
  url?: string | null;
  authors?: string[] | null;
  publishedAt?: Date | null;
  visibility?: VisibilityWord | null;
  citation?: CitationInput | null;
}

/** Publishes a version of a standard, and the standard itself where the team has none of this name. */
export async function publishStandard(
  change: Change,
  input: PublishStandardInput,
): Promise<{ standardVersionId: bigint }> {
  checkThing(input.name, input.version);
  checkUrl(input.url, ['url']);
  if (input.title.trim() === '') throw new InputRefusal(['title'], 'The title is empty.', 'a title');
  if (input.kind.trim() === '')
    throw new InputRefusal(['kind'], 'The kind is empty.', 'rubric, constitution, policy or the like');
  const by = { teamId: change.teamId, actorId: change.by.actorId };
  let standard = await ownThing(change, 'standard', input.name);
  if (standard === null) {
    const visibility = input.visibility ?? 'MEMBERS';
    const namespace = await selectNamespace(change.tx, change.teamId);
    const { id } = await insertUnique(['name'], taken(input.name), () =>
      change.tx.standard.create({
        data: { namespace, name: input.name, title: input.title, kind: input.kind, visibility, ...by },
        select: { id: true },
      }),
    );
    standard = { id, visibility };
  }
  const standardId = standard.id;
  const visibility = narrowest(standard.visibility, input.visibility ?? standard.visibility);
  const existing = await change.tx.standardVersion.findUnique({
    where: { standardId_version: { standardId, version: input.version } },
    select: { id: true },
  });
  const published = `${input.name} ${input.version} is published already; a changed text is a new version.`;
  if (existing !== null)
    throw new ConflictRefusal(['version'], published, {
      existing: { type: 'StandardVersion', id: existing.id },
    });
  const citationId = await recordCitation(change, input.citation, ['citation'], visibility);
  const { id } = await insertUnique(['version'], published, () =>
    change.tx.standardVersion.create({
      data: {
        standardId,
        version: input.version,
        text: input.text ?? null,
        url: input.url ?? null,
        authors: input.authors ?? [],
        publishedAt: input.publishedAt ?? null,
        citationId,
        visibility,
        ...by,
      },
      select: { id: true },
    }),
  );
  await change.event(
    { type: 'STANDARD_PUBLISHED', standard: input.name, version: input.version },
    { visibility },
  );
  return { standardVersionId: id };
}
