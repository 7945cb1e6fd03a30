import { type KeyboardEvent, memo, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { neighbour } from '../edge-paths.ts';
import { PictureStub } from '../PictureStub.tsx';
import { litBy } from '../upstream-path.ts';
import { Overview } from './Overview.tsx';
import { PictureBands } from './PictureBands.tsx';
import { BoxCell, EdgeCell } from './PictureCells.tsx';
import { PassingLines } from './PictureEdges.tsx';
import { PlainBoxes } from './PlainBoxes.tsx';
import type { PictureMarks, PictureModel } from './picture-model.ts';
import { usePointed } from './use-pointed.ts';
import { useShown } from './use-shown.ts';
import type { View } from './view-window.ts';

const ARROWS = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'] as const;

export type PictureContentsProps = {
  model: PictureModel;
  marks: PictureMarks;
  /** The part to draw; null for all of it. */
  view: View | null;
  onSelect: (id: string) => void;
  onSelectEdge: (id: string) => void;
};

/** Of all in it at once: what each has of its own is looked up for each. */
const POINTER = { cursor: 'pointer' };

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

  const dimmed = lit !== null || marks.path !== null;
  return (
    <g ref={ground}>
      <PictureBands layout={layout} />
      {shown.afar && view ? (
        <Overview model={model} rect={view.rect} marks={marks} onSelect={onSelect} />
      ) : (
        <>
          {/* Faint as a whole, so that it is not darker where many pass. */}
          <g fill="none" opacity={dimmed ? 0.06 : 0.34}>
            {shown.passing.map(({ key, strokes }) => (
              <PassingLines key={key} strokes={strokes} />
            ))}
          </g>
          <g fill="none" style={POINTER}>
            {shown.singles.map(({ key, things }) => (
              <EdgeCell
                key={key}
                things={things}
                model={model}
                marks={marks}
                lit={lit?.edges ?? null}
                onOpen={onSelectEdge}
              />
            ))}
          </g>
          {shown.plain.map(({ key, things }) => (
            <PlainBoxes key={key} things={things} strokeWidth={1} />
          ))}
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
      <g style={POINTER}>
        {shown.full.map(({ key, things }) => (
          <BoxCell
            key={key}
            things={things}
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
  );
});
