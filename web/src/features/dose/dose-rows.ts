import { MEASURED_TITLES, measuredCells } from '../rates/measured-cells.ts';
import type { DoseStage, Substance } from './dose.ts';
import type { DoseGroup } from './dose-layout.ts';
import { stageTitle } from './dose-words.ts';

const TITLES = [
  'axes',
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

/** What the picture shows, as a file: a measurement a row, what is not stated empty. */
export const doseRows = (
  groups: readonly DoseGroup[],
  of: Substance,
  stage: DoseStage,
): (string | number | null)[][] => [
  TITLES,
  ...groups.flatMap(({ title, points }) =>
    points.map(({ point, dose }) => [
      title,
      point.evalRun.modelVersion.label,
      of.label,
      stageTitle(stage),
      dose.lower,
      dose.upper,
      dose.unaccounted,
      ...measuredCells(point),
      point.grader ? `${point.grader.name} ${point.grader.version}` : null,
      point.evalRun.ref,
    ]),
  ),
];
