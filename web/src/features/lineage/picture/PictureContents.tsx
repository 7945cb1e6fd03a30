import { type KeyboardEvent, memo, type Ref, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { neighbour } from '../edge-paths.ts';
import { PictureStub } from '../PictureStub.tsx';
import { litBy } from '../upstream-path.ts';
import { PictureBands } from './PictureBands.tsx';
import { BoxRow, EdgeRow } from './PictureCells.tsx';
import { GroundBoxes, GroundLines, StandingOut } from './PictureGround.tsx';
import type { PictureMarks, PictureModel } from './picture-model.ts';
import { useGround } from './use-ground.ts';
import { usePointed } from './use-pointed.ts';
import { useShown } from './use-shown.ts';
import type { View } from './view-window.ts';

const ARROWS = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'] as const;

const FONT = "ui-sans-serif, system-ui, 'Segoe UI', 'Liberation Sans', Arial, sans-serif";
/** Of all in it at once: what each has of its own is looked up for each. */
const POINTER = { cursor: 'pointer' };

export type PictureContentsProps = {
  model: PictureModel;
  marks: PictureMarks;
  /** The part to draw; null for all of it. */
  view: View | null;
  svgRef?: Ref<SVGSVGElement>;
  onSelect: (id: string) => void;
  onSelectEdge: (id: string) => void;
};

/**
 * The picture, in the width that it is given; another zoom changes nothing of it. What moves with the view lies on
 * what never does, so that a browser need not paint that again.
 */
export const PictureContents = memo(function PictureContents(props: PictureContentsProps) {
  const { model, marks, view, svgRef, onSelect, onSelectEdge } = props;
  const { layout, placed, joins } = model;
  const whole = useRef<SVGGElement>(null);
  const [pointed, point] = usePointed();
  const [wanted, setWanted] = useState<{ id: string } | null>(null);
  const lit = useMemo(() => {
    if (marks.path) return null;
    return pointed && placed.has(pointed) ? litBy(pointed, joins) : null;
  }, [pointed, placed, joins, marks.path]);
  const selected = marks.selected && placed.has(marks.selected) ? marks.selected : null;
  const reachable = selected ?? layout.nodes[0]?.id ?? null;
  const shown = useShown(model, view, marks, lit, [reachable, pointed, wanted?.id ?? null]);
  const ground = useGround(model, view !== null);

  // The box that a key leads to may not be drawn yet: it is once it is wanted, and then takes the focus.
  useEffect(() => {
    if (!wanted) return;
    const name = `[data-node="${CSS.escape(wanted.id)}"]`;
    whole.current?.querySelector<SVGGElement>(name)?.focus();
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

  const dimmed = lit !== null || marks.path !== null;
  const box = `0 0 ${layout.width} ${layout.height}`;
  return (
    <>
      {view ? (
        <div className="absolute inset-0 will-change-transform">
          <svg viewBox={box} aria-hidden className="relative size-full" fontFamily={FONT}>
            <PictureBands layout={layout} />
            {ground ? <GroundLines ground={ground} dimmed={dimmed} /> : null}
            {ground ? (
              <GroundBoxes
                model={model}
                ground={ground}
                dimmed={dimmed}
                afar={shown.afar}
                onSelect={onSelect}
              />
            ) : null}
          </svg>
        </div>
      ) : null}
      {/* biome-ignore lint/a11y/useSemanticElements: a picture of nodes has no element of its own */}
      <svg
        ref={svgRef}
        viewBox={box}
        role="group"
        aria-label="Lineage. Arrow keys go along it, Enter opens a node; the table says the same."
        // What lies on the ground alone is pointed at there.
        className={`relative block h-auto w-full ${view ? 'pointer-events-none' : ''}`}
        fontFamily={FONT}
        // Otherwise every text is measured anew for each step of a zoom.
        textRendering="geometricPrecision"
      >
        <g ref={whole} pointerEvents="auto">
          {view ? null : <PictureBands layout={layout} />}
          <g fill="none" style={POINTER}>
            {shown.lines.map(({ y, parts }) => (
              <EdgeRow
                key={y}
                things={parts}
                model={model}
                marks={marks}
                lit={lit?.edges ?? null}
                onGround={ground !== null}
                onOpen={onSelectEdge}
              />
            ))}
          </g>
          <StandingOut
            boxes={shown.standingOut}
            stroke={marks.path ? 'var(--cat-3)' : 'var(--line-strong)'}
            strokeWidth={shown.afar ? 4 : 1.75}
          />
          {shown.stubs.map((stub) => (
            <PictureStub
              key={stub.id}
              stub={stub}
              path={model.paths.get(stub.id)}
              dim={dimmed && !(lit ?? marks.path)?.nodes.has(stub.of)}
            />
          ))}
          <g style={POINTER}>
            {shown.boxes.map(({ y, parts }) => (
              <BoxRow
                key={y}
                things={parts}
                model={model}
                marks={marks}
                lit={lit?.nodes ?? null}
                selected={selected}
                reachable={reachable}
                pointed={pointed}
                onPoint={point}
                onOpen={onSelect}
                onKeyDown={onKeyDown}
              />
            ))}
          </g>
        </g>
      </svg>
    </>
  );
});
