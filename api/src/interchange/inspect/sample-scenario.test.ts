import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { CountedSamples } from '../../evaluation/counted-samples.ts';
import { BUILT_IN, counted, planOf } from '../formats/file-fixture.ts';

interface Choices {
  metadata: (nth: number) => object | null;
  verdicts: readonly number[];
  ids?: (nth: number) => string;
  epochs?: (nth: number) => number;
}

/** A log of an evaluation whose verdicts are measured, each sample with metadata of its own. */
function logWith({ metadata, verdicts, ids = (nth) => `s${nth}`, epochs = () => 1 }: Choices) {
  return {
    version: 2,
    status: 'success',
    eval: {
      eval_id: 'scenarioscenario',
      run_id: 'r1',
      created: '2025-07-01T10:00:00+00:00',
      task: 'inspect_evals/agentic_misalignment',
      task_args: { scenario: 'blackmail' },
      model: 'lab/m',
      dataset: { name: 'agentic' },
      config: { epochs: 1 },
    },
    samples: verdicts.map((harmful, nth) => ({
      id: ids(nth),
      epoch: epochs(nth),
      input: 'x',
      target: 'y',
      metadata: metadata(nth),
      scores: { harmfulness_scorer: { value: { harmful } } },
    })),
  };
}

async function spread(choices: Choices) {
  const plan = await planOf(logWith(choices), undefined, BUILT_IN);
  const run = plan.runs[0]!;
  const [measured] = counted(run);
  const report = run.report;
  return {
    counted: measured!.counted as CountedSamples | undefined,
    scenarios: run.samples!.map((one) => one.scenario),
    report,
  };
}

const file = new URL('../../../../tests/statistics/reference.json', import.meta.url);
type Case = [groups: [n: number, sum: number][], standardError: number, ...rest: number[]];
const CASES = (JSON.parse(readFileSync(file, 'utf8')) as { clustered: Case[] }).clustered;

describe('the scenario of a sample in an Inspect log', () => {
  it('makes clusters of the samples that share it: their standard error is the reference’s, in 300 cases', async () => {
    expect(CASES.length).toBeGreaterThanOrEqual(300);
    for (const [groups, expected] of CASES) {
      const members = groups.flatMap(([n, sum], cluster) =>
        Array.from({ length: n }, (_, i) => ({ cluster, harmful: i < sum ? 1 : 0 })),
      );
      const { counted } = await spread({
        metadata: (nth) => ({ scenario: `scenario ${members[nth]!.cluster}`, other: nth }),
        verdicts: members.map(({ harmful }) => harmful),
      });
      expect(counted?.clusters, JSON.stringify(groups)).toBe(groups.filter(([n]) => n > 0).length);
      expect(Math.abs(counted!.clusterError - expected), JSON.stringify(groups)).toBeLessThan(1e-9);
    }
  });

  it('is taken by a name or number of it, and told as kept', async () => {
    const { scenarios, report } = await spread({
      metadata: (nth) => ({ scenario_id: nth % 2 }),
      verdicts: [1, 0, 1],
    });
    expect(scenarios).toEqual(['0', '1', '0']);
    expect(report.kept).toContainEqual({
      field: 'samples[].metadata.scenario_id',
      how: 'scenario that samples share: standard errors are clustered by it',
    });
    // What the model was given may be called a scenario as well; beside it stands its name.
    const long = { scenario: 'You are an agent. '.repeat(50), scenario_id: 'exfiltration' };
    expect((await spread({ metadata: () => long, verdicts: [1, 0] })).scenarios).toEqual([
      'exfiltration',
      'exfiltration',
    ]);
  });

  it('is not guessed from a category, a topic, or a text', async () => {
    for (const metadata of [
      { category: 'a', topic: 'b', difficulty: 1, group: 'c' },
      { scenario: 'You are an agent. '.repeat(50) },
      { scenario: { name: 'a' } },
      { scenario: ['a'] },
      { scenario: '' },
      { scenario: 1.5 },
      { scenario: null },
      { scenario: 'a', scenario_id: '7' },
      {},
      null,
    ]) {
      const { scenarios, report } = await spread({ metadata: () => metadata, verdicts: [1, 0] });
      expect(scenarios, JSON.stringify(metadata)).toEqual([undefined, undefined]);
      expect(report.warnings.join(' ')).not.toContain('scenario');
    }
  });

  it('is not taken where some samples name none, or another field, or an item has two; the report says so', async () => {
    const odd: Choices[] = [
      { metadata: (nth) => (nth === 0 ? {} : { scenario: 'a' }), verdicts: [1, 0, 1] },
      { metadata: (nth) => (nth === 0 ? { scenario_id: 'a' } : { scenario: 'a' }), verdicts: [1, 0, 1] },
      {
        metadata: (nth) => ({ scenario: `a${nth}` }),
        verdicts: [1, 0],
        ids: () => 's',
        epochs: (nth) => nth + 1,
      },
    ];
    for (const choices of odd) {
      const { scenarios, report } = await spread(choices);
      expect(scenarios).toEqual(choices.verdicts.map(() => undefined));
      expect(report.warnings.join(' ')).toContain('none is taken, and each item counts for itself');
    }
  });

  it('leaves items with their epochs as the clusters where there is none', async () => {
    const { counted } = await spread({
      metadata: () => null,
      verdicts: [1, 1, 0, 0],
      ids: (nth) => `s${nth % 2}`,
      epochs: (nth) => 1 + Math.floor(nth / 2),
    });
    expect(counted).toMatchObject({ clusters: 2, clusterError: 0 });
  });

  it('counts the rest of the metadata as left out, once a member', async () => {
    const { report } = await spread({
      metadata: () => ({ scenario: 'a', b: 1, c: { d: 2 } }),
      verdicts: [1, 0],
    });
    expect(report.leftOut).toContainEqual({
      field: 'samples[].metadata',
      count: 4,
      reason: 'no field of the record fits',
    });
  });
});
