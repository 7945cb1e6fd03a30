import { describe, expect, it } from 'vitest';
import { NO_REPORT } from './import.ts';
import { planImport } from './import-plan.ts';
import { joinReports } from './join-reports.ts';
import { grader, logWith, SAMPLE, SCORE } from './log-fixture.ts';
import { UnfitLog } from './plan-values.ts';
import { withRules } from './told-by-rules.ts';
import { withConfirmedModels } from './with-confirmed-models.ts';

describe('the plan of an import', () => {
  it('names the run by its task and identity, and says what the log does not', () => {
    const plan = planImport(logWith({ evaluation: { version: null } }));
    expect(plan.runNames[0]).toBe('sums/abcdefgh');
    expect(plan.evaluation).toEqual({ name: 'sums', version: 'unversioned', title: null });
    expect(plan.model).toEqual({ name: 'lab/m', version: 'unspecified' });
    expect(plan.report.warnings.join(' ')).toMatch(/states no version of its task.*without a version/);
  });

  it('keeps apart what is told of it by what its sender sees, as does the report of its file', async () => {
    const ambiguous = 'Several teams have a rule.';
    const hidden = { id: 1n, ref: 'model:hidden@1' };
    const known = { rules: [], models: new Map([['lab/m', hidden]]), ofRules: [ambiguous] };
    const { report } = planImport(logWith(), known);
    const confirmed = expect.stringContaining('it is recorded as model:hidden@1');
    expect(report.warningsOfRecord).toEqual([confirmed]);
    const joined = joinReports([NO_REPORT, report], ['of its run'], ['of a behaviour']);
    expect(joined.warningsOfRecord).toEqual(['of its run', confirmed]);
    // What is of rules is told to whoever is told of all of them, and by none that somebody sees.
    expect(withRules(joined, ({ version }) => version !== null)).toMatchObject({
      warningsOfRecord: joined.warningsOfRecord,
    });
    expect(withRules(joined).warningsOfRecord).toEqual([
      'of its run',
      confirmed,
      'of a behaviour',
      ambiguous,
    ]);
    // Of a format that is read without asking what was confirmed, the same is said afterwards.
    const file = { format: 'any', source: 'Any', runs: [planImport(logWith())], report: NO_REPORT };
    const here = { ofLog: async () => known, models: async () => known.models };
    const [run] = (await withConfirmedModels(file, here)).runs;
    expect(run!.report.warningsOfRecord).toEqual([confirmed]);
    expect(run!.model.confirmed).toBe(hidden);
    for (const { warnings } of [report, joined, run!.report])
      expect(warnings.join(' ')).not.toMatch(/hidden|Several/);
  });

  it('takes a model with its version for what both were confirmed to mean, and not for what the name was', async () => {
    const here = (name: string) => ({
      ofLog: async () => ({ rules: [], models: new Map(), ofRules: [] }),
      models: async (asked: readonly string[]) =>
        new Map(asked.includes(name) ? [[name, { id: 3n, ref: 'model:meant@1' }]] : []),
    });
    const run = { ...planImport(logWith()), model: { name: 'org/m', version: 'step1000' } };
    const file = { format: 'any', source: 'Any', runs: [run], report: NO_REPORT };
    const model = async (name: string) => (await withConfirmedModels(file, here(name))).runs[0]!.model;
    expect((await model('org/m@step1000')).confirmed?.ref).toBe('model:meant@1');
    expect(await model('org/m')).toEqual({ name: 'org/m', version: 'step1000' });
  });

  it('takes the model that grades for what its name was confirmed to mean, in a file of any format', async () => {
    const judge = { id: 2n, ref: 'model:judge@1' };
    const planned = planImport(logWith());
    const grader = { name: 'g', version: '1', kind: 'MODEL' as const, prompt: null, parser: null };
    const graders = ['lab/judge', 'lab/judge', 'lab/other'].map((name) => ({
      ...grader,
      model: { name, version: 'unspecified' },
    }));
    const runs = [{ ...planned, graders: [...graders, { ...grader, model: null }] }];
    const here = {
      ofLog: async () => ({ rules: [], models: new Map(), ofRules: [] }),
      models: async (names: readonly string[]) =>
        new Map(names.includes('lab/judge') ? [['lab/judge', judge]] : []),
    };
    const file = { format: 'any', source: 'Any', runs, report: NO_REPORT };
    const [run] = (await withConfirmedModels(file, here)).runs;
    expect(run!.graders.map(({ model }) => model?.confirmed)).toEqual([judge, judge, undefined, undefined]);
    expect(run!.model.confirmed).toBeUndefined();
    expect(run!.report.warningsOfRecord).toEqual([
      'The file names the model that grades lab/judge: it is recorded as model:judge@1, as a person of your team confirmed that name to mean.',
    ]);
  });

  it('names in full the metrics of scorers that nothing else would tell apart, and no others', () => {
    const score = (scorer: string, name: string, metric: string, value: number) => ({
      ...{ scorer, name, metric, value },
      ...{ stderr: null, scoredSamples: 1, unscoredSamples: 0, reducer: null },
    });
    const metrics = (...scores: ReturnType<typeof score>[]) =>
      planImport(logWith({ log: { graders: [], scores } })).scores.map(({ metric, value }) => [
        metric,
        value,
      ]);
    expect(
      metrics(
        score('one', 'one', 'accuracy', 0.1),
        score('two', 'two', 'accuracy', 0.2),
        score('two', 'group', 'accuracy', 0.3),
        score('two', 'group/a', 'accuracy', 0.4),
        score('two', 'group', 'a/accuracy', 0.5),
        score('pkg/x', 'x', 'mean', 0.6),
      ),
    ).toEqual([
      ['one: accuracy', 0.1],
      ['two: accuracy', 0.2],
      ['group/accuracy', 0.3],
      ['two: group/a: accuracy', 0.4],
      ['two: group: a/accuracy', 0.5],
      ['mean', 0.6],
    ]);
    // Two values of one scorer, of which one is called as the scorer is within a group, are two.
    expect(metrics(score('m', 'm', 'accuracy', 0.1), score('m', 'group/m', 'accuracy', 0.2))).toEqual([
      ['accuracy', 0.1],
      ['group/m/accuracy', 0.2],
    ]);
  });

  it('has the same content for both containers of a run, and another where a verdict differs', () => {
    const json = planImport(logWith());
    const evaluation = logWith().evaluation;
    const zip = logWith({ log: { container: 'eval', digest: 'e'.repeat(64), formatVersion: 3 } });
    zip.evaluation = { ...evaluation, dataset: { ...evaluation.dataset, idsSelected: 1 } };
    expect(planImport(zip).contentDigest).toBe(json.contentDigest);
    const scores = { match: { value: 'I', parts: null, answer: null } };
    const other = planImport(logWith({ log: { samples: [{ ...SAMPLE, scores }] } }));
    expect(other.contentDigest).not.toBe(json.contentDigest);
    expect(other.runNames[1]).not.toBe(json.runNames[1]);
  });

  it('makes another version of a grader whose parameters differ, and the same of the same', () => {
    const versions = [{ location: 'end' }, { location: 'any' }, { location: 'end' }].map(
      (params) => planImport(logWith({ log: { graders: [grader('match', params)] } })).graders[0]?.version,
    );
    expect(versions[0]).toBe(versions[2]);
    expect(versions[0]).not.toBe(versions[1]);
  });

  it('does not guess which of two graders of one name gave a value', () => {
    const graders = [grader('pkg/match', { location: 'end' }), grader('pkg/match', { location: 'any' })];
    const plan = planImport(logWith({ log: { graders } }));
    expect(plan.scores[0]?.grader).toBeNull();
    expect(plan.report.warnings).toContain(
      'Several graders are called match: which gave a value cannot be told.',
    );
  });

  it('finds a grader that the samples name without its package', () => {
    expect(planImport(logWith({ log: { graders: [grader('pkg/match')] } })).scores[0]?.grader).toBe(0);
  });

  it('leaves out numbers and times that the record cannot hold, and says so', () => {
    const plan = planImport(
      logWith({
        run: { created: '0000-01-01T00:00:00.000Z', epochs: 3e12 },
        log: {
          scores: [{ ...SCORE, scoredSamples: 5e9, stderr: -1 }],
          counts: { ...logWith().counts, samplesDeclared: 9e9 },
        },
      }),
    );
    expect(plan).toMatchObject({ startedAt: null, epochs: 1, samplesDeclared: null });
    expect(plan.scores[0]).toMatchObject({ sampleCount: null, standardError: null });
    expect(plan.report.warnings.filter((warning) => warning.includes('left out'))).toHaveLength(4);
  });

  it('bounds names, keeps long ones apart, and writes @ otherwise, which would begin a version', () => {
    const long = (end: string) => planImport(logWith({ evaluation: { name: `${'x'.repeat(400)}${end}` } }));
    expect(long('1').evaluation.name).toHaveLength(200);
    expect(long('1').evaluation.name).not.toBe(long('2').evaluation.name);
    expect(long('1').runNames.every((name) => name.length <= 200)).toBe(true);
    expect(planImport(logWith({ evaluation: { name: 'polls.py@polls' } })).evaluation.name).toBe(
      'polls.py#polls',
    );
  });

  it('drops what may hold credentials, wherever it stands, and what is too large', () => {
    const plan = planImport(
      logWith({
        run: {
          generateConfig: { extra_headers: { a: 'marked-1' }, temperature: 0 },
          metadata: { big: 'y'.repeat(300_000) },
        },
        evaluation: { solverArgs: { tools: [{ apiKey: 'marked-2' }] } },
        log: { graders: [grader('match', { openai_api_key: 'marked-3' })] },
      }),
    );
    expect(JSON.stringify(plan)).not.toMatch(/marked-|yyyy/);
    expect(plan.metadata.generateConfig).toEqual({ temperature: 0 });
    expect(plan.report.leftOut.map((loss) => loss.field)).toEqual([
      'eval.model_generate_config.extra_headers',
      'metadata',
      'eval.solver_args.tools[].apiKey',
      'eval.scorers[].params.openai_api_key',
    ]);
  });

  it('keeps tokens, time and retries as sums over the samples that state them', () => {
    const samples = [SAMPLE, { ...SAMPLE, id: '2', tokens: 5, seconds: 1.5, retries: 2 }];
    expect(planImport(logWith({ log: { samples } })).metadata.usage).toEqual({
      tokens: 5,
      seconds: 1.5,
      retries: 2,
    });
    expect(planImport(logWith()).metadata.usage).toEqual({ tokens: null, seconds: null, retries: 0 });
  });

  it('says which metrics a measurement stands for', () => {
    const plan = planImport(
      logWith({
        evaluation: { name: 'pkg/agentic_misalignment' },
        log: {
          samples: [
            {
              ...SAMPLE,
              scores: { harmfulness_scorer: { value: null, parts: { harmful: 1 }, answer: null } },
            },
          ],
          scores: [SCORE, { ...SCORE, scorer: 'harmfulness_scorer', name: 'harmful', metric: 'mean' }],
        },
      }),
    );
    expect(plan.measurements).toMatchObject([{ behavior: 'blackmail', exhibited: 1, notExhibited: 0 }]);
    expect(plan.scores.map(({ metric, coveredBy }) => [metric, coveredBy])).toEqual([
      ['accuracy', undefined],
      ['harmful/mean', [0]],
    ]);
    expect(plan.report.leftOut).toEqual([]);
    expect(withRules(plan.report).leftOut).toEqual([
      {
        field: 'results.scores[]',
        count: 1,
        reason: 'the measurements say the same, counted from the samples',
      },
    ]);
  });

  it('refuses a log whose epochs cannot be', () => {
    expect(() => planImport(logWith({ log: { samples: [{ ...SAMPLE, epoch: 0 }] } }))).toThrow(UnfitLog);
  });
});
