import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InspectLog } from './inspect-log.ts';
import { DEFAULT_LIMITS, type ReadLimits } from './limits.ts';
import { readInspectLog } from './read-inspect-log.ts';
import { type FixtureMember, zipOf, zstdRaw } from './zip-fixture.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inspect-log-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function read(name: string, bytes: string | Buffer, limits: ReadLimits = DEFAULT_LIMITS) {
  const path = join(folder, 'file');
  await writeFile(path, bytes);
  return readInspectLog({ path, name }, limits);
}

async function readLog(name: string, bytes: string | Buffer): Promise<InspectLog> {
  const reading = await read(name, bytes);
  if (reading.refused) throw new Error(reading.refused.reason);
  return reading;
}

async function refusal(name: string, bytes: string | Buffer, limits?: ReadLimits): Promise<string> {
  const reading = await read(name, bytes, limits);
  if (!reading.refused) throw new Error('the file was read');
  return reading.refused.reason;
}

const EVAL = {
  eval_id: 'e1',
  run_id: 'r1',
  task_id: 't1',
  created: '2025-02-11T15:18:04-05:00',
  task: 'pkg/polls',
  task_version: '3-A',
  task_args: { scenario: 'x' },
  dataset: { name: 'polls', location: 'polls.csv', samples: 9, sample_ids: [1, 2], shuffled: false },
  model: 'lab/model-1',
  model_args: { api_key: 'secret' },
  model_base_url: 'https://me:secret@host',
  model_roles: { grader: { model: 'lab/judge' } },
  config: { epochs: 2, limit: 2 },
  revision: { type: 'git', origin: 'https://me:secret@host/repo', commit: 'abc' },
  packages: { inspect_ai: '0.3.1' },
  scorers: [{ name: 'judged', options: { model_role: 'grader' } }],
  future_field: 1,
};
const sample = (id: string | number, epoch: number, value: unknown, more: object = {}) => ({
  id,
  epoch,
  input: 'q',
  target: ['a', 'b'],
  messages: [{ role: 'user', content: 'q' }],
  scores: { judged: { value, answer: 'a', explanation: 'because' } },
  ...more,
});
const RESULTS = {
  scores: [
    {
      name: 'judged',
      scorer: 'judged',
      reducer: 'mean',
      scored_samples: 3,
      unscored_samples: 1,
      metrics: { accuracy: { name: 'accuracy', value: 0.5 }, stderr: { name: 'stderr', value: 0.1 } },
    },
  ],
};
const LOG = { version: 2, status: 'success', eval: EVAL, results: RESULTS };
const SAMPLES = [sample(1, 1, 'C'), sample(1, 2, 'I'), sample('two', 1, 1), sample('two', 2, null)];
const json = (log: object) => JSON.stringify({ ...LOG, samples: SAMPLES, ...log });

