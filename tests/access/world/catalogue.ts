// Behaviours, standards, graders, evaluations, and the runs with what they measured.
import type { Json } from '../../../api/src/platform/json.ts';
import { WRITERS, type Writer } from './generate.ts';
import { importOf, type NamedInFile, readAgain } from './imports.ts';
import type { Lineage } from './lineage.ts';
import { edge, node, refOf } from './nodes.ts';
import { type Guard, PEOPLE, TEAMS, whoSees } from './principals.ts';
import { type Row, type Sees, visibleTo } from './rows.ts';
import { scoringRules, wholeName } from './scoring.ts';

export interface Catalogue {
  behaviors: Row[];
  evaluationVersions: Row[];
  graderVersions: Row[];
  conditions: Row[];
  evalRuns: Row[];
  measurements: Row[];
  scoringRuleVersions: Row[];
  /** By run: what says on which dataset versions it was tested, and the file that it was read from. */
  grounds: Map<Row, { testedOn: Row[]; file: Row | null }>;
}

export function recordCatalogue(write: Writer, lineage: Lineage): Catalogue {
  const made: Catalogue = {
    behaviors: [],
    evaluationVersions: [],
    graderVersions: [],
    conditions: [],
    evalRuns: [],
    measurements: [],
    scoringRuleVersions: [],
    grounds: new Map(),
  };
  const { dice } = write;
  for (let i = 0; i < 3; i += 1) made.behaviors.push(behavior(write, i));
  // Another one of the first one's bare name, in another namespace.
  made.behaviors.push(behavior(write, 0, made.behaviors[0]));
  const standards = standardVersions(write);
  for (let i = 0; i < 2; i += 1) {
    const grader = named(write, 'grader', `grader-${i}`, { title: write.words() });
    for (let v = 0; v < 2; v += 1)
      made.graderVersions.push(
        write.record('grader_version', {
          guard: write.guard(),
          needs: { grader_id: grader },
          leads: {
            model_version_id: dice.chance(0.6) ? dice.pick(lineage.modelVersions) : null,
            standard_version_id: dice.chance(0.6) ? dice.pick(standards) : null,
            citation_id: write.citation(),
          },
          values: {
            version: `${v}`,
            kind: dice.pick(['MODEL', 'HUMAN', 'CLASSIFIER']),
            prompt: write.words(),
            parser: null,
            owner: write.words(),
            approved_by: null,
            model_version_id: null,
            standard_version_id: null,
            citation_id: null,
          },
        }),
      );
  }
  for (let i = 0; i < 2; i += 1) {
    const evaluation = named(write, 'evaluation', `evaluation-${i}`, {
      title: write.words(),
      description: write.words(),
      url: null,
    });
    for (let v = 0; v < 2; v += 1) {
      const version = write.record('evaluation_version', {
        guard: write.guard(),
        needs: { evaluation_id: evaluation },
        leads: { citation_id: write.citation() },
        values: { version: `${v}`, released_at: null, citation_id: null },
      });
      made.evaluationVersions.push(version);
      // One that the version was registered with; of another name two runs each made one, of what they mean by it.
      for (let c = 0; c < 3; c += 1)
        made.conditions.push(
          write.record('condition', {
            needs: { evaluation_version_id: version },
            values: {
              name: `condition-${Math.min(c, 1)}`,
              factors: { goal: `${write.words()} ${c}` },
              description: write.words(),
              declared: c === 0,
            },
          }),
        );
    }
  }
  made.scoringRuleVersions = scoringRules(write, made.behaviors, lineage.modelVersions);
  for (let i = 0; i < 4; i += 1) evalRun(write, lineage, made, i);
  return made;
}

function named(
  write: Writer,
  table: string,
  name: string,
  values: Record<string, string | null>,
  unlike?: Row,
): Row {
  let guard = write.guard();
  while (TEAMS[guard.team].namespace === unlike?.values.namespace) guard = write.guard();
  return write.rows.add(table, {
    guard,
    values: { namespace: TEAMS[guard.team].namespace, name, ...values },
  });
}

function behavior(write: Writer, i: number, unlike?: Row): Row {
  const values = { title: write.words(), description: write.words() };
  const row = named(write, 'behavior', `behavior-${i}`, values, unlike);
  write.rows.add('taxonomy_mapping', {
    needs: { behavior_id: row },
    values: { taxonomy: 'list', code: `c-${i}`, label: write.words(), url: null },
  });
  return row;
}

