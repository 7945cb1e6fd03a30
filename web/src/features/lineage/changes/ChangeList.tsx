'use client';

import { useState } from 'react';
import { Badge, type Tone } from '@/ui/Badge.tsx';
import { Button } from '@/ui/Button.tsx';
import { exactMoment, plural } from '@/ui/numbers.ts';
import type { Change, ChangeKind, Changes } from './change-marks.ts';

const AT_ONCE = 12;

const KINDS: Record<ChangeKind, { tone: Tone; word: string; one: string; many: string }> = {
  added: { tone: 'success', word: 'Recorded', one: 'recorded', many: 'recorded' },
  removed: { tone: 'danger', word: 'Taken back', one: 'taken back', many: 'taken back' },
  share: { tone: 'accent', word: 'Share', one: 'share moved', many: 'shares moved' },
  disputed: { tone: 'warning', word: 'Disputed', one: 'disputed', many: 'disputed' },
};

/** What changed between two moments, in words: what came, what was taken back and by whom, which shares moved. */
export function ChangeList(props: {
  lines: Change[];
  answer: Changes;
  onNode: (ref: string) => void;
  onEdge: (id: string) => void;
}) {
  const { lines, answer } = props;
  const [kind, setKind] = useState<ChangeKind | null>(null);
  const [shown, setShown] = useState(AT_ONCE);
  const found = kind ? lines.filter((l) => l.kind === kind) : lines;
  const count = (of: ChangeKind) => lines.filter((l) => l.kind === of).length;
  return (
    <section aria-label="What changed" className="rounded-lg border border-line bg-surface p-3 text-sm">
      <div className="flex flex-wrap items-center gap-2">
        <h3 className="mr-auto font-medium">
          What changed from {exactMoment(answer.since)} to {exactMoment(answer.until)}
        </h3>
        {(Object.keys(KINDS) as ChangeKind[]).map((one) => (
          <Button
            key={one}
            size="sm"
            aria-pressed={kind === one}
            className="aria-pressed:bg-accent-soft aria-pressed:text-accent"
            disabledReason={count(one) === 0 ? 'There is none.' : null}
            onClick={() => setKind(kind === one ? null : one)}
          >
            {plural(count(one), KINDS[one].one, KINDS[one].many)}
          </Button>
        ))}
      </div>
      {answer.truncated ? (
        <p className="mt-2 text-warning" role="note">
          {answer.truncated.partial
            ? 'The lineage is very large: only what was itself recorded or retracted is told.'
            : 'There are more changes than are listed.'}
        </p>
      ) : null}
      {lines.length === 0 ? <p className="mt-2 text-ink-2">Nothing changed between these moments.</p> : null}
      <ul className="mt-1 divide-y divide-line">
        {found.slice(0, shown).map((line) => (
          <Line key={line.id} line={line} onNode={props.onNode} onEdge={props.onEdge} />
        ))}
      </ul>
      {found.length > shown ? (
        <Button size="sm" className="mt-2" onClick={() => setShown(shown + AT_ONCE * 4)}>
          Show more of {plural(found.length - shown, 'other change')}
        </Button>
      ) : null}
    </section>
  );
}

function Line(props: { line: Change; onNode: (ref: string) => void; onEdge: (id: string) => void }) {
  const { line } = props;
  const open = line.node
    ? () => props.onNode(line.node ?? '')
    : line.edge
      ? () => props.onEdge(line.edge ?? '')
      : null;
  const said = [line.by ? `by ${line.by}` : '', line.at ? exactMoment(line.at) : '', line.reason ?? '']
    .filter(Boolean)
    .join(', ');
  return (
    <li className="grid grid-cols-[6rem_minmax(0,1fr)] items-baseline gap-x-3 py-1.5">
      <Badge tone={KINDS[line.kind].tone}>{KINDS[line.kind].word}</Badge>
      <span className="min-w-0 break-words">
        {open ? (
          <button
            type="button"
            className="rounded-sm text-left text-ink underline decoration-line-strong underline-offset-2 hover:text-accent"
            onClick={open}
          >
            {line.what}
          </button>
        ) : (
          line.what
        )}
        {said ? <span className="ml-2 text-xs text-ink-3">{said}</span> : null}
      </span>
    </li>
  );
}