describe('a JSON log', () => {
  it('gives the evaluation, run, grader, scores and samples', async () => {
    const bytes = json({});
    const log = await readLog('a.json', bytes);
    expect(log.digest).toBe(createHash('sha256').update(bytes).digest('hex'));
    expect(log).toMatchObject({
      formatVersion: 2,
      status: 'success',
      container: 'json',
      bytes: bytes.length,
    });
    expect(log.evaluation).toMatchObject({
      name: 'pkg/polls',
      version: '3-A',
      taskArgs: { scenario: 'x' },
      dataset: { name: 'polls', samplesDeclared: 9, idsSelected: 2 },
    });
    expect(log.run).toMatchObject({
      identity: 'e1',
      created: '2025-02-11T20:18:04.000Z',
      epochs: 2,
      limit: 2,
    });
    expect(log.graders).toMatchObject([{ scorer: 'judged', model: 'lab/judge', modelFrom: 'role' }]);
    expect(log.scores).toEqual([
      {
        scorer: 'judged',
        name: 'judged',
        metric: 'accuracy',
        value: 0.5,
        stderr: 0.1,
        scoredSamples: 3,
        unscoredSamples: 1,
        reducer: 'mean',
      },
    ]);
    expect(log.samples.map(({ id, epoch }) => [id, epoch])).toEqual([
      ['1', 1],
      ['1', 2],
      ['two', 1],
      ['two', 2],
    ]);
    expect(log.samples[0]).toMatchObject({
      target: 'a | b',
      scores: { judged: { value: 'C', answer: 'a' } },
    });
    expect(log.counts).toMatchObject({ samplesPresent: 4, samplesDeclared: 9, epochs: 2 });
    expect(log.counts).toMatchObject({ scored: { judged: 3 }, unscored: { judged: 1 } });
    expect(log.warnings.join()).toContain('declares 9 samples; the log holds 2');
  });

  it.each([
    [['std', 'stderr'], { std: null, stderr: null }],
    [['inspect_ai/var', 'inspect_ai/stderr'], { 'inspect_ai/var': null, 'inspect_ai/stderr': null }],
    [['std', 'mean', 'stderr'], { std: null, mean: 0.1 }],
    [['pass_rate', 'stderr'], { pass_rate: 0.1 }],
    [['a/mean', 'a/stderr', 'b/mean', 'b/stderr', 'b/std'], { 'a/mean': 0.1, 'b/mean': 0.1, 'b/std': null }],
  ])('takes the standard error for that of a mean, and of no spread: %j', async (names, errors) => {
    const metrics = Object.fromEntries(
      names.map((name) => [name, { name, value: name.endsWith('stderr') ? 0.1 : 0.5 }]),
    );
    const [entry] = RESULTS.scores;
    const log = await readLog('a.json', json({ results: { scores: [{ ...entry, metrics }] } }));
    expect(Object.fromEntries(log.scores.map(({ metric, stderr }) => [metric, stderr]))).toEqual(errors);
  });

  it('names every field at the top and in eval as kept or as left out with why', async () => {
    const log = await readLog('a.json', json({ log_updates: [{}], novelty: 1 }));
    const named = new Set([...log.kept, ...log.leftOut].map(({ field }) => field));
    for (const field of [...Object.keys(LOG), 'samples', 'log_updates', 'novelty'])
      expect(named).toContain(field);
    for (const field of Object.keys(EVAL)) expect(named).toContain(`eval.${field}`);
    expect(log.leftOut).toContainEqual({ field: 'samples[].messages', count: 4, why: expect.any(String) });
  });

  it('leaves out what stands in the place of samples and is none, and says so', async () => {
    const log = await readLog('a.json', json({ samples: [5, 'text', null, ...SAMPLES] }));
    expect(log.samples).toHaveLength(SAMPLES.length);
    expect(log.leftOut).toContainEqual({ field: 'samples[]', count: 3, why: 'no object, and so no sample' });
    expect(log.warnings).toContain('3 samples are no objects, and are left out.');
  });

  const long = 'x'.repeat(20_000);
  const many = (of: unknown) => Array.from({ length: 60 }, () => of);
  it.each([
    [
      'in what it says of its dataset',
      { eval: { ...EVAL, dataset: Object.fromEntries(many(long).entries()) } },
    ],
    ['in its results', { results: { scores: many({ name: long, metrics: {} }) } }],
    ['in names of fields', Object.fromEntries(many(0).map((zero, i) => [`${long}${i}`, zero]))],
    ['in one sample', { samples: [sample(1, 1, Object.fromEntries(many(long).entries()))] }],
  ])('is refused where it says more than is kept of one, %s', async (_where, more) => {
    const limits = { ...DEFAULT_LIMITS, keptBytes: 1_000_000 };
    expect(await refusal('a.json', json(more), limits)).toMatch(
      /says more, .* than is kept of one \(1 MiB\)/,
    );
    expect((await read('a.json', json(more))).refused).toBeUndefined();
  });

  it('is refused where its samples together say more than is kept of them, each within the bound', async () => {
    const samples = many(0).map((_, i) => sample(i, 1, Object.fromEntries(many('text').entries())));
    const limits = { ...DEFAULT_LIMITS, samplesBytes: 120_000 };
    expect(await refusal('a.json', json({ samples }), limits)).toMatch(
      /^The samples of the log say more, beside their transcripts, than is kept of one log \(0 MiB\): .*\.$/,
    );
    expect((await read('a.json', json({ samples: samples.slice(0, 20) }), limits)).refused).toBeUndefined();
  });

  it('is refused where each of its samples has names of its own, which cost more than what they name', async () => {
    const named = (of: (i: number) => string) =>
      many(0).map((_, i) => sample(i, 1, { [of(i)]: 1, [`${of(i)}-b`]: 2 }));
    const limits = { ...DEFAULT_LIMITS, samplesBytes: 80_000 };
    expect(await refusal('a.json', json({ samples: named((i) => `own-${i}`) }), limits)).toContain(
      'The samples of the log say more',
    );
    expect((await read('a.json', json({ samples: named(() => 'shared') }), limits)).refused).toBeUndefined();
  });

  it('counts a sample that stands several times once among those that are kept', async () => {
    const samples = Array.from({ length: 60 }, () =>
      sample(1, 1, Object.fromEntries(many('text').entries())),
    );
    const limits = { ...DEFAULT_LIMITS, samplesBytes: 80_000 };
    expect((await read('a.json', json({ samples }), limits)).refused).toBeUndefined();
    const zip = [HEADER, summaries('summaries.json', samples)];
    expect((await read('a.eval', zipOf(zip), limits)).refused).toBeUndefined();
  });

  it('lets no credential of the run through', async () => {
    const log = await readLog('a.json', json({}));
    expect(JSON.stringify(log)).not.toContain('secret');
    expect(log.run.modelRoles).toEqual({ grader: 'lab/judge' });
  });

  it('reads NaN as no value and says so', async () => {
    const metric = '{"name":"judged","scorer":"judged","metrics":{"mean":{"value":NaN}}}';
    const bytes = json({ results: 'R', samples: [sample('NaN', 1, 'V')] })
      .replace('"R"', `{"scores":[${metric}]}`)
      .replace('"V"', 'NaN');
    const log = await readLog('a.json', bytes);
    expect(log.scores[0]).toMatchObject({ metric: 'mean', value: null });
    expect(log.counts.unscored).toEqual({ judged: 1 });
    expect(log.samples[0]!.id).toBe('NaN');
    expect(log.warnings.join()).toContain('is NaN');
    expect(log.warnings.join()).toContain('read as unscored');
  });

  it('reads a 2024 log, whose identity is made of what it has', async () => {
    const { eval_id: _, scorers: __, ...old } = EVAL;
    const results = {
      scores: [{ name: 'judged', scorer: 'judged', params: { model: 'lab/judge' }, metrics: {} }],
      sample_reductions: [{ scorer: 'judged', samples: [] }],
    };
    const bytes = json({
      eval: { ...old, task_version: 0 },
      results,
      samples: [sample(1, 1, 'C', { transcript: {} })],
    });
    const log = await readLog('a.json', bytes);
    expect(log.run).toMatchObject({ identityFrom: 'run_id+task_id+created', evalId: null });
    expect(log.run.identity).toBe((await readLog('b.json', `${bytes}\n`)).run.identity);
    expect(log.evaluation.version).toBe('0');
    expect(log.graders).toMatchObject([{ scorer: 'judged', model: 'lab/judge', modelFrom: 'params' }]);
    expect(log.scores).toEqual([]);
    expect(log.leftOut.map(({ field }) => field)).toContain('results.sample_reductions');
  });

  it('reads an unfinished log without inventing results', async () => {
    const log = await readLog('a.json', JSON.stringify({ version: 2, status: 'started', eval: EVAL }));
    expect(log).toMatchObject({ status: 'started', scores: [], samples: [] });
    expect(log.counts).toMatchObject({ scored: { judged: 0 }, unscored: { judged: 0 } });
  });

  it('keeps errors, limits, usage and invalidations of samples', async () => {
    const broken = sample(1, 1, 'C', {
      scores: null,
      error: { message: 'boom', traceback: '/home/x' },
      error_retries: [{ message: 'a' }, { message: 'b' }],
      limit: { type: 'token', limit: 100 },
      model_usage: { a: { total_tokens: 3 }, b: { total_tokens: 4 } },
      total_time: 1.5,
      invalidation: { author: 'x' },
    });
    const log = await readLog('a.json', json({ samples: [broken] }));
    expect(log.samples[0]).toMatchObject({
      error: 'boom',
      retries: 2,
      limit: { type: 'token', value: 100 },
      exhausted: 'tokens',
      tokens: 7,
      seconds: 1.5,
      invalidated: true,
      scores: {},
    });
    expect(log.counts).toMatchObject({ errored: 1, limited: 1, invalidated: 1, unscored: { judged: 1 } });
  });

  it('keeps the value of a score after its edits, and counts the scores that were edited', async () => {
    const before = { value: 'I', answer: 'b', provenance: null };
    const edit = { value: 'C', answer: 'UNCHANGED', provenance: { author: 'A reviewer', reason: 'misread' } };
    const edited = sample(1, 1, 'C');
    Object.assign(edited.scores.judged, { history: [before, edit] });
    const never = sample(2, 1, 'I');
    Object.assign(never.scores.judged, { history: [] });
    const log = await readLog('a.json', json({ samples: [edited, never] }));
    expect(log.samples.map((one) => one.scores.judged?.value)).toEqual(['C', 'I']);
    expect(log.warnings.filter((warning) => warning.includes('edited'))).toEqual([
      '1 score of judged was edited after the run: the values kept are those after the edits, whose history the transcripts show.',
    ]);
    expect(log.leftOut).toContainEqual({
      field: 'samples[].scores.*.history',
      count: 2,
      why: expect.stringContaining('after the edits'),
    });
  });

  it('keeps several scorers, and each way in which their epochs were reduced, apart', async () => {
    const judged = RESULTS.scores[0]!;
    const scores = [
      judged,
      { ...judged, reducer: 'max', metrics: { accuracy: { name: 'accuracy', value: 0.75 } } },
      { ...judged, name: 'other', scorer: 'other', metrics: { accuracy: { name: 'accuracy', value: 0.25 } } },
    ];
    const two = sample(1, 1, 'C');
    const samples = [{ ...two, scores: { ...two.scores, other: { value: 0 } } }, sample(1, 2, 'I')];
    const log = await readLog('a.json', json({ results: { scores }, samples }));
    expect(
      log.scores
        .filter((one) => one.metric === 'accuracy')
        .map(({ scorer, reducer, value }) => [scorer, reducer, value]),
    ).toEqual([
      ['judged', 'mean', 0.5],
      ['judged', 'max', 0.75],
      ['other', 'mean', 0.25],
    ]);
    expect(log.counts).toMatchObject({ epochs: 2, scored: { judged: 2, other: 1 }, unscored: { other: 1 } });
  });

  it('excludes invalidated samples of a JSON log, and says how many there are', async () => {
    const samples = [sample(1, 1, 'C', { invalidation: { author: 'x', reason: 'y' } }), sample(2, 1, 'C')];
    const log = await readLog('a.json', json({ invalidated: true, samples }));
    expect(log.samples.map((one) => one.invalidated)).toEqual([true, false]);
    expect(log.warnings.join()).toContain('samples were invalidated; 1 of those present are');
  });

  it('keeps the figures that the results state, and warns where the samples give others', async () => {
    const entry = { ...RESULTS.scores[0]!, scored_samples: 9, unscored_samples: 1 };
    const results = { total_samples: 9, completed_samples: 8, scores: [entry] };
    const samples = [sample(1, 1, 'C'), sample(2, 1, 'C'), sample(3, 1, null)];
    const log = await readLog('a.json', json({ results, samples }));
    expect(log.warnings.filter((warning) => warning.startsWith('The results state'))).toEqual([
      'The results state 9 samples in total; the log holds 3.',
      'The results state 8 samples completed; the log holds 3 that ended without an error.',
      'The results state 9 samples scored by judged; the log holds 2.',
      'The results state accuracy 0.5 of judged; the 2 samples with a verdict that the log holds give 1.',
    ]);
    expect(log.scores[0]).toMatchObject({ value: 0.5, scoredSamples: 9, unscoredSamples: 1 });
    expect(log.counts).toMatchObject({ samplesPresent: 3, scored: { judged: 2 } });
    for (const field of ['results.total_samples', 'results.completed_samples'])
      expect(log.leftOut).toContainEqual({ field, count: 1, why: expect.stringContaining('a warning says') });
  });

  it('tells where each sample stands in a JSON log', async () => {
    const text = json({});
    const log = await readLog('a.json', text);
    const bytes = Buffer.from(text);
    for (const [i, { place }] of log.samples.entries())
      expect(JSON.parse(bytes.subarray(place!.offset, place!.offset + place!.length).toString())).toEqual(
        SAMPLES[i],
      );
  });

  it('keeps the parts of a value that is a mapping or a list', async () => {
    const samples = [sample(1, 1, { harmful: 1.0, note: 'x', none: null }), sample(2, 1, [true, 0])];
    const log = await readLog('a.json', json({ samples }));
    expect(log.samples.map(({ scores }) => scores.judged!.parts)).toEqual([
      { harmful: 1, note: 'x', none: null },
      { '0': true, '1': 0 },
    ]);
  });

  it.each([
    ['{"eval_set_id":"x","tasks":[]}', 'eval set'],
    ['{"hello":1}', 'no `eval` section'],
    ['{"eval":{}}', 'no task'],
    ['[]', 'a list'],
    ['', 'empty'],
    ['hello', 'neither JSON nor a zip'],
    ['{"eval":{"task":"a"', 'cut short'],
  ])('refuses %j with the reason and the digest', async (bytes, reason) => {
    const reading = await read('a.json', bytes);
    expect(reading.refused?.reason).toContain(reason);
    expect(reading.digest).toBe(createHash('sha256').update(bytes).digest('hex'));
  });
});