function standardVersions(write: Writer): Row[] {
  return [0, 1].flatMap((i) => {
    const standard = named(write, 'standard', `standard-${i}`, { title: write.words(), kind: 'rubric' });
    return [0, 1].map((v) => {
      const row = write.record('standard_version', {
        guard: write.guard(),
        needs: { standard_id: standard },
        leads: { citation_id: write.citation() },
        values: {
          version: `${v}`,
          text: write.words(),
          url: null,
          authors: [write.words()],
          published_at: null,
          citation_id: null,
        },
      });
      write.record('standard_approval', {
        guard: write.guard(),
        needs: { standard_version_id: row },
        leads: { citation_id: write.citation() },
        values: {
          by_name: write.words(),
          decision: write.dice.pick(['APPROVED', 'DISSENTED']),
          comment: write.words(),
          at: null,
          citation_id: null,
        },
      });
      return row;
    });
  });
}

/**
 * Runs that their recorders kept, of model versions that were narrowed since: alone with who reads everything they see them,
 * and no longer what they ran on.
 */
export function recordKeptRuns(write: Writer, lineage: Lineage, made: Catalogue): void {
  for (const author of write.dice.some(WRITERS, 2)) {
    const team = PEOPLE[author].teams[0] ?? 'common';
    const guard: Guard = { visibility: 'RESTRICTED', team, author, audience: null };
    const models = lineage.modelVersions.filter((row) => !visibleTo(row, author));
    const versions = made.evaluationVersions.filter((row) => (whoSees(guard) & ~row.seenBy) === 0);
    if (models.length === 0 || versions.length === 0) continue;
    const of = { model: write.dice.pick(models), version: write.dice.pick(versions), guard };
    evalRun(write, lineage, made, made.evalRuns.length, of);
  }
}

interface RunOf {
  model: Row;
  version: Row;
  guard: Guard;
}

function runWithin(write: Writer, lineage: Lineage, made: Catalogue): RunOf {
  const model = write.dice.pick(lineage.modelVersions);
  const version = write.dice.pick(made.evaluationVersions);
  return { model, version, guard: write.guardWithin(model, version) };
}

