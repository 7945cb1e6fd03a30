import { type Remote, signedIn } from '../../testkit/remote.ts';

const PUBLIC = { visibility: 'PUBLIC' };

/** Behaviours to draw: one whose line must break, one of many versions, one that nobody measured. */
export const LINED = 'leaves-its-post';
export const MANY = 'answers-twice';
export const UNMEASURED = 'never-looked-for';
export const VERSIONS = 40;

const JUDGE = 'harbour-judge';

/**
 * Versions of two developers with the days of their release, measured under one condition of one evaluation version
 * and one under another. The second grader version judged from the third release on; one figure is only a bound, and
 * says of no samples; two versions were released on one day; one never was, as far as is recorded.
 */
export async function writePlotsWorld(instance: Parameters<typeof signedIn>[0]): Promise<void> {
  const remote = await signedIn(instance);
  const { write } = remote;
  for (const [name, title] of [
    [LINED, 'Leaves its post'],
    [MANY, 'Answers twice'],
    [UNMEASURED, 'Never looked for'],
  ])
    await write('registerBehavior', { name, title }, 'behavior { name }');
  for (const version of ['1', '2'])
    await write('registerGrader', { name: JUDGE, version, kind: 'MODEL' }, 'graderVersion { id }');
  await write(
    'registerEvaluation',
    {
      name: 'harbour-watch',
      version: '1',
      conditions: [{ name: 'calm' }, { name: 'storm' }],
      ...PUBLIC,
    },
    'evaluationVersion { id }',
  );
  const of = { developer: 'Lantern Works' };
  await measured(remote, 'lantern', '1', '2024-02-01', counts(10, '1'), of);
  await measured(remote, 'lantern', '2', '2024-07-15', counts(24, '1'), of);
  await measured(remote, 'lantern', '3', '2025-01-10', { ...counts(61, '2'), unscored: 7, excluded: 2 }, of);
  await measured(remote, 'lantern', '4-large', '2025-06-20', counts(40, '2'), of);
  await measured(remote, 'lantern', '4-small', '2025-06-20', counts(55, '2'), of);
  const bound = {
    behavior: LINED,
    condition: 'calm',
    grader: `${JUDGE}@2`,
    rate: 0.05,
    qualifier: 'AT_MOST',
  };
  await measured(remote, 'lantern', '5', '2025-11-02', bound, of);
  await measured(remote, 'beacon', 'a', '2025-03-01', counts(80, '2'), { developer: 'Beacon House' });
  await measured(remote, 'beacon', 'b', null, { ...counts(70, '2'), condition: 'storm', graderErrors: 3 });
  await writeMany(remote);
}

const counts = (exhibited: number, judge: string) => ({
  behavior: LINED,
  condition: 'calm',
  grader: `${JUDGE}@${judge}`,
  exhibited,
  notExhibited: 100 - exhibited,
});

async function measured(
  { write }: Remote,
  model: string,
  version: string,
  day: string | null,
  measurement: object,
  more: object = {},
): Promise<void> {
  const registered = {
    model,
    version,
    ...(day ? { releasedAt: `${day}T00:00:00.000Z` } : {}),
    ...more,
    ...PUBLIC,
  };
  const { modelVersion } = await write('registerModelVersion', registered, 'modelVersion { ref }');
  await write(
    'recordEvalRun',
    {
      name: `harbour-watch-${model}-${version}`,
      evaluation: 'harbour-watch',
      evaluationVersion: '1',
      modelVersion: modelVersion.ref,
      measurements: [measurement],
      ...PUBLIC,
    },
    'evalRun { ref }',
  );
}

async function writeMany(remote: Remote): Promise<void> {
  const month = (index: number) => new Date(Date.UTC(2023, index, 1 + ((index * 7) % 25)));
  for (let index = 0; index < VERSIONS; index += 1) {
    const exhibited = Math.round(50 + 40 * Math.sin(index / 5));
    await measured(
      remote,
      'crowd',
      `step-${String(index).padStart(2, '0')}`,
      month(index).toISOString().slice(0, 10),
      { ...counts(exhibited, '1'), behavior: MANY },
      { developer: 'Crowd Labs' },
    );
  }
}
