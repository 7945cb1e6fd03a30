'use client';

import { Download, Maximize, Minus, Network, Plus, TableIcon } from 'lucide-react';
import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { Button } from '@/ui/Button.tsx';
import { Notice } from '@/ui/Notice.tsx';
import { moment, plural } from '@/ui/numbers.ts';
import { useToast } from '@/ui/Toast.tsx';
import { AsOf } from './AsOf.tsx';
import { Legend } from './Legend.tsx';
import { LineagePeek } from './LineagePeek.tsx';
import { LineagePicture } from './LineagePicture.tsx';
import { LineageTable } from './LineageTable.tsx';
import type { Layout } from './layout.ts';
import type { PictureGraph } from './picture-graph.ts';
import { savePng, saveSvg, standaloneSvg } from './save-picture.ts';
import { useLayout } from './use-layout.ts';
import { useLineage } from './use-lineage.ts';

const NOTHING: ReadonlySet<string> = new Set();
const ZOOM_STEP = 1.25;

export type LineageExplorerProps = {
  refOf: string;
  direction: 'UPSTREAM' | 'DOWNSTREAM';
  initial: PictureGraph;
  initialKnownOn: string | null;
  initialLayout: Layout;
};

/** Picture and table of one lineage, with what both share: the date, the cut, the way on. View and date are in the URL. */
export function LineageExplorer(props: LineageExplorerProps) {
  const [search, setSearch] = useAddress();
  const asTable = search.get('view') === 'table';
  const knownOn = search.get('asOf') || null;
  const { graph, busy, failure, goOn } = useLineage({ ...props, knownOn });
  const [revealed, setRevealed] = useState<ReadonlySet<string>>(NOTHING);
  const first = useRef({ graph: props.initial, layout: props.initialLayout });
  const { layout, busy: drawing } = useLayout(graph, revealed, first.current);
  const [selected, setSelected] = useState<string | null>(null);
  const [zoom, setZoom] = useState<number | null>(null);
  const svg = useRef<SVGSVGElement>(null);
  const scroll = useRef<HTMLDivElement>(null);
  useRootInView(scroll, layout, graph.root);
  usePinch(scroll, (factor) => setZoom((old) => clampZoom((old ?? shown(svg.current, layout)) * factor)));
  const open = layout.nodes.find((n) => n.id === selected) ?? null;
  const step = (factor: number) => setZoom(clampZoom((zoom ?? shown(svg.current, layout)) * factor));

  return (
    <div className="flex flex-col gap-3" aria-busy={busy || drawing}>
      <div className="flex flex-wrap items-center gap-2">
        <fieldset className="flex">
          <legend className="sr-only">View</legend>
          <Button
            size="sm"
            aria-pressed={!asTable}
            className="rounded-r-none aria-pressed:bg-accent-soft aria-pressed:text-accent"
            onClick={() => setSearch({ view: null })}
          >
            <Network aria-hidden /> Picture
          </Button>
          <Button
            size="sm"
            aria-pressed={asTable}
            className="-ml-px rounded-l-none aria-pressed:bg-accent-soft aria-pressed:text-accent"
            onClick={() => setSearch({ view: 'table' })}
          >
            <TableIcon aria-hidden /> Table
          </Button>
        </fieldset>
        <AsOf value={knownOn} answered={graph.knownOn} onChange={(value) => setSearch({ asOf: value })} />
        <span className="text-xs text-ink-3" role="status">
          {busy ? 'Asking…' : `${plural(graph.nodes.length, 'node')}, ${plural(graph.edges.length, 'edge')}`}
        </span>
        {asTable ? null : (
          <div className="ml-auto flex flex-wrap items-center gap-1">
            <Button size="sm" look="quiet" aria-label="Zoom out" onClick={() => step(1 / ZOOM_STEP)}>
              <Minus aria-hidden />
            </Button>
            <Button size="sm" look="quiet" aria-label="Zoom in" onClick={() => step(ZOOM_STEP)}>
              <Plus aria-hidden />
            </Button>
            <Button
              size="sm"
              look="quiet"
              onClick={() => setZoom(fitting(scroll.current, layout))}
              aria-label="Fit the whole picture"
            >
              <Maximize aria-hidden /> Fit
            </Button>
            <SaveButtons svg={svg} layout={layout} name={props.refOf} />
          </div>
        )}
      </div>
      <NotYetNotice graph={graph} />
      <TruncationNotice graph={graph} busy={busy} onGoOn={goOn} />
      {failure ? (
        <Notice tone="danger" role="alert" title="That could not be shown">
          {failure}
        </Notice>
      ) : null}
      {asTable ? (
        <LineageTable graph={graph} />
      ) : (
        <>
          <div className={open ? 'grid items-start gap-3 lg:grid-cols-[minmax(0,1fr)_20rem]' : 'grid'}>
            <section
              ref={scroll}
              aria-label="Picture of the lineage"
              // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
              tabIndex={0}
              className="max-h-[78vh] min-w-0 overflow-auto rounded-lg border border-line bg-canvas"
            >
              <LineagePicture
                graph={graph}
                layout={layout}
                selected={selected}
                onSelect={(id) => setSelected(id === selected ? null : id)}
                zoom={zoom}
                svgRef={svg}
              />
            </section>
            {open ? (
              <LineagePeek
                graph={graph}
                node={open}
                knownOn={knownOn}
                onClose={() => setSelected(null)}
                onReveal={(ids) => setRevealed(new Set([...revealed, ...ids]))}
                onFold={revealed.has(open.id) ? () => setRevealed(NOTHING) : null}
              />
            ) : null}
          </div>
          <Legend />
        </>
      )}
    </div>
  );
}

