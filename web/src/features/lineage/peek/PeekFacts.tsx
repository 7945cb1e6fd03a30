'use client';

import type { ReactNode } from 'react';
import { useGraphQL } from '@/graphql/browser.ts';
import type { LineagePeekQuery } from '@/graphql/generated/graphql.ts';
import { CitationMark } from '@/ui/CitationMark.tsx';
import { Count, Day, Facts } from '@/ui/Figure.tsx';
import { words } from '@/ui/numbers.ts';
import { Skeleton } from '@/ui/Skeleton.tsx';
import { DisputeLines, DisputeNotice } from '../Disputes.tsx';
import { LineagePeekDocument } from '../lineage-document.ts';

type Peeked = NonNullable<LineagePeekQuery['lineageNode']>;
type Item = { name: string; value: ReactNode };

/** The facts of one node, asked for when it is opened. */
export function PeekFacts({ nodeRef, knownOn }: { nodeRef: string; knownOn: string | null }) {
  const { data, error, isPending } = useGraphQL(LineagePeekDocument, { ref: nodeRef, knownOn });
  if (isPending) return <Skeleton className="h-20" />;
  if (error) return <p className="text-danger">{error.message}</p>;
  const node = data?.lineageNode;
  if (!node) return <p className="text-ink-3">Nothing was recorded of it on that date.</p>;
  const items = factsOf(node);
  const claims: Item[] = node.claims.slice(0, 12).map((claim) => ({
    name: words(claim.property),
    value: (
      <span title={`Claimed by ${claim.assertedBy.name}`}>
        {/^\d{5,}$/.test(claim.value) ? <Count value={claim.value} /> : claim.value}
        <CitationMark citation={claim.citation} of={words(claim.property)} />
        <DisputeLines disputes={claim.disputes} />
      </span>
    ),
  }));
  const said = new Set(claims.map((c) => c.name));
  const all = [...items.filter((i) => !said.has(i.name)), ...numbered(claims)];
  const citation = 'citation' in node ? node.citation : null;
  return (
    <>
      <DisputeNotice disputes={node.disputes} />
      {all.length ? <Facts items={all} /> : <p className="text-ink-3">No more is recorded of it.</p>}
      {citation ? (
        <p className="text-xs text-ink-2">
          From {citation.source}
          <CitationMark citation={citation} />
        </p>
      ) : null}
    </>
  );
}

/** Conflicting claims stand side by side, so their names are told apart. */
function numbered(items: Item[]): Item[] {
  const seen = new Map<string, number>();
  return items.map((item) => {
    const count = (seen.get(item.name) ?? 0) + 1;
    seen.set(item.name, count);
    return count === 1 ? item : { ...item, name: `${item.name} (claim ${count})` };
  });
}

function factsOf(node: Peeked): Item[] {
  switch (node.__typename) {
    case 'Source':
      return kept([
        ['Title', node.sourceTitle],
        ['Description', node.description],
        ['Licence', node.license],
      ]);
    case 'DatasetVersion':
      return kept([
        ['Tokens', node.tokens && <Count value={node.tokens} />],
        ['Rows', node.rows && <Count value={node.rows} />],
        ['Documents', node.documents && <Count value={node.documents} />],
        ['License', node.license],
        ['Released at', node.releasedAt && <Day value={node.releasedAt} />],
      ]);
    case 'Transformation':
      return kept([
        ['Effect', words(node.effect)],
        ['Happened', node.occurredAt && <Day value={node.occurredAt} />],
      ]);
    case 'TrainingRun':
      return kept([
        ['Stage', words(node.stage)],
        ['Objective', node.objective],
        ['Started from', words(node.startedFrom)],
        ['Tokens', <Count key="tokens" value={node.tokens} unknown={undefined} />],
      ]);
    case 'ModelVersion':
      return kept([
        ['Trained tokens', <Count key="tokens" value={node.trainedTokens} unknown={undefined} />],
        ['Released', <Day key="day" value={node.releasedAt} />],
      ]);
    case 'EvalRun':
      return kept([
        ['Evaluation', node.evaluationVersion.label],
        ['Samples', node.sampleCount],
        ['Started', node.startedAt && <Day value={node.startedAt} />],
      ]);
    case 'Incident':
      return kept([
        ['Title', node.incidentTitle],
        ['Severity', words(node.severity)],
        ['Status', words(node.incidentStatus)],
        ['Occurred', node.occurredAt && <Day value={node.occurredAt} />],
      ]);
  }
}

function kept(pairs: [string, ReactNode][]): Item[] {
  return pairs
    .filter(([, value]) => value !== null && value !== undefined && value !== '')
    .map(([name, value]) => ({ name, value }));
}
