import { PlotFrame } from '../plot/PlotFrame.tsx';
import { askComparability } from './ask-comparability.ts';
import { type Facet, facetsOf, facetTitle } from './facets.ts';
import { byGraderThenRate, chainOf, comparableRuns } from './neighbours.ts';
import { RateTable } from './RateTable.tsx';
import { RowPicture } from './RowPicture.tsx';
import type { RatePoint } from './rate-point.ts';
import { rateRows } from './rate-rows.ts';
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
  const facets = facetsOf(props.points).map((facet) => ({
    ...facet,
    points: byGraderThenRate(facet.points),
  }));
  const verdicts = await askComparability(facets.flatMap(({ points }) => chainOf(points)));
  const groups = facets.map((facet) => ({
    key: facet.key,
    title: titleOf(facet, props.behaviors),
    runs: comparableRuns(facet.points, verdicts),
  }));
  const apart = groups.some(({ runs }) => runs.length > 1);
  return (
    <PlotFrame
      title={props.title}
      note={props.note}
      signs={[...signsOf(props.points), ...(apart ? (['apart'] as const) : [])]}
      rates="side"
      file={props.file}
      rows={rateRows(facets)}
      remarks={props.remarks}
      table={<RateTable label={props.title} facets={facets} withBehavior={props.behaviors} />}
    >
      <RowPicture groups={groups} labelOf={({ evalRun }) => evalRun.modelVersion.label} label={props.title} />
    </PlotFrame>
  );
}

const titleOf = (facet: Facet, behaviors?: boolean): string =>
  behaviors ? `${facet.behavior.title} · ${facetTitle(facet)}` : facetTitle(facet);