const SUMMARIES = SAMPLES.map(({ messages: _, ...summary }) => summary);
const HEADER: FixtureMember = { name: 'header.json', data: JSON.stringify(LOG) };
const START: FixtureMember = {
  name: '_journal/start.json',
  data: JSON.stringify({ version: 2, eval: EVAL }),
};
const summaries = (name: string, list: object[]): FixtureMember => ({ name, data: JSON.stringify(list) });
const body = (of: (typeof SAMPLES)[number]): FixtureMember => ({
  name: `samples/${of.id}_epoch_${of.epoch}.json`,
  data: JSON.stringify(of),
});
const bodies = SAMPLES.map(body);

describe('what samples were given, told by summaries', () => {
  const LONG = 'x'.repeat(6_000);
  const picture = [{ role: 'user', content: [{ type: 'image', image: 'data:image/png;base64,AA==' }] }];
  const of = (id: string, given: object) => {
    const { id: _id, epoch: _epoch, input, target, ...rest } = sample(id, 1, 'C');
    return { id, epoch: 1, input, ...given, target, ...rest };
  };
  const thinned = (given: ReturnType<typeof of>, input: unknown) => {
    const { messages: _m, choices: _c, ...summary } = given as ReturnType<typeof of> & { choices?: unknown };
    return { ...summary, input };
  };
  const member = (one: ReturnType<typeof of>, more: Partial<FixtureMember> = {}): FixtureMember => ({
    name: `samples/${one.id}_epoch_1.json`,
    data: JSON.stringify(one),
    ...more,
  });
  const digests = async (name: string, bytes: string | Buffer) =>
    Object.fromEntries((await readLog(name, bytes)).samples.map(({ id, inputDigest }) => [id, inputDigest]));
  const zipped = (list: object[], members: FixtureMember[]) =>
    digests('a.eval', zipOf([START, ...members, summaries('summaries.json', list), HEADER]));
  const CUT = `${LONG.slice(0, 5_120)}...\n(content truncated)`;

  it.each(['stored', 'deflate', 'zstd'] as const)(
    'are told by the sample where a summary cuts them, with %s members, and are what the JSON log tells',
    async (method) => {
      const short = of('short', { input: 'q' });
      const long = of('long', { input: LONG });
      const other = of('other', { input: `${LONG}, and not the same` });
      const seen = of('seen', { input: picture });
      const all = [short, long, other, seen];
      const members = all.map((one) => ({ ...member(one), method }));
      const word = [{ role: 'user', content: [{ type: 'text', text: '(Image)' }] }];
      const list = [short, thinned(long, CUT), thinned(other, CUT), thinned(seen, word)];
      const told = await zipped(list, members);
      expect(told).toEqual(await digests('a.json', json({ samples: all })));
      expect(told.short).toMatch(/^messages:[0-9a-f]{64}$/);
      expect(new Set([told.short, told.long, told.other]).size).toBe(3);
      // What is no text stands in one file and not in another.
      expect(told.seen).toBeNull();
    },
  );

  it('are told with the choices, also by summaries that name none', async () => {
    const one = of('one', { choices: ['a', 'b'] });
    const two = of('two', { choices: ['b', 'a'] });
    const all = [one, two];
    const plain = await digests('a.json', json({ samples: all }));
    expect(plain.one).not.toBe(plain.two);
    const older = all.map((given) => thinned(given, 'q'));
    expect(
      await zipped(
        older,
        all.map((given) => member(given)),
      ),
    ).toEqual(plain);
    expect(
      await zipped(
        all,
        all.map((given) => member(given)),
      ),
    ).toEqual(plain);
  });

  it('are unknown where neither tells them whole, and refuse no log', async () => {
    const long = of('long', { input: LONG });
    const damaged = { ...member(long), data: JSON.stringify(long).slice(0, 3_000) };
    expect(await zipped([thinned(long, CUT)], [damaged])).toEqual({ long: null });
    // Nobody says whether there were choices.
    expect(await zipped([thinned(of('short', {}), 'q')], [])).toEqual({ short: null });
    const silent = { ...of('silent', {}), input: undefined };
    expect(await zipped([silent], [member(of('silent', {}))])).toEqual({ silent: null });
  });
});

