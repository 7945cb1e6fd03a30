import { plural } from '@/ui/numbers.ts';
import type { Sign } from '../plot/Legend.tsx';
import { PlotFrame } from '../plot/PlotFrame.tsx';
import { WIDE } from '../plot/sizes.ts';
import { askComparability } from './ask-comparability.ts';
import { facetsOf } from './facets.ts';
import { linesOf, neighbourPairs, releaseDays } from './neighbours.ts';
import { RateTable } from './RateTable.tsx';
import type { RatePoint } from './rate-point.ts';
import { rateRows } from './rate-rows.ts';
import { signsOf } from './signs.ts';
import { TimePicture } from './TimePicture.tsx';
import { layOutTime } from './time-layout.ts';

const LINE = 'Line from the one before';

/**
 * The rates of one behaviour over the time in which the model versions were released. Nothing where no release is
 * recorded of any that was measured: then there is no time to draw over.
 */
export async function RateOverTime(props: {
  points: readonly RatePoint[];
  of: string;
  file: string;
  remarks?: readonly string[];
}) {
  const facets = facetsOf(props.points);
  const dated = facets.filter(({ points }) => releaseDays(points).length > 0);
  if (dated.length === 0) return null;
  const verdicts = await askComparability(dated.flatMap(neighbourPairs));
  const lined = dated.map((facet) => ({ facet, lines: linesOf(facet, verdicts) }));
  const shown = dated.map((facet) => ({ ...facet, points: releaseDays(facet.points).flat() }));
  const drawn = shown.flatMap(({ points }) => points);
  const joins = lined.flatMap(({ lines }) => lines.joins);
  const breaks = lined.flatMap(({ lines }) => lines.breaks);
  const signs: Sign[] = [
    ...signsOf(drawn),
    ...(joins.length ? (['line'] as const) : []),
    ...(breaks.length ? (['break'] as const) : []),
  ];
  const labelOf = new Map(drawn.map((point) => [point.id, point.evalRun.modelVersion.label]));
  const before = (id: string): string =>
    [
      ...joins.filter(({ to }) => to === id).map(({ from }) => `joined with ${labelOf.get(from)}`),
      ...breaks
        .filter(({ to }) => to === id)
        .map(({ from, differences }) => `not with ${labelOf.get(from)}: ${differences.join('; ')}`),
    ].join('; ');
  const unnamed = (layOutTime(lined, WIDE)?.panels ?? []).reduce((sum, panel) => sum + panel.unlabelled, 0);
  const undated = props.points.length - drawn.length;
  return (
    <PlotFrame
      title={`${props.of}: rate over release time`}
      note="A panel for each evaluation version and condition, on one axis of time. A line follows a developer’s versions where one is comparable with the next, and breaks where it is not."
      signs={signs}
      rates="up"
      file={props.file}
      rows={rateRows(shown, [{ title: LINE.toLowerCase(), of: ({ id }) => before(id) || null }])}
      remarks={[
        ...(undated > 0
          ? [
              `${plural(undated, 'measurement')} not drawn here: the release of the model version is not recorded, or nothing was scored. The picture by model version has them.`,
            ]
          : []),
        ...(unnamed > 0
          ? [`${plural(unnamed, 'name')} left out of the picture for want of room: each mark says its own.`]
          : []),
        ...(props.remarks ?? []),
      ]}
      table={
        <RateTable
          label="Rates over release time"
          facets={shown}
          word={{ title: LINE, of: ({ id }) => before(id) || 'none' }}
        />
      }
    >
      <TimePicture facets={lined} label={`${props.of}: rate over release time`} />
    </PlotFrame>
  );
}
