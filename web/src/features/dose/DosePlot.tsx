import { EmptyState } from '@/ui/EmptyState.tsx';
import { plural } from '@/ui/numbers.ts';
import type { Sign } from '../plot/Legend.tsx';
import { PlotFrame } from '../plot/PlotFrame.tsx';
import { askForAxes } from '../rates/ask-comparability.ts';
import { facetAxes, reachRemarks } from '../rates/axes.ts';
import type { RatePoint } from '../rates/rate-point.ts';
import { signsOf } from '../rates/signs.ts';
import { DosePicture } from './DosePicture.tsx';
import { DoseTable } from './DoseTable.tsx';
import { type DoseStage, doseOf, type Substance, type VersionExposure } from './dose.ts';
import { dosed, doseGroups, type LeftOut, sortedFacets } from './dose-groups.ts';
import { type DoseGroup, doseDomain, isUnknown, type KnownDose } from './dose-layout.ts';
import { doseRows } from './dose-rows.ts';
import { stageTitle } from './dose-words.ts';

export interface DosePlotProps {
  title: string;
  file: string;
  points: readonly RatePoint[];
  /** Measurements that were not read. */
  cut: number;
  versions: ReadonlyMap<string, VersionExposure>;
  /** Model versions whose exposure was not read. */
  unread: number;
  of: Substance;
  stage: DoseStage;
}

export async function DosePlot(props: DosePlotProps) {
  const { of, stage, versions } = props;
  const { drawn, leftOut } = dosed(props.points, (id) => {
    const version = versions.get(id);
    return version ? doseOf(version, of.key, stage) : null;
  });
  const remarks = remarksOf(props, leftOut);
  if (drawn.length === 0) {
    return (
      <EmptyState kind="none" title={`No dose of ${of.label} is known in ${stageTitle(stage)}`}>
        {remarks.join(' ')}
      </EmptyState>
    );
  }
  const sorted = sortedFacets(drawn);
  const { verdicts, reach } = await askForAxes(sorted.map(({ points }) => points));
  const facets = facetAxes(sorted, verdicts, reach);
  const groups = doseGroups(drawn, facets);
  const axes = facets.flatMap((facet) => facet.axes);
  const title = `${props.title} against exposure to ${of.label}`;
  const dose = `share of ${of.label} in ${stageTitle(stage)}`;
  return (
    <PlotFrame
      title={title}
      note={
        of.key.startsWith('tag:')
          ? 'A share runs from what is measured to that and all that nobody measured.'
          : 'A share is a range where parties differ. The dotted tail is what is unaccounted: nobody knows whether it is of this source.'
      }
      signs={signs(groups)}
      rates="up"
      file={props.file}
      rows={doseRows(groups, of, stage)}
      remarks={[...reachRemarks(axes, reach), ...remarks]}
      table={<DoseTable groups={groups} label={title} />}
    >
      <DosePicture groups={groups} label={title} dose={dose} />
    </PlotFrame>
  );
}

function signs(groups: readonly DoseGroup[]): Sign[] {
  const points = groups.flatMap((group) => group.points);
  const known = points.map(({ dose }) => dose).filter((dose) => !isUnknown(dose));
  const most = doseDomain(known);
  const is = (which: (dose: KnownDose) => boolean) => known.some(which);
  return [
    ...signsOf(points.map(({ point }) => point)),
    ...(is((dose) => dose.upper > dose.lower) ? (['range'] as const) : []),
    ...(is((dose) => dose.unaccounted > 1e-9) ? (['unaccounted'] as const) : []),
    ...(is((dose) => Math.min(1, dose.upper + dose.unaccounted) > most) ? (['beyond'] as const) : []),
    ...(known.length < points.length ? (['unknown'] as const) : []),
  ];
}

function remarksOf(props: DosePlotProps, leftOut: readonly LeftOut[]): string[] {
  const reasons = new Map<string, string[]>();
  for (const { point, reason } of leftOut)
    reasons.set(reason, [...(reasons.get(reason) ?? []), point.evalRun.modelVersion.label]);
  const named = (labels: readonly string[]) => {
    const once = [...new Set(labels)];
    return once.length > 4 ? `${once.slice(0, 4).join(', ')} and ${once.length - 4} more` : once.join(', ');
  };
  return [
    ...[...reasons].map(
      ([reason, labels]) =>
        `${plural(labels.length, 'measurement')} not drawn, because ${reason}: ${named(labels)}.`,
    ),
    ...(props.cut > 0 ? [`${plural(props.cut, 'older measurement')} not looked at.`] : []),
    ...(props.unread > 0 ? [`The exposure of ${plural(props.unread, 'model version')} was not read.`] : []),
  ];
}
