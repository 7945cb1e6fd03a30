import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ANONYMOUS } from '../../../api/src/access/viewer.ts';
import { evalRun, makeWorld, mutate, rows, type World } from '../incident/world.ts';

const TABLES = ['node', 'edge', 'eval_run', 'measurement', 'score', 'citation', 'event'];
const counts = (world: World) => Promise.all(TABLES.map((table) => rows(world.api, table)));
const MEASUREMENTS = `measurements {
  id exhibited notExhibited unscored sampleCount rate qualifier interval { lower upper level method }
  behavior { name } condition { name } grader { name version } citation { source }
}`;

describe('eval runs', () => {
  let world: World;
  beforeAll(async () => {
    world = await makeWorld();
  });
  afterAll(() => world.api.close());

  it('are recorded in one call with measurements and scores, and read back whole', async () => {
    const result = await world.run(
      world.reporter,
      'recordEvalRun',
      evalRun('opus headline', {
        judgedBy: ['model:sonnet@4'],
        epochs: 1,
        measurements: [
          {
            behavior: 'blackmail',
            condition: 'replacement',
            grader: 'classifier@1',
            exhibited: 96,
            notExhibited: 4,
            unscored: 3,
            citation: { source: 'A paper', certainty: 'PRIMARY' },
          },
          { behavior: 'sabotage', rate: 0.84 },
          { behavior: 'sabotage', grader: 'classifier', rate: 0.3, standardError: 0.05 },
        ],
        scores: [{ metric: 'accuracy', value: 0.7, standardError: 0.02, sampleCount: 100 }],
      }),
      `evalRun {
        ref status epochs evaluationVersion { label } modelVersion { ref } judgedBy { ref } graders { name version }
        ${MEASUREMENTS} scores { metric value interval { lower method } }
      }`,
    );
    const run = result.evalRun;
    expect(run).toMatchObject({
      ref: 'eval-run:opus%20headline',
      status: 'SUCCESS',
      evaluationVersion: { label: 'agentic-misalignment 1.0' },
      modelVersion: { ref: 'model:opus@4' },
      judgedBy: [{ ref: 'model:sonnet@4' }],
    });
    const [counted, stated, fromError] = run.measurements;
    expect(counted).toMatchObject({
      sampleCount: 100,
      rate: 0.96,
      unscored: 3,
      condition: { name: 'replacement' },
      grader: { name: 'classifier', version: '1' },
      citation: { source: 'A paper' },
    });
    expect(counted.interval.lower).toBeCloseTo(0.902, 3);
    expect(counted.interval.upper).toBeCloseTo(0.984, 3);
    expect(stated).toMatchObject({ rate: 0.84, sampleCount: null, interval: null, grader: null });
    expect(fromError.interval.method).toContain('standard error');
    // A grader by its name alone is its newest version.
    expect(fromError.grader.version).toBe('2');
    expect(run.graders).toHaveLength(2);
    expect(run.scores[0].interval.method).toContain('standard error');
    const data = await world.ask(
      world.viewer,
      `{ lineageNode(ref: "model:opus@4") { ... on ModelVersion {
        evalRuns { totalCount nodes { name } } measurements(behavior: "blackmail") { rate } } } }`,
    );
    expect(data.lineageNode.evalRuns.nodes).toContainEqual({ name: 'opus headline' });
    expect(data.lineageNode.measurements).toEqual([{ rate: 0.96 }]);
  });

  it.each([
    [
      'counts that do not add up',
      { exhibited: 96, notExhibited: 3, sampleCount: 100 },
      ['sampleCount'],
      'InputError',
    ],
    ['a rate past 1', { rate: 96 }, ['rate'], 'InputError'],
    [
      'a rate that contradicts its counts',
      { exhibited: 96, notExhibited: 4, rate: 0.9 },
      ['rate'],
      'InputError',
    ],
    ['an unknown behaviour', { behavior: 'blackmial', rate: 0.5 }, ['behavior'], 'NotFoundError'],
    ['an unknown condition', { condition: 'never', rate: 0.5 }, ['condition'], 'NotFoundError'],
    ['an unknown grader version', { grader: 'classifier@9', rate: 0.5 }, ['grader'], 'NotFoundError'],
  ])('are refused whole for %s, at its place', async (_what, wrong, path, type) => {
    const before = await counts(world);
    const result = await world.run(
      world.reporter,
      'recordEvalRun',
      evalRun(`refused ${_what}`, {
        citation: { source: 'A paper', certainty: 'PRIMARY' },
        measurements: [
          { behavior: 'blackmail', rate: 0.1 },
          { behavior: 'blackmail', ...wrong },
        ],
      }),
      'evalRun { id }',
    );
    expect(result).toMatchObject({ __typename: type, path: ['measurements', '1', ...path] });
    expect(await counts(world)).toEqual(before);
  });

  it('are refused for an unknown evaluation version, model or taken name, with what there is', async () => {
    const version = await world.run(
      world.reporter,
      'recordEvalRun',
      evalRun('x', { evaluationVersion: '2.0' }),
      'evalRun { id }',
    );
    expect(version).toMatchObject({
      __typename: 'NotFoundError',
      path: ['evaluationVersion'],
      candidates: ['1.0'],
    });
    const model = await world.run(
      world.reporter,
      'recordEvalRun',
      evalRun('x', { modelVersion: 'model:opus@5' }),
      'evalRun { id }',
    );
    expect(model).toMatchObject({
      __typename: 'NotFoundError',
      path: ['modelVersion'],
      candidates: ['model:opus@4'],
    });
    await world.run(world.reporter, 'recordEvalRun', evalRun('taken'), 'evalRun { id }');
    const taken = await world.run(world.reporter, 'recordEvalRun', evalRun('taken'), 'evalRun { id }');
    expect(taken).toMatchObject({ __typename: 'ConflictError', path: ['name'] });
    expect(taken.existing.id).toEqual(expect.any(String));
  });

  it('are recorded by nobody who may not', async () => {
    const before = await counts(world);
    const asViewer = await mutate(world.api, world.viewer, 'recordEvalRun', evalRun('no'), 'evalRun { id }');
    expect(asViewer.errors[0]?.code).toBe('FORBIDDEN');
    const asNobody = await mutate(world.api, ANONYMOUS, 'recordEvalRun', evalRun('no'), 'evalRun { id }');
    expect(asNobody.errors[0]?.code).toBe('UNAUTHENTICATED');
    expect(await counts(world)).toEqual(before);
  });

  it('are comparable only where version, condition and grader are the same', async () => {
    const measure = async (name: string, more: object) => {
      const made = await world.run(
        world.reporter,
        'recordEvalRun',
        evalRun(name, {
          measurements: [
            {
              behavior: 'blackmail',
              exhibited: 1,
              notExhibited: 9,
              grader: 'classifier@1',
              condition: 'replacement',
              ...more,
            },
          ],
        }),
        'evalRun { measurements { id } }',
      );
      return made.evalRun.measurements[0].id as string;
    };
    const base = await measure('base', {});
    const same = await measure('same', {});
    const other = await measure('other', { grader: 'classifier@2', condition: 'control' });
    const asked = `query ($id: ID!, $with: ID!) { node(id: $id) { ... on Measurement { comparability(with: $with) { comparable differences } } } }`;
    const alike = await world.ask(world.viewer, asked, { id: base, with: same });
    expect(alike.node.comparability).toEqual({ comparable: true, differences: [] });
    const unlike = await world.ask(world.viewer, asked, { id: base, with: other });
    expect(unlike.node.comparability).toEqual({
      comparable: false,
      differences: [
        'condition: replacement against control',
        'grader version: classifier 1 against classifier 2',
      ],
    });
  });

  it('that are restricted do not exist for others: in no list, count, model, evaluation or by id', async () => {
    const made = await world.run(
      world.reporter,
      'recordEvalRun',
      evalRun('hidden run', {
        visibility: 'RESTRICTED',
        measurements: [{ behavior: 'sabotage', rate: 0.123 }],
      }),
      'evalRun { id measurements { id } }',
    );
    const query = `query ($run: ID!, $measurement: ID!) {
      node(id: $run) { id } measured: node(id: $measurement) { id }
      lineageNode(ref: "eval-run:hidden%20run") { id }
      evalRuns(filter: { search: "hidden" }) { totalCount nodes { name } }
      evaluation(name: "agentic-misalignment") { versions { nodes { evalRuns(first: 100) { totalCount nodes { name } } } } }
      behavior(name: "sabotage") { measurements(first: 100) { totalCount nodes { rate } } }
      model: lineageNode(ref: "model:opus@4") { ... on ModelVersion { evalRuns(first: 100) { totalCount nodes { name } } measurements { rate } } }
    }`;
    const variables = { run: made.evalRun.id, measurement: made.evalRun.measurements[0].id };
    const others = await world.ask(world.other, query, variables);
    expect(others).toMatchObject({
      node: null,
      measured: null,
      lineageNode: null,
      evalRuns: { totalCount: 0, nodes: [] },
    });
    expect(JSON.stringify(others)).not.toContain('hidden run');
    expect(JSON.stringify(others)).not.toContain('0.123');
    const own = await world.ask(world.reporter, query, variables);
    expect(own.evalRuns.totalCount).toBe(1);
    expect(own.model.evalRuns.totalCount).toBe(others.model.evalRuns.totalCount + 1);
    expect(own.behavior.measurements.totalCount).toBe(others.behavior.measurements.totalCount + 1);
  });

  it('are no more widely visible than the model version', async () => {
    await world.run(
      world.reporter,
      'registerModelVersion',
      { model: 'secret', version: '1', visibility: 'RESTRICTED' },
      'modelVersion { id }',
    );
    const wide = await world.run(
      world.reporter,
      'recordEvalRun',
      evalRun('wide', { modelVersion: 'model:secret@1', visibility: 'MEMBERS' }),
      'evalRun { id }',
    );
    expect(wide).toMatchObject({ __typename: 'InputError', path: ['visibility'] });
    const made = await world.run(
      world.reporter,
      'recordEvalRun',
      evalRun('narrow', { modelVersion: 'model:secret@1' }),
      'evalRun { visibility }',
    );
    expect(made.evalRun.visibility).toBe('RESTRICTED');
  });

  it('list under many models in a number of statements that does not grow with them', async () => {
    const query =
      '{ models(first: 100) { nodes { versions { nodes { evalRuns { totalCount nodes { name measurements { rate } } } } } } } }';
    const one = await world.api.as(world.viewer)(query);
    expect(one.errors).toEqual([]);
    for (let i = 0; i < 5; i += 1) {
      await world.run(
        world.reporter,
        'registerModelVersion',
        { model: `many-${i}`, version: '1' },
        'modelVersion { id }',
      );
      await world.run(
        world.reporter,
        'recordEvalRun',
        evalRun(`many ${i}`, {
          modelVersion: `model:many-${i}@1`,
          measurements: [{ behavior: 'blackmail', rate: 0.2 }],
        }),
        'evalRun { id }',
      );
    }
    const many = await world.api.as(world.viewer)(query);
    const mine = (statements: string[]) =>
      statements.filter((sql) => /measurement|EVAL_RUN|eval_run/.test(sql)).length;
    expect(mine(many.statements)).toBe(mine(one.statements));
  });

  it('take the rest of the catalogue: standards, reported results, taken versions', async () => {
    const standard = await world.run(
      world.reporter,
      'publishStandard',
      {
        name: 'constitution',
        title: 'Constitution',
        kind: 'constitution',
        version: '1',
        text: 'Be good.',
        authors: ['An author'],
      },
      'standardVersion { label authors standard { name versions { version } } }',
    );
    expect(standard.standardVersion).toMatchObject({
      label: 'Constitution 1',
      authors: ['An author'],
      standard: { name: 'constitution', versions: [{ version: '1' }] },
    });
    const again = await world.run(
      world.reporter,
      'registerGrader',
      { name: 'classifier', version: '2', kind: 'HUMAN' },
      'graderVersion { id }',
    );
    expect(again).toMatchObject({ __typename: 'ConflictError', path: ['version'] });
    const grader = await world.run(
      world.reporter,
      'registerGrader',
      { name: 'judge', version: '1', kind: 'MODEL', model: 'model:sonnet@4', standard: 'constitution' },
      'graderVersion { name kind model { ref } standardVersion { label } }',
    );
    expect(grader.graderVersion).toEqual({
      name: 'judge',
      kind: 'MODEL',
      model: { ref: 'model:sonnet@4' },
      standardVersion: { label: 'Constitution 1' },
    });
    const citation = { source: 'An article', certainty: 'SECONDARY' };
    const reported = await world.run(
      world.reporter,
      'recordReportedResult',
      {
        statement: '1.3 to 3 times lower',
        lower: 1.3,
        upper: 3,
        unit: 'times lower',
        behavior: 'blackmail',
        subject: 'an unnamed model',
        citation,
      },
      'reportedResult { lower upper behavior { name } citation { source } }',
    );
    expect(reported.reportedResult).toMatchObject({ lower: 1.3, upper: 3, behavior: { name: 'blackmail' } });
    const backwards = await world.run(
      world.reporter,
      'recordReportedResult',
      { statement: 'x', lower: 3, upper: 1, citation },
      'reportedResult { id }',
    );
    expect(backwards).toMatchObject({ __typename: 'InputError', path: ['upper'] });
    const added = await world.run(
      world.reporter,
      'recordMeasurement',
      { evalRun: 'eval-run:taken', measurement: { behavior: 'blackmail', exhibited: 0, notExhibited: 100 } },
      'measurement { rate interval { lower upper } evalRun { name } }',
    );
    expect(added.measurement.interval.lower).toBe(0);
    expect(added.measurement.interval.upper).toBeCloseTo(0.037, 3);
  });
});
