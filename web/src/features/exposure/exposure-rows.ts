import { stageTitle } from './exposure-layout.ts';
import { groupsOf, type Stage } from './stage-bars.ts';

/** An exposure as a file: one group of one stage a row, shares from 0 to 1, and what is unaccounted in a row of its own. */
export const exposureRows = (stages: readonly Stage[]): (string | number | null)[][] => [
  [
    'stage',
    'training run',
    'group',
    'reference',
    'share lower',
    'share upper',
    'tokens',
    'tokens of the stage',
  ],
  ...stages.flatMap((stage) => {
    const about = [stageTitle(stage), stage.trainingRun?.ref ?? null];
    const tokens = stage.tokens ?? null;
    return [
      ...groupsOf(stage).map((g) => [...about, g.label, g.ref, g.share, g.shareUpper, g.tokens, tokens]),
      [...about, 'unaccounted', null, stage.unaccounted, stage.unaccountedUpper, null, tokens],
    ];
  }),
];
