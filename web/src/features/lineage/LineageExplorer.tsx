'use client';

import { useMemo, useRef, useState } from 'react';
import { Notice } from '@/ui/Notice.tsx';
import { ChangeList } from './changes/ChangeList.tsx';
import { TimeStrip } from './changes/TimeStrip.tsx';
import { useChanges, useStops } from './changes/use-changes.ts';
import { NotYetNotice, TruncationNotice } from './ExplorerNotices.tsx';
import { ExplorerPanel } from './ExplorerPanel.tsx';
import { ExplorerToolbar, type Strip } from './ExplorerToolbar.tsx';
import type { Direction } from './explorer-state.ts';
import { countOf, FilterBar } from './filters/FilterBar.tsx';
import { useFiltered } from './filters/use-filtered.ts';
import { Legend } from './Legend.tsx';
import { LineageTable } from './LineageTable.tsx';
import type { Layout } from './layout.ts';
import { PathBar } from './path/PathBar.tsx';
import { usePath } from './path/use-path.ts';
import { PictureFrame } from './picture/PictureFrame.tsx';
import { pictureModel } from './picture/picture-model.ts';
import type { PictureGraph } from './picture-graph.ts';
import { revealedBy } from './revealed.ts';
import { useExplorerState } from './use-explorer-state.ts';
import { useLayout } from './use-layout.ts';
import { useLineage } from './use-lineage.ts';
import { useMarks } from './use-marks.ts';

const NOTHING: readonly string[] = [];

export type LineageExplorerProps = {
  refOf: string;
  direction: Direction;
  initial: PictureGraph;
  initialKnownOn: string | null;
  initialLayout: Layout;
};

/** Picture and table of one lineage, with what both share. All of the view is in the address. */
export function LineageExplorer(props: LineageExplorerProps) {
  const { refOf, direction } = props;
  const [state, change] = useExplorerState();
  const [opened, setOpened] = useState<ReadonlySet<Strip>>(new Set());
  const lineage = useLineage({ ...props, state });
  const path = usePath(lineage.graph, state.from, state.to, state.asOf);
  const changes = useChanges(refOf, direction, state.since, state.asOf);
  const moments = changes.changes?.moments ?? NOTHING;
  const stops = useStops(lineage.graph, refOf, direction, state, moments);
  const filtered = useFiltered(path.whole, direction, state);
  const graph = filtered.graph;
  const revealed = useMemo(
    () => revealedBy(graph, state.drawn, state.unfolded),
    [graph, state.drawn, state.unfolded],
  );
  const first = useRef({ graph: props.initial, layout: props.initialLayout });
  const { laidOut, busy: drawing } = useLayout(graph, revealed, first.current);
  const { layout } = laidOut;
  const model = useMemo(() => pictureModel(laidOut), [laidOut]);
  const marks = useMarks(graph, layout, state, path.ways, changes.changes?.marks ?? null);

  const strips = new Set<Strip>([...opened].filter((s) => s !== 'path'));
  if (state.since !== null || state.asOf !== null) strips.add('time');
  if (countOf(state) > 0) strips.add('filters');
  if (opened.has('path') || state.from !== null || state.to !== null) strips.add('path');
  const toggle = (strip: Strip) => {
    const next = new Set(opened);
    if (strips.has(strip)) next.delete(strip);
    else next.add(strip);
    setOpened(next);
    if (!strips.has(strip)) return;
    if (strip === 'path') change({ from: null, to: null });
    if (strip === 'time') change({ since: null, ...(state.asOf === null ? {} : { asOf: null }) });
    if (strip === 'filters') change({ kinds: [], stages: [], share: null, tag: null });
  };
  const openNode = (ref: string) => change({ at: ref, edge: null });
  const openEdge = (id: string) => change({ edge: id, at: null });
  const selectBox = (id: string) => {
    const member = model.members.get(id)?.[0];
    if (member) change({ at: id === marks.picture.selected ? null : member.ref, edge: null });
  };
  const selectLine = (id: string) => {
    const recorded = layout.edges.find((e) => e.id === id)?.edges[0];
    if (recorded) change({ edge: id === marks.picture.selectedEdge ? null : recorded, at: null });
  };
  const failures = [lineage.failure, filtered.failure, changes.failure].filter((f) => f !== null);
  const busy = lineage.busy || path.busy || filtered.busy || changes.busy;
  const panel = marks.box !== null || marks.edges.length > 0;

  return (
    <div className="flex flex-col gap-3" aria-busy={busy || drawing}>
      <ExplorerToolbar
        graph={graph}
        state={state}
        busy={busy}
        strips={strips}
        onToggle={toggle}
        onTable={(asTable) => change({ asTable })}
      />
      {strips.has('time') ? (
        <TimeStrip
          stops={stops}
          asOf={state.asOf}
          since={state.since}
          answered={lineage.graph.knownOn}
          onAsOf={(asOf) => change({ asOf })}
          onSince={(since) => change({ since })}
          onClose={() => toggle('time')}
        />
      ) : null}
      {changes.changes ? <ChangeList {...changes.changes} onNode={openNode} onEdge={openEdge} /> : null}
      {strips.has('filters') ? (
        <FilterBar chosen={state} graph={lineage.graph} hidden={filtered.hidden} onChange={change} />
      ) : null}
      {strips.has('path') ? (
        <PathBar
          {...path}
          graph={path.whole}
          from={state.from}
          to={state.to}
          onPick={change}
          onNode={openNode}
          onClose={() => toggle('path')}
        />
      ) : null}
      <NotYetNotice graph={graph} />
      <TruncationNotice
        graph={lineage.graph}
        busy={lineage.busy}
        onGoOn={() => change({ more: state.more + 1 })}
      />
      {failures.map((failure) => (
        <Notice key={failure} tone="danger" role="alert" title="That could not be shown">
          {failure}
        </Notice>
      ))}
      <div className={panel ? 'grid items-start gap-3 lg:grid-cols-[minmax(0,1fr)_21rem]' : 'grid'}>
        {state.asTable ? (
          <LineageTable
            graph={graph}
            direction={direction}
            knownOn={state.asOf}
            filtered={filtered.hidden.nodes + filtered.hidden.edges > 0}
            marks={marks.table}
            open={state.edge}
            onEdge={openEdge}
          />
        ) : (
          <PictureFrame
            model={model}
            marks={marks.picture}
            name={refOf}
            onSelect={selectBox}
            onSelectEdge={selectLine}
          />
        )}
        {panel ? (
          <ExplorerPanel
            graph={graph}
            box={marks.box}
            edges={marks.edges}
            revealed={revealed}
            state={state}
            busy={lineage.busy}
            change={change}
          />
        ) : null}
      </div>
      {state.asTable ? null : <Legend marks={marks.picture} />}
    </div>
  );
}
