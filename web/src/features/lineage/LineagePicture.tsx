'use client';

import { type KeyboardEvent, memo, type Ref, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { neighbour } from './edge-paths.ts';
import { PictureBox } from './PictureBox.tsx';
import { PictureStub } from './PictureStub.tsx';
import { edgeTitle } from './picture/edge-title.ts';
import { Overview } from './picture/Overview.tsx';
import { PictureBands } from './picture/PictureBands.tsx';
import { EdgeLine, type EdgeLook, PassingLines } from './picture/PictureEdges.tsx';
import type { PictureMarks, PictureModel } from './picture/picture-model.ts';
import { useShown } from './picture/use-shown.ts';
import { READABLE, type View } from './picture/view-window.ts';
import { litBy } from './upstream-path.ts';

const ARROWS = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'] as const;

export type LineagePictureProps = {
  model: PictureModel;
  marks: PictureMarks;
  /** The part to draw; null for all of it. */
  view: View | null;
  onSelect: (id: string) => void;
  onSelectEdge: (id: string) => void;
  /** Zoom; null fits the width. */
  zoom: number | null;
  svgRef?: Ref<SVGSVGElement>;
};

/** The picture: one SVG with all its paint in attributes, so that it can be saved as it stands. */
export const LineagePicture = memo(function LineagePicture(props: LineagePictureProps) {
  const { model, marks, view, onSelect, onSelectEdge, zoom } = props;
  const { layout, placed, joins } = model;
  const [pointed, setPointed] = useState<string | null>(null);
  const svg = useRef<SVGSVGElement | null>(null);
  const [wanted, setWanted] = useState<string | null>(null);
  const lit = useMemo(() => {
    if (marks.path) return null;
    return pointed && placed.has(pointed) ? litBy(pointed, joins) : null;
  }, [pointed, placed, joins, marks.path]);
  const selected = marks.selected && placed.has(marks.selected) ? marks.selected : null;
  const reachable = selected ?? layout.nodes[0]?.id ?? null;
  const shown = useShown(model, view, marks, lit?.edges ?? null, [reachable, pointed, wanted]);

  // The box that a key leads to may not be drawn yet: it is once it is wanted, and then takes the focus.
  useEffect(() => {
    if (!wanted) return;
    svg.current?.querySelector<SVGGElement>(`[data-node="${CSS.escape(wanted)}"]`)?.focus();
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
      if (next) setWanted(next.id);
    },
    [layout, placed, onSelect],
  );

  const overview = view !== null && view.scale < READABLE;
  const size =
    zoom === null
      ? { width: '100%', maxWidth: wholeWidth(layout), '--least': `${layout.width * 0.56}px` }
      : { width: layout.width * zoom };
  const dimmed = lit !== null || marks.path !== null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a picture of nodes has no element of its own
    <svg
      ref={(element) => {
        svg.current = element;
        if (typeof props.svgRef === 'function') props.svgRef(element);
        else if (props.svgRef) props.svgRef.current = element;
      }}
      viewBox={`0 0 ${layout.width} ${layout.height}`}
      role="group"
      aria-label="Lineage. Arrow keys go along it, Enter opens a node; the table says the same."
      className={`mx-auto block h-auto ${zoom === null ? 'max-sm:min-w-(--least)' : ''}`}
      style={size}
      fontFamily="ui-sans-serif, system-ui, 'Segoe UI', 'Liberation Sans', Arial, sans-serif"
    >
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
                path={model.paths.get(edge.id)!}
                look={lookOf(edge.id, marks, lit?.edges ?? null)}
                title={edgeTitle(edge, placed, model.nodes)}
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
          onPoint={setPointed}
          onOpen={onSelect}
          onKeyDown={onKeyDown}
        />
      ))}
    </svg>
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

/** As wide as lets the whole picture be seen at once, but never so small that it can't be read. */
function wholeWidth({ width, height }: { width: number; height: number }): string {
  const readable = Math.round(width * 0.5);
  return `max(${readable}px, min(${width}px, ${((76 * width) / height).toFixed(2)}vh))`;
}
