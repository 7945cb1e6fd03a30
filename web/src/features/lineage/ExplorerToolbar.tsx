'use client';

import { History, Network, Route, SlidersHorizontal, TableIcon } from 'lucide-react';
import { Button } from '@/ui/Button.tsx';
import { moment, plural } from '@/ui/numbers.ts';
import type { ExplorerState } from './explorer-state.ts';
import { countOf } from './filters/FilterBar.tsx';
import type { PictureGraph } from './picture-graph.ts';

export type Strip = 'time' | 'filters' | 'path';

const PRESSED = 'aria-pressed:bg-accent-soft aria-pressed:text-accent';

/** Picture or table, and what opens above them: moments, filters, paths. */
export function ExplorerToolbar(props: {
  graph: PictureGraph;
  state: ExplorerState;
  busy: boolean;
  strips: ReadonlySet<Strip>;
  onToggle: (strip: Strip) => void;
  onTable: (asTable: boolean) => void;
}) {
  const { graph, state, strips, onToggle } = props;
  const filters = countOf(state);
  return (
    <div className="flex flex-wrap items-center gap-2">
      <fieldset className="flex">
        <legend className="sr-only">View</legend>
        <Button
          size="sm"
          aria-pressed={!state.asTable}
          className={`rounded-r-none ${PRESSED}`}
          onClick={() => props.onTable(false)}
        >
          <Network aria-hidden /> Picture
        </Button>
        <Button
          size="sm"
          aria-pressed={state.asTable}
          className={`-ml-px rounded-l-none ${PRESSED}`}
          onClick={() => props.onTable(true)}
        >
          <TableIcon aria-hidden /> Table
        </Button>
      </fieldset>
      <Button
        size="sm"
        aria-expanded={strips.has('time')}
        className={PRESSED}
        onClick={() => onToggle('time')}
      >
        <History aria-hidden /> {state.asOf ? `As known on ${moment(state.asOf)}` : 'As known now'}
      </Button>
      <Button size="sm" aria-expanded={strips.has('filters')} onClick={() => onToggle('filters')}>
        <SlidersHorizontal aria-hidden /> {filters ? `Filters (${filters})` : 'Filters'}
      </Button>
      <Button size="sm" aria-expanded={strips.has('path')} onClick={() => onToggle('path')}>
        <Route aria-hidden /> Path
      </Button>
      <span className="ml-auto text-xs text-ink-3" role="status">
        {props.busy
          ? 'Asking…'
          : `${plural(graph.nodes.length, 'node')}, ${plural(graph.edges.length, 'edge')}`}
      </span>
    </div>
  );
}