function evalRun(write: Writer, lineage: Lineage, made: Catalogue, i: number, of?: RunOf): void {
  const { dice } = write;
  const { model, version, guard } = of ?? runWithin(write, lineage, made);
  const row = node(write, 'EVAL_RUN', guard, `eval-${i}`, null);
  // What is measured, and the names under which its verdicts stand: bare, as another behaviour may be called, or whole.
  const measured = [0, 1].map((m) => {
    const of = dice.pick(made.behaviors);
    const called = dice.chance(0.5) ? String(of.values.name) : wholeName(of);
    return { of, key: m === 0 ? called : `${called} (second)` };
  });
  const inFile: NamedInFile = {
    rule: dice.pick(made.scoringRuleVersions),
    behaviors: measured.map(({ of }) => of),
    graderVersion: dice.pick(made.graderVersions),
    evaluationVersion: version,
  };
  const brought = dice.chance(0.5) ? importOf(write, i, inFile) : null;
  write.rows.add('eval_run', {
    id: row.id,
    needs: { node_id: row, evaluation_version_id: version },
    leads: { import_id: brought },
    values: {
      status: 'SUCCESS',
      started_at: null,
      epochs: 1,
      sample_count: 2,
      samples_declared: 2,
      import_id: null,
    },
    retold: dice.chance(0.7) ? metadataOf(write, lineage) : () => ({ metadata: null }),
  });
  // A run and which model it ran on are one record.
  edge(write, lineage, 'EVALUATED', row, model, { guard, retracted: false });
  const testedOn = dice.chance(0.5)
    ? [edge(write, lineage, 'TESTED_ON', row, dice.pick(lineage.datasetVersions))]
    : [];
  made.grounds.set(row, { testedOn, file: brought });
  if (dice.chance(0.5)) edge(write, lineage, 'JUDGED_BY', row, dice.pick(lineage.modelVersions));
  made.evalRuns.push(row);
  if (brought !== null && dice.chance(0.7))
    readAgain(write, brought, row, { ...inFile, others: made.evalRuns.filter((one) => one !== row) });
  const measurements: Row[] = [];
  const samples = [0, 1].map((s) =>
    write.record('eval_sample', {
      needs: { eval_run_id: row },
      values: {
        sample_id: `s${s}`,
        epoch: 1,
        input: write.words(),
        target: null,
        scores: { score: s, second: 0 },
        error: null,
        limit_reached: null,
        scenario: dice.chance(0.2) ? 'shared' : null,
        invalidated: false,
        input_digest: dice.chance(0.8) ? `messages:${dice.pick(['1', '2', '3']).repeat(64)}` : null,
      },
      // Of behaviours that whoever sees the run may not see, too; and one of nothing that is measured.
      retold: (sees) => ({
        outcomes: withKeys(measurements, sees, {
          unmeasured: 'exhibited',
          [measured[0]!.key]: 'exhibited',
          [measured[1]!.key]: s === 0 ? 'not_exhibited' : 'exhibited',
        }),
      }),
    }),
  );
  const conditions = made.conditions.filter((one) => one.needs[0] === version);
  // The last of them is that of scores alone.
  const measuredUnder = conditions.slice(0, -1);
  for (let m = 0; m < 2; m += 1) {
    const exhibited = dice.below(6);
    const judged = dice.chance(0.3);
    const counted = judged || dice.chance(0.7);
    const measurement = write.assert('measurement', {
      needs: { eval_run_id: row, behavior_id: measured[m]!.of },
      leads: {
        condition_id: dice.chance(0.6) ? dice.pick(measuredUnder) : null,
        grader_version_id: dice.chance(0.6) ? dice.pick(made.graderVersions) : null,
        scoring_rule_version_id: dice.chance(0.5) ? dice.pick(made.scoringRuleVersions) : null,
        citation_id: write.citation(),
      },
      values: {
        exhibited,
        not_exhibited: 10 - exhibited,
        unscored: 0,
        grader_errors: 0,
        excluded: 0,
        sample_count: 10,
        rate: exhibited / 10,
        standard_error: null,
        qualifier: 'EXACT',
        epochs: null,
        clusters: counted ? 5 : null,
        clustered_standard_error: counted ? 0.125 : null,
        least_effective: counted ? 4 : null,
        outcome_key: counted && !judged ? measured[m]!.key : null,
        verdict_keys: judged ? [] : [measured[m]!.key],
        condition_id: null,
        grader_version_id: null,
        scoring_rule_version_id: null,
        citation_id: null,
      },
    });
    made.measurements.push(measurement);
    measurements.push(measurement);
    for (const sample of judged ? samples : [])
      write.rows.add('sample_judgement', {
        needs: { measurement_id: measurement, eval_sample_id: sample },
        values: {
          outcome: dice.pick(['EXHIBITED', 'NOT_EXHIBITED', 'UNSCORED', 'EXCLUDED']),
          explanation: dice.chance(0.5) ? write.words() : null,
        },
      });
  }
  // Whoever sees what says the same is not shown it.
  const covering = dice.chance(0.5) ? [dice.pick(measurements)] : [];
  write.assert('score', {
    needs: { eval_run_id: row },
    leads: {
      condition_id: dice.chance(0.6) ? conditions.at(-1)! : dice.pick([null, ...conditions]),
      grader_version_id: dice.chance(0.5) ? dice.pick(made.graderVersions) : null,
      citation_id: write.citation(),
    },
    values: {
      metric: 'accuracy',
      value: 0.5,
      standard_error: 0.125,
      sample_count: 10,
      unscored: 0,
      higher_is_better: true,
      note: write.words(),
      condition_id: null,
      grader_version_id: null,
      citation_id: null,
    },
    retold: (sees) => ({ covered_by: covering.filter(sees).map(({ id }) => id) }),
  });
  write.event('EVAL_RUN_RECORDED', row, { ref: refOf(row) }, []);
}

/** What a file calls its dataset is the run's; what that was recorded as, need not be seen. */
function metadataOf(write: Writer, lineage: Lineage): (sees: Sees) => Record<string, Json> {
  const { dice } = write;
  const dataset = {
    name: write.words(),
    version: dice.chance(0.5) ? 'unspecified' : 'v1',
    part: dice.pick(['test', null]),
  };
  const recorded = dice.pick(lineage.datasetVersions);
  const settings = { taskArgs: { goal: 'any' }, generateConfig: { temperature: dice.below(2) } };
  return (sees) => {
    const recordedAs = sees(recorded) ? String(recorded.id) : null;
    return { metadata: { model: 'model-0 and more', ...settings, testedOn: [{ ...dataset, recordedAs }] } };
  };
}

/** The verdicts of a sample: those of measurements of which none is seen were never recorded. */
function withKeys(
  measurements: readonly Row[],
  sees: Sees,
  outcomes: Record<string, string>,
): Record<string, string> {
  const keysOf = (rows: readonly Row[]) =>
    new Set(rows.flatMap(({ values }) => values.verdict_keys as string[]));
  const [all, seen] = [keysOf(measurements), keysOf(measurements.filter(sees))];
  return Object.fromEntries(Object.entries(outcomes).filter(([key]) => !all.has(key) || seen.has(key)));
}
