'use client';

import { Maximize, Minus, Plus } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { Button } from '@/ui/Button.tsx';
import { LineagePicture } from '../LineagePicture.tsx';
import type { Layout } from '../layout.ts';
import type { PictureMarks, PictureModel } from './picture-model.ts';
import { SaveButtons } from './SaveButtons.tsx';
import { useView } from './use-view.ts';
import { useZoom } from './use-zoom.ts';

const ZOOM_STEP = 1.25;

/** The picture in a region that scrolls, with the ways to zoom and to take it away. */
export function PictureFrame(props: {
  model: PictureModel;
  marks: PictureMarks;
  name: string;
  onSelect: (id: string) => void;
  onSelectEdge: (id: string) => void;
}) {
  const { model, marks } = props;
  const { layout, root } = model;
  const region = useRef<HTMLElement>(null);
  const svg = useRef<SVGSVGElement>(null);
  const { zoom, stretched, zoomBy, fit } = useZoom(region, svg, layout);
  const view = useView(region, svg, stretched.room, layout, root, zoom);
  useInView(region, layout, root, marks.selected);
  return (
    <div className="relative min-w-0">
      <section
        ref={region}
        aria-label="Picture of the lineage"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        tabIndex={0}
        className="max-h-[78vh] min-w-0 overflow-auto rounded-lg border border-line bg-canvas pb-11"
      >
        <LineagePicture
          model={model}
          marks={marks}
          view={view}
          onSelect={props.onSelect}
          onSelectEdge={props.onSelectEdge}
          zoom={zoom}
          stretched={stretched}
          svgRef={svg}
        />
      </section>
      <div className="absolute right-3 bottom-3 flex items-center gap-0.5 rounded-lg border border-line bg-surface p-0.5 shadow-sm">
        <Button size="sm" look="quiet" aria-label="Zoom out" onClick={() => zoomBy(1 / ZOOM_STEP)}>
          <Minus aria-hidden />
        </Button>
        <Button size="sm" look="quiet" aria-label="Zoom in" onClick={() => zoomBy(ZOOM_STEP)}>
          <Plus aria-hidden />
        </Button>
        <Button size="sm" look="quiet" aria-label="Fit the whole picture" onClick={fit}>
          <Maximize aria-hidden /> Fit
        </Button>
        <SaveButtons model={model} marks={marks} name={props.name} />
      </div>
    </div>
  );
}

/** A picture taller than its region opens at the node that was asked about; once one is open, that one stays in view. */
function useInView(
  region: React.RefObject<HTMLElement | null>,
  layout: Layout,
  root: string,
  selected: string | null,
): void {
  const open = useRef(selected);
  open.current = selected;
  useEffect(() => {
    const element = region.current;
    const box =
      layout.nodes.find((n) => n.id === open.current) ?? layout.nodes.find((n) => n.members.includes(root));
    if (!element || !box) return;
    const drawn = element.querySelector('svg')?.getBoundingClientRect();
    if (!drawn) return;
    const scale = drawn.width / layout.width;
    if (element.scrollHeight > element.clientHeight)
      element.scrollTop = (box.y + box.height / 2) * scale - element.clientHeight / 2;
    if (element.scrollWidth > element.clientWidth)
      element.scrollLeft = (box.x + box.width / 2) * scale - element.clientWidth / 2;
  }, [region, layout, root]);
}
