import { PlotFrame } from '../plot/PlotFrame.tsx';
import { askForAxes } from './ask-comparability.ts';
import { facetAxes, reachRemarks } from './axes.ts';
import { type Facet, facetsOf, facetTitle } from './facets.ts';
import { byGraderThenRate } from './neighbours.ts';
import { RateTable } from './RateTable.tsx';
import { RowPicture } from './RowPicture.tsx';
import type { RatePoint } from './rate-point.ts';
import { axisRows } from './rate-rows.ts';
import { signsOf } from './signs.ts';

export interface RateDotsProps {
  title: string;
  note: string;
  points: readonly RatePoint[];
  file: string;
  /** Whether the points are of several behaviours, which then stand in the headings. */
  behaviors?: boolean;
  remarks?: readonly string[];
}

/** Rates as dots with intervals. Only what the API finds comparable shares an axis. */
export async function RateDots(props: RateDotsProps) {
  const sorted = facetsOf(props.points).map((facet) => ({
    ...facet,
    points: byGraderThenRate(facet.points),
  }));
  const { verdicts, reach } = await askForAxes(sorted.map(({ points }) => points));
  const facets = facetAxes(sorted, verdicts, reach);
  const axes = facets.flatMap((facet) => facet.axes);
  const apart = axes.some(({ differences }) => differences.length > 0);
  const groups = facets.map((facet) => ({
    key: facet.key,
    title: titleOf(facet, props.behaviors),
    runs: facet.axes,
  }));
  return (
    <PlotFrame
      title={props.title}
      note={props.note}
      signs={[...signsOf(props.points), ...(apart ? (['apart'] as const) : [])]}
      rates="side"
      file={props.file}
      rows={axisRows(facets)}
      remarks={[...reachRemarks(axes, reach), ...(props.remarks ?? [])]}
      table={<RateTable label={props.title} facets={facets} withBehavior={props.behaviors} />}
    >
      <RowPicture groups={groups} labelOf={({ evalRun }) => evalRun.modelVersion.label} label={props.title} />
    </PlotFrame>
  );
}

const titleOf = (facet: Facet, behaviors?: boolean): string =>
  behaviors ? `${facet.behavior.title} · ${facetTitle(facet)}` : facetTitle(facet);