describe('a zipped log', () => {
  it.each(['stored', 'deflate', 'zstd'] as const)(
    'says the same as its JSON, with %s members',
    async (method) => {
      const members = [START, ...bodies, summaries('summaries.json', SUMMARIES), HEADER];
      const zipped = await readLog('a.eval', zipOf(members.map((member) => ({ ...member, method }))));
      const plain = await readLog('a.json', json({}));
      for (const part of [
        'evaluation',
        'run',
        'graders',
        'scores',
        'samples',
        'counts',
        'warnings',
      ] as const) {
        const same = part === 'samples' ? plain.samples.map((one) => ({ ...one, place: null })) : plain[part];
        expect(zipped[part]).toEqual(same);
      }
      expect(zipped.container).toBe('eval');
    },
  );

  it('reads a killed run from its journal and from samples that no summary has', async () => {
    const journal = [
      summaries('_journal/summaries/10.json', [SUMMARIES[1]!]),
      summaries('_journal/summaries/2.json', [{ ...SUMMARIES[1]!, scores: null }, SUMMARIES[0]!]),
    ];
    const log = await readLog('a.eval', zipOf([START, ...journal, ...bodies.slice(0, 3)]));
    expect(log.status).toBe('killed');
    expect(log.counts).toMatchObject({ samplesPresent: 3, scored: { judged: 3 } });
    expect(log.warnings.join()).toContain('killed');
    expect(log.warnings.join()).toContain('was to take 4 samples over its epochs; the log holds 3');
  });

  it('reads samples laid out in folders, and version 3', async () => {
    const shell = {
      name: 'samples/1_epoch_1/sample.json',
      data: JSON.stringify({ ...SUMMARIES[0], message_refs: [] }),
    };
    const pool = { name: 'samples/1_epoch_1/messages/0.json', data: '[]' };
    const log = await readLog(
      'a.eval',
      zipOf([{ ...HEADER, data: JSON.stringify({ ...LOG, version: 3 }) }, shell, pool]),
    );
    expect(log.formatVersion).toBe(3);
    expect(log.samples).toMatchObject([{ id: '1', epoch: 1, scores: { judged: { value: 'C' } } }]);
    expect(log.leftOut).toContainEqual({ field: 'samples[] (parts)', count: 1, why: expect.any(String) });
  });

  it('counts a value that is no number once, where a sample is read from its summary and then opened', async () => {
    const header = { ...HEADER, data: JSON.stringify({ ...LOG, invalidated: true }) };
    const bare = ({ name, data }: FixtureMember) => ({ name, data: data.toString().replace('"V"', 'NaN') });
    const one = sample(1, 1, 'V');
    const log = await readLog(
      'a.eval',
      zipOf([START, bare(body(one)), bare(summaries('summaries.json', [one])), header]),
    );
    expect(log.warnings).toContain('1 value of judged NaN or infinite: read as unscored.');
  });

  it('opens the samples of an invalidated log, because summaries do not say which', async () => {
    const header = { ...HEADER, data: JSON.stringify({ ...LOG, invalidated: true }) };
    const invalid = body({ ...SAMPLES[0]!, ...{ invalidation: { author: 'x' } } });
    const log = await readLog('a.eval', zipOf([header, summaries('summaries.json', SUMMARIES), invalid]));
    expect(log.counts).toMatchObject({ samplesPresent: 4, invalidated: 1 });
  });

  const HISTORY = 'samples[].scores.*.history';
  const UNSAID = 'summaries do not say whether a score was edited';
  const withHistory = (of: (typeof SAMPLES)[number], history: object[]) => ({
    ...of,
    scores: { judged: { ...of.scores.judged, history } },
  });

  it('says that summaries do not tell of edits, whether or not they have a history that is always empty', async () => {
    const edited = body(withHistory(SAMPLES[0]!, [{ value: 'I' }, { value: 'C' }]));
    for (const list of [SUMMARIES, SAMPLES.map((one) => withHistory(one, []))]) {
      const zip = [HEADER, summaries('summaries.json', list), edited, ...bodies.slice(1)];
      const log = await readLog('a.eval', zipOf(zip));
      expect(log.leftOut.filter(({ field }) => field === HISTORY)).toEqual([
        { field: HISTORY, count: 4, why: expect.stringMatching(new RegExp(`${UNSAID}$`)) },
      ]);
      expect(log.warnings.join()).not.toContain('edited');
    }
  });

  it('counts the edits of those bodies that it opens, and says of the others that summaries do not tell', async () => {
    const edited = body(withHistory(SAMPLES[0]!, [{ value: 'I' }, { value: 'C' }]));
    const zip = [HEADER, summaries('summaries.json', SUMMARIES.slice(1)), edited, ...bodies.slice(1)];
    const log = await readLog('a.eval', zipOf(zip));
    expect(log.warnings.join()).toContain('1 score of judged was edited after the run');
    const [history, ...more] = log.leftOut.filter(({ field }) => field === HISTORY);
    expect(more).toEqual([]);
    expect(history!.count).toBe(2 + 3);
    expect(history!.why).toMatch(/^the values kept are those after the edits; .*; summaries do not say/);
  });

  it('says nothing of edits that summaries would not tell where every body was opened or nothing was scored', async () => {
    const invalidated = { ...HEADER, data: JSON.stringify({ ...LOG, invalidated: true }) };
    const unscored = SUMMARIES.map((one) => ({ ...one, scores: null }));
    for (const zip of [
      [invalidated, summaries('summaries.json', SUMMARIES), ...bodies],
      [HEADER, ...bodies],
      [HEADER, summaries('summaries.json', unscored), ...bodies],
    ])
      expect(JSON.stringify((await readLog('a.eval', zipOf(zip))).leftOut)).not.toContain(UNSAID);
  });

  it('goes by the bytes where the name is wrong', async () => {
    expect((await readLog('a.json', zipOf([HEADER]))).container).toBe('eval');
    const plain = await readLog('a.eval', json({}));
    expect(plain.container).toBe('json');
    expect(plain.warnings.join()).toContain('whatever its name says');
  });

  it.each<[string, FixtureMember[], string]>([
    ['nothing of a log in it', [{ name: 'x.txt', data: 'x' }], 'neither header.json'],
    ['an unknown compression', [{ ...HEADER, claims: { method: 12 } }], 'compression method 12'],
    ['an encrypted member', [{ ...HEADER, claims: { flags: 1 } }], 'encrypted'],
    ['a wrong checksum', [{ ...HEADER, claims: { crc: 1 } }], 'damaged'],
    ['a wrong size', [{ ...HEADER, claims: { size: 5 } }], 'damaged'],
    ['JSON cut short', [{ name: 'header.json', data: '{"eval":' }], 'In header.json'],
    ['bytes that are no zstd', [{ ...HEADER, method: 'stored', claims: { method: 93 } }], 'does not inflate'],
  ])('refuses a zip with %s', async (_, members, reason) => {
    expect(await refusal('a.eval', zipOf(members))).toContain(reason);
  });

  it('refuses a zip that is cut short', async () => {
    expect(await refusal('a.eval', zipOf([HEADER]).subarray(0, 100))).toContain('cannot be read');
  });

  it.each<[Partial<ReadLimits>, string]>([
    [{ ratioGraceBytes: 10_000, inflationRatio: 50 }, 'times its size'],
    [{ memberBytes: 10_000 }, 'inflates past'],
    [{ zipEntries: 1 }, 'members'],
    [{ samples: 1 }, 'more than 1 samples'],
  ])('refuses what passes the bounds %j', async (bound, reason) => {
    const bomb = { name: 'summaries.json', data: `${JSON.stringify(SUMMARIES)}${' '.repeat(1_000_000)}` };
    expect(await refusal('a.eval', zipOf([HEADER, bomb]), { ...DEFAULT_LIMITS, ...bound })).toContain(reason);
  });

  it('stops a member that inflates past what it claims', async () => {
    const liar = { name: 'header.json', data: ' '.repeat(5_000_000), claims: { size: 100 } };
    const limits = { ...DEFAULT_LIMITS, memberBytes: 100_000 };
    expect(await refusal('a.eval', zipOf([liar]), limits)).toContain('inflates past');
  });

  const magic = [0x28, 0xb5, 0x2f, 0xfd];
  const wide = Buffer.from([...magic, 0x00, 0x98, 0x0b, 0x00, 0x00, 0x20]); // 512 MiB, for one byte repeated
  const skippable = Buffer.alloc(24, 0);
  skippable.writeUInt32LE(0x184d2a50, 0);
  skippable.writeUInt32LE(16, 4);
  const plain = zstdRaw(Buffer.from(HEADER.data));
  it.each<[string, Buffer, string]>([
    ['asks for a huge window', wide, 'too large a window'],
    [
      'is to be skipped, before one that asks for a huge window',
      Buffer.concat([skippable, wide]),
      'does not begin',
    ],
    [
      'is followed by one that asks for a huge window',
      Buffer.concat([plain, wide]),
      'goes on after its zstd frame',
    ],
    [
      'is followed by another',
      Buffer.concat([plain, zstdRaw(Buffer.from(' '))]),
      'goes on after its zstd frame',
    ],
    ['is followed by one to be skipped', Buffer.concat([plain, skippable]), 'goes on after its zstd frame'],
    [
      'is cut into thousands of blocks of one byte',
      Buffer.concat([
        Buffer.from([...magic, 0x00, (23 - 10) << 3]),
        Buffer.concat(Array.from({ length: 5_000 }, () => Buffer.from([0x08, 0, 0, 0x20]))),
        Buffer.from([1, 0, 0]),
      ]),
      'very many blocks',
    ],
  ])('refuses a member whose zstd frame %s', async (_, data, reason) => {
    const member: FixtureMember = { name: 'header.json', data, method: 'stored', claims: { method: 93 } };
    expect(await refusal('a.eval', zipOf([member]))).toContain(reason);
  });
});