function useAddress(): [URLSearchParams, (change: Record<string, string | null>) => void] {
  const router = useRouter();
  const pathname = usePathname();
  const params = useSearchParams();
  const change = (values: Record<string, string | null>) => {
    const next = new URLSearchParams(params);
    for (const [name, value] of Object.entries(values)) {
      if (value === null) next.delete(name);
      else next.set(name, value);
    }
    const text = next.toString();
    router.replace(text ? `${pathname}?${text}` : pathname, { scroll: false });
  };
  return [params, change];
}

const clampZoom = (zoom: number) => Math.min(3, Math.max(0.1, zoom));

function shown(svg: SVGSVGElement | null, layout: Layout): number {
  return svg ? svg.getBoundingClientRect().width / layout.width : 1;
}

function fitting(region: HTMLElement | null, layout: Layout): number | null {
  if (!region) return null;
  const room = Math.min(window.innerHeight * 0.78, Math.max(region.clientHeight, 320));
  return clampZoom(Math.min(1.25, region.clientWidth / layout.width, room / layout.height));
}

/** A picture taller than its region opens at the node that was asked about, and stays there when more is drawn. */
function useRootInView(region: React.RefObject<HTMLElement | null>, layout: Layout, root: string): void {
  useEffect(() => {
    const element = region.current;
    const box = layout.nodes.find((n) => n.members.includes(root));
    if (!element || !box || element.scrollHeight <= element.clientHeight) return;
    const scale = element.scrollHeight / layout.height;
    element.scrollTop = (box.y + box.height / 2) * scale - element.clientHeight / 2;
  }, [region, layout, root]);
}

/** Pinching, or the wheel with Ctrl held, zooms; the wheel alone scrolls the page as it does elsewhere. */
function usePinch(region: React.RefObject<HTMLElement | null>, onZoom: (factor: number) => void): void {
  const handler = useRef(onZoom);
  handler.current = onZoom;
  useEffect(() => {
    const element = region.current;
    if (!element) return;
    const onWheel = (event: WheelEvent) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      handler.current(Math.exp(-event.deltaY / 300));
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [region]);
}

function SaveButtons(props: { svg: React.RefObject<SVGSVGElement | null>; layout: Layout; name: string }) {
  const say = useToast();
  const file = `lineage-${props.name.replace(/[^\w.-]+/g, '-')}`;
  const save = async (as: 'svg' | 'png') => {
    if (!props.svg.current) return;
    const { width, height } = props.layout;
    const text = standaloneSvg(props.svg.current, width, height);
    try {
      if (as === 'svg') saveSvg(text, file);
      else await savePng(text, file, width, height);
      say(`Saved ${file}.${as}`);
    } catch (error) {
      say(error instanceof Error ? error.message : 'The picture could not be saved.');
    }
  };
  return (
    <>
      <Button size="sm" look="quiet" aria-label="Save as SVG" onClick={() => save('svg')}>
        <Download aria-hidden /> SVG
      </Button>
      <Button size="sm" look="quiet" aria-label="Save as PNG" onClick={() => save('png')}>
        <Download aria-hidden /> PNG
      </Button>
    </>
  );
}

/** Before it was recorded there is nothing to draw, which must not look like a thing without a past. */
function NotYetNotice({ graph }: { graph: PictureGraph }) {
  const root = graph.nodes.find((n) => n.id === graph.root);
  if (!root || root.recordedAt <= graph.knownOn) return null;
  return (
    <Notice tone="info" role="status" title="Not yet recorded on that date">
      {root.label} was recorded on {moment(root.recordedAt)}; nothing of its lineage was known here before.
    </Notice>
  );
}

function TruncationNotice(props: { graph: PictureGraph; busy: boolean; onGoOn: () => void }) {
  const { truncated } = props.graph;
  if (!truncated) return null;
  return (
    <Notice tone="warning" role="status" title="This lineage is cut">
      <div className="flex flex-wrap items-center gap-3">
        <span>
          {truncated.reason} It goes on from {plural(truncated.frontier.length, 'node')}.
        </span>
        <Button size="sm" busy={props.busy} onClick={props.onGoOn}>
          Continue from there
        </Button>
      </div>
    </Notice>
  );
}
