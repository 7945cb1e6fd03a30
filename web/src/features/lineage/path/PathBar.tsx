'use client';

import { X } from 'lucide-react';
import { Button } from '@/ui/Button.tsx';
import { Combobox } from '@/ui/Combobox.tsx';
import { Field } from '@/ui/Field.tsx';
import { percent, plural } from '@/ui/numbers.ts';
import { nodeOption, nodeOptions } from '../node-options.ts';
import type { PictureGraph } from '../picture-graph.ts';
import type { Way } from './use-path.ts';

export type PathBarProps = {
  graph: PictureGraph;
  from: string | null;
  to: string | null;
  ways: Way[] | null;
  busy: boolean;
  failure: string | null;
  onPick: (end: { from?: string | null; to?: string | null }) => void;
  onNode: (ref: string) => void;
  onClose: () => void;
};

/** Picks the two ends of a path, and tells the ways between them in words. */
export function PathBar(props: PathBarProps) {
  const { graph, from, to, onPick } = props;
  const load = nodeOptions(graph);
  return (
    <section
      aria-label="Path between two nodes"
      className="rounded-lg border border-line bg-surface p-3 text-sm"
    >
      <div className="flex flex-wrap items-end gap-3">
        <Field label="Path from" className="min-w-56 flex-1">
          <Combobox
            single
            load={load}
            placeholder="Type a name, or open a node"
            chosen={from ? [nodeOption(graph, from)] : []}
            onChange={([one]) => onPick({ from: one?.value ?? null })}
          />
        </Field>
        <Field label="to" className="min-w-56 flex-1">
          <Combobox
            single
            load={load}
            placeholder="Type a name, or open a node"
            chosen={to ? [nodeOption(graph, to)] : []}
            onChange={([one]) => onPick({ to: one?.value ?? null })}
          />
        </Field>
        <Button look="quiet" size="icon" aria-label="Close the path" onClick={props.onClose}>
          <X aria-hidden />
        </Button>
      </div>
      <div role="status" className="mt-2">
        <Answer {...props} />
      </div>
    </section>
  );
}

function Answer({ graph, from, to, ways, busy, failure, onNode }: PathBarProps) {
  if (failure) return <p className="text-danger">{failure}</p>;
  if (!from || !to) return <p className="text-ink-3">Pick both ends: the ways between them light up.</p>;
  if (from === to) return <p className="text-ink-3">Both ends are the same node.</p>;
  if (busy || !ways) return <p className="text-ink-3">Looking for the ways…</p>;
  const name = (ref: string) => nodeOption(graph, ref).label;
  if (ways.length === 0) {
    return (
      <p>
        No way leads from {name(from)} to {name(to)}, in either direction.
      </p>
    );
  }
  return (
    <ol className="flex flex-col gap-1.5">
      {ways.map((way, index) => (
        <li
          key={way.nodes.map((n) => n.id).join(' ')}
          className="flex flex-wrap items-baseline gap-x-1.5 gap-y-1"
        >
          <span className="text-ink-2">
            {index === 0 ? 'Shortest, ' : ''}
            {plural(way.nodes.length - 1, 'step')} {way.direction === 'UPSTREAM' ? 'upstream' : 'downstream'}
            {way.share === null ? '' : `, share ${percent(way.share)}`}:
          </span>
          {way.nodes.map((n, i) => (
            <span key={n.id} className="inline-flex items-baseline gap-1.5">
              {i > 0 ? (
                <span aria-hidden="true" className="text-ink-3">
                  →
                </span>
              ) : null}
              <button
                type="button"
                className="rounded-sm py-0.5 text-accent underline decoration-accent-line underline-offset-2"
                onClick={() => onNode(n.ref)}
              >
                {n.label}
              </button>
            </span>
          ))}
        </li>
      ))}
    </ol>
  );
}
