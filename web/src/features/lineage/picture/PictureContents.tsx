import { type KeyboardEvent, memo, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { neighbour } from '../edge-paths.ts';
import { PictureBox } from '../PictureBox.tsx';
import { PictureStub } from '../PictureStub.tsx';
import { litBy } from '../upstream-path.ts';
import { Overview } from './Overview.tsx';
import { PictureBands } from './PictureBands.tsx';
import { EdgeLine, type EdgeLook, PassingLines } from './PictureEdges.tsx';
import type { PictureMarks, PictureModel } from './picture-model.ts';
import { usePointed } from './use-pointed.ts';
import { useShown } from './use-shown.ts';
import { READABLE, type View } from './view-window.ts';

const ARROWS = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'] as const;

export type PictureContentsProps = {
  model: PictureModel;
  marks: PictureMarks;
  /** The part to draw; null for all of it. */
  view: View | null;
  onSelect: (id: string) => void;
  onSelectEdge: (id: string) => void;
};

/** Everything in the picture; another zoom changes nothing of it. */
export const PictureContents = memo(function PictureContents(props: PictureContentsProps) {
  const { model, marks, view, onSelect, onSelectEdge } = props;
  const { layout, placed, joins } = model;
  const ground = useRef<SVGGElement>(null);
  const [pointed, point] = usePointed();
  const [wanted, setWanted] = useState<{ id: string } | null>(null);
  const lit = useMemo(() => {
    if (marks.path) return null;
    return pointed && placed.has(pointed) ? litBy(pointed, joins) : null;
  }, [pointed, placed, joins, marks.path]);
  const selected = marks.selected && placed.has(marks.selected) ? marks.selected : null;
  const reachable = selected ?? layout.nodes[0]?.id ?? null;
  const shown = useShown(model, view, marks, lit?.edges ?? null, [reachable, pointed, wanted?.id ?? null]);

  // The box that a key leads to may not be drawn yet: it is once it is wanted, and then takes the focus.
  useEffect(() => {
    if (!wanted) return;
    const name = `[data-node="${CSS.escape(wanted.id)}"]`;
    ground.current?.querySelector<SVGGElement>(name)?.focus();
  }, [wanted]);

  const onKeyDown = useCallback(
    (event: KeyboardEvent<SVGGElement>, id: string) => {
      if (event.key === 'Enter' || event.key === ' ') {
        event.preventDefault();
        onSelect(id);
        return;
      }
      const arrow = ARROWS.find((key) => key === event.key);
      const from = placed.get(id);
      if (!arrow || !from) return;
      event.preventDefault();
      const next = neighbour(layout, from, arrow);
      if (next) setWanted({ id: next.id });
    },
    [layout, placed, onSelect],
  );

  const overview = view !== null && view.scale < READABLE;
  const dimmed = lit !== null || marks.path !== null;
  return (
    <g ref={ground}>
      <PictureBands layout={layout} />
      {overview ? (
        <Overview model={model} rect={view.rect} marks={marks} onSelect={onSelect} />
      ) : (
        <>
          <g fill="none">
            {shown.passing.size > 0 ? <PassingLines widths={shown.passing} dim={dimmed} /> : null}
            {shown.edges.map((edge) => (
              <EdgeLine
                key={edge.id}
                edge={edge}
                model={model}
                look={lookOf(edge.id, marks, lit?.edges ?? null)}
                mark={marks.edgeMarks.get(edge.id) ?? null}
                onOpen={onSelectEdge}
              />
            ))}
          </g>
          {shown.stubs.map((stub) => (
            <PictureStub
              key={stub.id}
              stub={stub}
              path={model.paths.get(stub.id)}
              dim={dimmed && !(lit ?? marks.path)?.nodes.has(stub.of)}
            />
          ))}
        </>
      )}
      {(overview ? shown.kept : shown.nodes).map((node) => (
        <PictureBox
          key={node.id}
          node={node}
          members={model.members.get(node.id) ?? NOBODY}
          shares={model.shares}
          root={node.members.includes(model.root)}
          selected={node.id === selected}
          look={boxLook(node.id, marks, lit?.nodes ?? null)}
          added={marks.added.has(node.id)}
          open={marks.open.has(node.id)}
          tabIndex={node.id === reachable ? 0 : -1}
          pointed={node.id === pointed}
          onPoint={point}
          onOpen={onSelect}
          onKeyDown={onKeyDown}
        />
      ))}
    </g>
  );
});

const NOBODY: never[] = [];

function lookOf(id: string, marks: PictureMarks, lit: ReadonlySet<string> | null): EdgeLook {
  if (marks.selectedEdge === id) return 'selected';
  if (marks.path) return marks.path.edges.has(id) ? 'path' : 'dim';
  if (!lit) return 'plain';
  return lit.has(id) ? 'lit' : 'dim';
}

function boxLook(id: string, marks: PictureMarks, lit: ReadonlySet<string> | null): 'plain' | 'dim' | 'path' {
  if (marks.path) return marks.path.nodes.has(id) ? 'path' : 'dim';
  return lit && !lit.has(id) ? 'dim' : 'plain';
}
