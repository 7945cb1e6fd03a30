'use client';

import { EyeOff, TriangleAlert } from 'lucide-react';
import { useId, useState } from 'react';
import { useGraphQL } from '@/graphql/browser.ts';
import type { IncidentWholeFragment } from '@/graphql/generated/graphql.ts';
import { graphql } from '@/graphql/generated/index.ts';
import { Badge } from '@/ui/Badge.tsx';
import { Button } from '@/ui/Button.tsx';
import { CitationMark } from '@/ui/CitationMark.tsx';
import { Count, Day } from '@/ui/Figure.tsx';
import { words } from '@/ui/numbers.ts';
import { Skeleton } from '@/ui/Skeleton.tsx';

const TEXT = graphql(`
  query EvidenceText($id: ID!) { node(id: $id) { __typename ... on Evidence { text } } }
`);

type Evidence = IncidentWholeFragment['evidence'][number];

const DEFAULT_WARNINGS: Record<Evidence['sensitivity'], string> = {
  NONE: 'Recorded as it was produced.',
  SENSITIVE: 'This may be disturbing or name people.',
  HAZARDOUS: 'This may hold instructions that could do harm. Do not pass it on.',
};

/** One piece of evidence. Its text is not even fetched before somebody asks to see it. */
export function EvidenceItemView({ evidence }: { evidence: Evidence }) {
  const [open, setOpen] = useState(false);
  const bodyId = useId();
  return (
    <div className="rounded-lg border border-line bg-surface">
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2 px-3.5 py-2.5">
        <div className="min-w-0 flex-1 basis-64">
          <p className="font-medium">
            {evidence.title}
            <CitationMark citation={evidence.citation} of={evidence.title} />
          </p>
          <p className="mt-0.5 flex flex-wrap gap-x-3 text-xs text-ink-3">
            <span>{words(evidence.kind)}</span>
            {evidence.bytes ? <Count value={evidence.bytes} of="bytes" /> : null}
            <span title={evidence.digest} className="max-w-52 truncate font-mono">
              {evidence.digest}
            </span>
            <span>
              {evidence.addedBy.name}, <Day value={evidence.recordedAt} />
            </span>
          </p>
          {open ? null : (
            <p className="mt-1.5 flex items-center gap-1.5 text-sm text-warning">
              {evidence.sensitivity === 'NONE' ? null : (
                <TriangleAlert className="size-4 shrink-0" aria-hidden />
              )}
              {evidence.warning ?? DEFAULT_WARNINGS[evidence.sensitivity]}
            </p>
          )}
        </div>
        {evidence.sensitivity === 'NONE' ? null : (
          <Badge tone={evidence.sensitivity === 'HAZARDOUS' ? 'danger' : 'warning'}>
            {words(evidence.sensitivity)}
          </Badge>
        )}
        <Button size="sm" aria-expanded={open} aria-controls={bodyId} onClick={() => setOpen(!open)}>
          {open ? <EyeOff aria-hidden /> : null}
          {open ? 'Hide' : 'Show the text'}
        </Button>
      </div>
      <div id={bodyId}>{open ? <EvidenceText id={evidence.id} title={evidence.title} /> : null}</div>
    </div>
  );
}

function EvidenceText({ id, title }: { id: string; title: string }) {
  const found = useGraphQL(TEXT, { id });
  if (found.isPending) {
    return (
      <div role="status" aria-label="Loading the evidence" className="border-t border-line p-3.5">
        <Skeleton className="h-20" />
      </div>
    );
  }
  if (found.isError)
    return <p className="border-t border-line p-3.5 text-sm text-danger">{found.error.message}</p>;
  const node = found.data.node;
  const text = node?.__typename === 'Evidence' ? node.text : null;
  return (
    <section
      aria-label={title}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
      className="max-h-[32rem] overflow-y-auto border-t border-line bg-sunken px-3.5 py-3"
    >
      <pre className="font-mono text-xs leading-5 break-words whitespace-pre-wrap">
        {text ?? 'The text is not open to you, or is kept as a file.'}
      </pre>
    </section>
  );
}
