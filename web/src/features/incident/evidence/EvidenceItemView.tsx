'use client';

import { Download, EyeOff, TriangleAlert } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useId, useState } from 'react';
import { useGraphQL } from '@/graphql/browser.ts';
import type { EvidenceCardFragment } from '@/graphql/generated/graphql.ts';
import { graphql } from '@/graphql/generated/index.ts';
import { paths } from '@/navigation/paths.ts';
import { Badge } from '@/ui/Badge.tsx';
import { Button } from '@/ui/Button.tsx';
import { CitationMark } from '@/ui/CitationMark.tsx';
import { Day, Size } from '@/ui/Figure.tsx';
import { words } from '@/ui/numbers.ts';
import { Skeleton } from '@/ui/Skeleton.tsx';
import { EvidenceText } from './EvidenceText.tsx';
import { RevealDialog, type Revealed } from './RevealDialog.tsx';
import { RevealList } from './RevealList.tsx';
import { useExpired } from './use-expired.ts';

const TEXT = graphql(`
  query EvidenceText($id: ID!) { node(id: $id) { __typename ... on Evidence { text } } }
`);

const DEFAULT_WARNINGS: Record<EvidenceCardFragment['sensitivity'], string> = {
  NONE: 'Recorded as it was produced.',
  SENSITIVE: 'This may be disturbing or name people.',
  HAZARDOUS: 'This may hold instructions that could do harm. Do not pass it on.',
};

interface Props {
  evidence: EvidenceCardFragment;
  signedIn: boolean;
}

/** One piece of evidence. Nothing of it is fetched before somebody asks to see it. */
export function EvidenceItemView({ evidence, signedIn }: Props) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [revealed, setRevealed] = useState<Revealed | null>(null);
  const bodyId = useId();
  const warning = evidence.warning ?? DEFAULT_WARNINGS[evidence.sensitivity];
  const expired = useExpired(revealed?.expiresAt ?? null);
  /** What was revealed stays readable; another download takes another reason. */
  const needsReason = evidence.restricted && (!revealed || expired);
  return (
    <div className="rounded-lg border border-line bg-surface">
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2 px-3.5 py-2.5">
        <div className="min-w-0 flex-1 basis-64">
          <p className="font-medium break-words">
            <span>{evidence.title}</span>
            <CitationMark citation={evidence.citation} of={evidence.title} />
          </p>
          <p className="mt-0.5 flex flex-wrap gap-x-3 text-xs text-ink-3">
            <span>{words(evidence.kind)}</span>
            {evidence.bytes ? <Size bytes={evidence.bytes} /> : null}
            <span>
              {evidence.addedBy.name}, <Day value={evidence.recordedAt} />
            </span>
          </p>
          <Digest of={evidence.fileName} value={evidence.digest} />
          {open ? null : (
            <p className="mt-1.5 flex items-center gap-1.5 text-sm text-warning">
              {evidence.sensitivity === 'NONE' ? null : (
                <TriangleAlert className="size-4 shrink-0" aria-hidden />
              )}
              {warning}
            </p>
          )}
        </div>
        <div className="flex flex-wrap items-center gap-2">
          {evidence.sensitivity === 'NONE' ? null : (
            <Badge tone={evidence.sensitivity === 'HAZARDOUS' ? 'danger' : 'warning'}>
              {words(evidence.sensitivity)}
            </Badge>
          )}
          {evidence.restricted ? <Badge>Restricted</Badge> : null}
          {needsReason ? (
            <RevealDialog
              id={evidence.id}
              title={evidence.title}
              warning={warning}
              blocked={signedIn ? null : 'Sign in to give a reason.'}
              onRevealed={(opened) => {
                setRevealed(opened);
                setOpen(true);
                // The list of who opened it, and the timeline, have one more.
                router.refresh();
              }}
            />
          ) : (
            <Button size="sm" asChild>
              <a href={paths.evidenceFile(evidence.id, revealed?.ticket)} download>
                <Download aria-hidden />
                Download
              </a>
            </Button>
          )}
          {evidence.restricted && !revealed ? null : (
            <Button size="sm" aria-expanded={open} aria-controls={bodyId} onClick={() => setOpen(!open)}>
              {open ? <EyeOff aria-hidden /> : null}
              {open ? 'Hide' : 'Show the text'}
            </Button>
          )}
        </div>
      </div>
      {evidence.reveals?.length ? <RevealList reveals={evidence.reveals} /> : null}
      <div id={bodyId}>
        {!open ? null : revealed ? (
          <Body evidence={evidence} text={revealed.text} />
        ) : (
          <FetchedBody evidence={evidence} />
        )}
      </div>
    </div>
  );
}

function Digest({ of, value }: { of: string; value: string }) {
  return (
    <details className="mt-0.5 text-xs text-ink-3">
      <summary className="w-fit max-w-full truncate font-mono">sha256:{value.slice(0, 16)}…</summary>
      <div className="mt-1 flex max-w-prose flex-col gap-1">
        <p className="font-mono break-all text-ink-2 select-all">{value}</p>
        <p>
          To verify a download, compare this with what <code className="font-mono">sha256sum</code> says of{' '}
          <span className="break-words">{of}</span>.
        </p>
      </div>
    </details>
  );
}

function FetchedBody({ evidence }: { evidence: EvidenceCardFragment }) {
  const found = useGraphQL(TEXT, { id: evidence.id });
  if (found.isPending) {
    return (
      <div role="status" aria-label="Loading the evidence" className="border-t border-line p-3.5">
        <Skeleton className="h-20" />
      </div>
    );
  }
  if (found.isError)
    return <p className="border-t border-line p-3.5 text-sm text-danger">{found.error.message}</p>;
  const { node } = found.data;
  return <Body evidence={evidence} text={node?.__typename === 'Evidence' ? (node.text ?? null) : null} />;
}

function Body({ evidence, text }: { evidence: EvidenceCardFragment; text: string | null }) {
  if (text !== null)
    return <EvidenceText title={evidence.title} text={text} mediaType={evidence.mediaType ?? null} />;
  return (
    <p className="border-t border-line px-3.5 py-3 text-sm text-ink-2">
      This is no text, or more than is shown here. Download it to read it.
    </p>
  );
}
