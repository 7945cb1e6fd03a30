'use client';

import Link from 'next/link';
import { paths } from '@/navigation/paths.ts';
import { linkLook } from '@/navigation/RefLink.tsx';
import { Button } from '@/ui/Button.tsx';
import { RefLabel } from '@/ui/RefLabel.tsx';
import { foldLabel } from '../collapse.ts';
import type { Growth } from '../growth.ts';
import { KIND_WORDS } from '../lineage-words.ts';
import type { NodeKind, PictureGraph, PictureNode } from '../picture-graph.ts';
import { FoldMembers } from './FoldMembers.tsx';
import { NodeLinks } from './NodeLinks.tsx';
import { Panel } from './Panel.tsx';
import { PeekFacts } from './PeekFacts.tsx';

export type NodePeekProps = {
  graph: PictureGraph;
  /** The box that was opened: one node, or several folded into one. */
  box: { kind: NodeKind; members: readonly string[]; folded: boolean };
  knownOn: string | null;
  grown: readonly Growth[];
  busy: boolean;
  onGrow: (growth: Growth) => void;
  onShrink: (ref: string) => void;
  /** Draws members out of their fold, or all of them. */
  onDraw: (refs: string[]) => void;
  onDrawAll: (ref: string) => void;
  onFold: (() => void) | null;
  onEdge: (id: string) => void;
  /** Picks an end of a path. */
  onPath: (end: 'from' | 'to', ref: string) => void;
  onClose: () => void;
};

/** What is known of the box that was opened, and the ways on from it; for a fold, its members, to be searched. */
export function NodePeek(props: NodePeekProps) {
  const { box, graph } = props;
  const members = box.members
    .map((id) => graph.nodes.find((n) => n.id === id))
    .filter((n): n is PictureNode => n !== undefined);
  const first = members[0];
  if (!first) return null;
  const title = box.folded ? foldLabel(box.kind, members.length) : first.label;
  return (
    <Panel label={`About ${title}`} kind={KIND_WORDS[box.kind]} title={title} onClose={props.onClose}>
      {box.folded ? (
        <FoldMembers
          graph={graph}
          members={members}
          knownOn={props.knownOn}
          onDraw={props.onDraw}
          onDrawAll={props.onDrawAll}
        />
      ) : (
        <>
          <RefLabel value={first.ref} />
          <p className="flex flex-wrap gap-x-4 gap-y-1">
            <Link
              href={paths.ofRef(first.ref, { asOf: props.knownOn })}
              className={`${linkLook} font-medium`}
            >
              Open its page
            </Link>
            {first.id === graph.root ? null : (
              <Link href={paths.lineage(first.ref, { asOf: props.knownOn })} className={linkLook}>
                Make it the root
              </Link>
            )}
          </p>
          <WaysOn {...props} node={first} />
          <PeekFacts nodeRef={first.ref} knownOn={props.knownOn} />
          <NodeLinks graph={graph} node={first} onEdge={props.onEdge} />
          {props.onFold ? (
            <Button size="sm" onClick={props.onFold}>
              Fold it back with the others
            </Button>
          ) : null}
        </>
      )}
    </Panel>
  );
}

const WAYS = [
  { way: 'UPSTREAM', name: 'Upstream' },
  { way: 'DOWNSTREAM', name: 'Downstream' },
] as const;

/** Draws more from a node, one level or all, either way; and picks it as the end of a path. */
function WaysOn(props: NodePeekProps & { node: PictureNode }) {
  const { node, grown, busy } = props;
  const mine = grown.filter((g) => g.ref === node.ref);
  return (
    <div className="flex flex-col gap-2 rounded-md bg-sunken p-2.5">
      {WAYS.map(({ way, name }) => (
        <fieldset key={way} className="flex items-center gap-1.5">
          <legend className="sr-only">Draw what is {name.toLowerCase()}</legend>
          <span aria-hidden="true" className="w-22 text-xs text-ink-2">
            {name}
          </span>
          {[false, true].map((all) => (
            <Button
              key={String(all)}
              size="sm"
              aria-label={`${all ? 'All' : 'One level'} ${name.toLowerCase()}`}
              disabledReason={
                mine.some((g) => g.way === way && (g.all || !all)) && !busy ? 'It is drawn.' : null
              }
              onClick={() => props.onGrow({ ref: node.ref, way, all })}
            >
              {all ? 'All' : 'One level'}
            </Button>
          ))}
        </fieldset>
      ))}
      {mine.length > 0 ? (
        <Button size="sm" look="quiet" className="self-start" onClick={() => props.onShrink(node.ref)}>
          Take back what was drawn from it
        </Button>
      ) : null}
      <fieldset className="flex items-center gap-1.5">
        <legend className="sr-only">A path between two nodes</legend>
        <span aria-hidden="true" className="w-22 text-xs text-ink-2">
          Path
        </span>
        <Button size="sm" aria-label="Path from here" onClick={() => props.onPath('from', node.ref)}>
          From here
        </Button>
        <Button size="sm" aria-label="Path to here" onClick={() => props.onPath('to', node.ref)}>
          To here
        </Button>
      </fieldset>
    </div>
  );
}
