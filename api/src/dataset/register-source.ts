import type { Change } from '../access/change.ts';
import type { CitationInput } from '../lineage/inputs.ts';
import type { VisibilityWord } from '../lineage/node.ts';
import { checkUrl, recordCitation } from '../lineage/record-citation.ts';
import { recordClaims } from '../lineage/record-claims.ts';
import { insertNode } from '../lineage/record-node.ts';
import { insertSourceRow } from './dataset.store.ts';

type Maybe<T> = T | null | undefined;

export interface RegisterSource {
  name: string;
  title?: Maybe<string>;
  description?: Maybe<string>;
  url?: Maybe<string>;
  license?: Maybe<string>;
  visibility?: Maybe<VisibilityWord>;
  citation?: Maybe<CitationInput>;
}

/** Records where data first came from. */
export async function registerSource(change: Change, input: RegisterSource): Promise<{ sourceId: bigint }> {
  checkUrl(input.url, ['url']);
  const visibility = input.visibility ?? 'MEMBERS';
  const citationId = await recordCitation(change, input.citation, ['citation'], visibility);
  const sourceId = await insertNode(change, { kind: 'SOURCE', name: input.name, visibility, citationId });
  await insertSourceRow(change.tx, {
    id: sourceId,
    title: input.title ?? null,
    description: input.description ?? null,
    url: input.url ?? null,
  });
  await recordClaims(change, sourceId, { LICENSE: input.license }, citationId, visibility);
  await change.event({ type: 'SOURCE_REGISTERED', ref: input.name }, { nodes: [sourceId], visibility });
  return { sourceId };
}
