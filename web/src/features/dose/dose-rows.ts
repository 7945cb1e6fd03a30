import { MEASURED_TITLES, measuredCells } from '../rates/measured-cells.ts';
import { AXIS_TITLES } from '../rates/rate-rows.ts';
import type { DoseStage, Substance } from './dose.ts';
import type { DoseGroup, KnownDose } from './dose-layout.ts';
import { stageTitle } from './dose-words.ts';

const TITLES = [
  ...AXIS_TITLES,
  'evaluation version',
  'condition',
  'model version',
  'exposure to',
  'in',
  'share lower',
  'share upper',
  'unaccounted',
  ...MEASURED_TITLES,
  'grader',
  'eval run',
];

/**
 * What the picture shows, as a file: a measurement a row, what is not stated or measured empty. Those on one axis are
 * comparable with each other.
 */
export const doseRows = (
  groups: readonly DoseGroup[],
  of: Substance,
  stage: DoseStage,
): (string | number | null)[][] => [
  TITLES,
  ...groups.flatMap(({ number, differences, points }) =>
    points.map(({ point, dose }) => [
      number,
      differences.join('; ') || null,
      point.evalRun.evaluationVersion.label,
      point.condition?.name ?? null,
      point.evalRun.modelVersion.label,
      of.label,
      stageTitle(stage),
      ...sharesOf(dose),
      ...measuredCells(point),
      point.grader ? `${point.grader.name} ${point.grader.version}` : null,
      point.evalRun.ref,
    ]),
  ),
];

/** Anything from none to all is no measured 0, and no measured 1 either. */
const sharesOf = ({ lower, upper, unaccounted, unmeasured }: KnownDose): (number | null)[] =>
  unmeasured ? [null, null, null] : [lower, upper, unaccounted];
