// Files are read on the server's own loop, while others wait: each bound here is many times what the reader needs, and a
// small part of what it needs where it looks through one list for each entry of another.
import { describe, expect, it } from 'vitest';
import { processorSeconds } from '../platform/processor-time-fixture.ts';
import { planResponses } from './agentic-misalignment/plan-responses.ts';
import type { Response } from './agentic-misalignment/response.ts';
import { planOf, planOfBytes } from './formats/file-fixture.ts';
import { FileReport } from './formats/file-report.ts';
import { FieldTally } from './incidents/field-tally.ts';
import { contentOf } from './incidents/planned-record.ts';
import { AttachmentRefs } from './inspect/transcript/attachments.ts';
import { Losses } from './plan-losses.ts';

const times = <T>(count: number, make: (i: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));
const object = (count: number, entry: (i: number) => [string, unknown]) =>
  Object.fromEntries(times(count, entry)) as { [name: string]: string };
const lines = (all: readonly object[]) => all.map((line) => `${JSON.stringify(line)}\n`).join('');

describe('the cost of reading grows with the file, and not with its square,', () => {
  it('where 20,000 responses are of one sample', async () => {
    const response: Response = {
      experiment: null,
      model: 'lab-model',
      condition: 'blackmail_explicit-america_replacement',
      sample: 'sample_001',
      sampleAssumed: false,
      verdict: 'EXHIBITED',
      classifierVerdict: null,
      classifier: null,
      error: null,
      at: null,
      fromPath: [],
      contradicted: [],
    };
    const responses = times(20_000, () => response);
    const options = { single: false, fileDigest: 'd'.repeat(64) };
    let ids: (string | undefined)[] = [];
    const seconds = await processorSeconds(() => {
      const [run] = planResponses(responses, new FileReport(), options);
      ids = (run!.samples ?? []).map(({ sampleId }) => sampleId);
    });
    expect([ids.length, ids[1], ids.at(-1)]).toEqual([20_000, 'sample_001 (2)', 'sample_001 (20000)']);
    expect(seconds).toBeLessThan(5);
  });

  it('where a sample was judged 20,000 times under one name', async () => {
    const about = { run_id: 'r', event_id: 1, sample_id: 's', type: 'metrics' };
    const spec = { spec: { eval_name: 'sums', completion_fns: ['m'], run_id: 'r' } };
    const text = lines([spec, ...times(20_000, () => ({ ...about, data: { choice: 1 } }))]);
    let names: string[] = [];
    const seconds = await processorSeconds(async () => {
      const { runs } = await planOfBytes(text);
      names = Object.keys(runs[0]!.samples![0]!.scores);
    });
    expect([names.length, names.at(-1)]).toEqual([20_000, 'choice (20000)']);
    expect(seconds).toBeLessThan(5);
  });

  it('where a log has 5,000 results and 20,000 graders that are called otherwise than its 20,000 scorers', async () => {
    const sample = (n: number) => ({
      id: n,
      epoch: 1,
      scores: object(500, (i) => [`package${n}/scorer${i}`, { value: 1 }]),
    });
    const log = {
      version: 2,
      status: 'success',
      eval: {
        eval_id: 'abcdefghijkl',
        created: '2025-01-01T00:00:00Z',
        task: 'sums',
        model: 'lab/m',
        scorers: times(20_000, (i) => ({ name: `of${i}/judge`, options: { model: `lab/judge-${i}` } })),
      },
      results: {
        scores: times(5_000, (i) => ({
          name: `result${i}/judge`,
          scorer: `result${i}/judge`,
          metrics: { accuracy: { value: 1 } },
        })),
      },
      samples: times(40, sample),
    };
    const seconds = await processorSeconds(() => planOf(log, 'log.json'));
    expect(seconds).toBeLessThan(8);
  });

  it('where a scorer has 10,000 groups of metrics, each with its error', async () => {
    const log = {
      version: 2,
      status: 'success',
      eval: { eval_id: 'abcdefghijkl', created: '2025-01-01T00:00:00Z', task: 'sums', model: 'lab/m' },
      results: {
        scores: [
          {
            name: 'match',
            scorer: 'match',
            metrics: object(20_000, (i) => [`g${i >> 1}/${i % 2 ? 'stderr' : 'mean'}`, { value: 0.5 }]),
          },
        ],
      },
      samples: [{ id: 1, epoch: 1, scores: { match: { value: 1 } } }],
    };
    let errors: (number | null)[] = [];
    const seconds = await processorSeconds(async () => {
      const { runs } = await planOf(log, 'log.json');
      errors = runs[0]!.scores.map((score) => score.standardError);
    });
    expect([errors.length, errors[0]]).toEqual([5_000, 0.5]);
    expect(seconds).toBeLessThan(8);
  });

  it('where results have 4,000 named scores and 4,000 assertions each, whose names are templates', async () => {
    const result = {
      provider: { id: 'lab/m' },
      success: true,
      score: 1,
      namedScores: object(4_000, (i) => [`n${i}`, 1]),
      testCase: { assert: times(4_000, (i) => ({ type: 'is-json', metric: `m${i}{{x}}` })) },
    };
    const text = JSON.stringify({
      results: { results: times(8, () => result), stats: {} },
      config: {},
    });
    const seconds = await processorSeconds(() => planOfBytes(text));
    expect(seconds).toBeLessThan(8);
  });

  it('where a record has 20,000 fields, and more than is kept of one', async () => {
    const record = object(20_000, (i) => [`field${i}`, 'x'.repeat(24)]);
    let kept: string[] = [];
    const seconds = await processorSeconds(() => {
      kept = Object.keys(contentOf(record, new FieldTally({})).content);
    });
    expect(JSON.stringify(record).length).toBeGreaterThan(262_144);
    expect(kept.length).toBe(Math.floor(262_144 / 26));
    expect(seconds).toBeLessThan(5);
  });

  it('where 20,000 names stand below one of a megabyte', async () => {
    const long = 'n'.repeat(1_000_000);
    const below = { [long]: object(20_000, (i) => [`api_key${i}`, 'x']) };
    const tally = new FieldTally({});
    const losses = new Losses();
    const seconds = await processorSeconds(() => {
      tally.walk(below);
      losses.bounded('metadata', below);
    });
    // Each of them, and what holds them for its size.
    expect(losses.all).toHaveLength(20_001);
    expect(Math.max(...losses.all.map(({ field }) => field.length))).toBe(200);
    expect(seconds).toBeLessThan(2);
  });

  it('where 60,000 texts stand for one attachment', async () => {
    const refs = new AttachmentRefs();
    let put = 0;
    const seconds = await processorSeconds(() => {
      for (let i = 0; i < 60_000; i += 1)
        refs.defer('attachment://abc', () => {
          put += 1;
        });
      refs.answer('abc', 'the text');
    });
    expect(put).toBe(60_000);
    expect(seconds).toBeLessThan(1);
  });
});
