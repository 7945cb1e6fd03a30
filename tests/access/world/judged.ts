// Two runs that a rule compares, seen by nearly everybody who sees their model, and of which it is said for fewer what they
// were tested on and what their samples were given.
import type { Catalogue } from './catalogue.ts';
import type { Writer } from './generate.ts';
import type { Lineage } from './lineage.ts';
import { edge, node } from './nodes.ts';
import { EVERYBODY, type Guard, type PersonName, TEAMS } from './principals.ts';
import type { Row } from './rows.ts';

/** Whose rule it is: one who may make rules, sees what is their team's, and does not see all. */
const JUDGE: PersonName = 'rivalInvestigator';
export const JUDGED = 'A rise, by what all see';

const guardOf = (visibility: Guard['visibility']): Guard => ({
  ...{ visibility, team: 'rival', author: JUDGE, audience: null },
});
const PUBLIC = guardOf('PUBLIC');
const ITEMS = 12;

export function recordJudged(write: Writer, catalogue: Catalogue, lineage: Lineage): void {
  const model = widest(lineage.modelVersions);
  const behavior = named(write, 'behavior', { title: write.words(), description: null });
  const grader = named(write, 'grader', { title: write.words() });
  const graderVersion = write.record('grader_version', {
    guard: PUBLIC,
    needs: { grader_id: grader },
    values: { version: '1', kind: 'CLASSIFIER', ...NOBODY },
  });
  const evaluation = named(write, 'evaluation', { title: write.words(), description: null, url: null });
  const version = write.record('evaluation_version', {
    guard: PUBLIC,
    needs: { evaluation_id: evaluation },
    values: { version: '1', released_at: null, citation_id: null },
  });
  const [first, second] = [0, 1].map((i) =>
    run(write, lineage, { model, behavior, graderVersion, version }, i),
  ) as [Row, Row];
  catalogue.measurements.push(first, second);
  write.assert('regression_rule', {
    guard: PUBLIC,
    retracted: false,
    needs: { behavior_id: behavior },
    tellsOf: [first],
    values: {
      ...{ title: JUDGED, model_family: '*', condition: null, note: null, incident_id: null },
      ...{ kind: 'RISE', threshold: null, alpha: 0.2, baseline_ids: [first.id] },
    },
  });
}

const NOBODY = {
  ...{ prompt: null, parser: null, owner: null, approved_by: null },
  ...{ model_version_id: null, standard_version_id: null, citation_id: null },
};

const named = (write: Writer, table: string, values: Record<string, string | null>): Row =>
  write.rows.add(table, {
    guard: PUBLIC,
    values: { namespace: TEAMS.rival.namespace, name: `${table}-judged`, ...values },
  });

const bits = (of: number): number => of.toString(2).replaceAll('0', '').length;
const widest = (rows: readonly Row[]): Row =>
  rows.reduce((best, row) => (bits(row.seenBy) > bits(best.seenBy) ? row : best));

interface Of {
  model: Row;
  behavior: Row;
  graderVersion: Row;
  version: Row;
}

/** The one of the model's own guard, or narrower, and its measurement. */
function run(write: Writer, lineage: Lineage, of: Of, i: number): Row {
  const { dice } = write;
  const guard = of.model.seenBy === EVERYBODY ? PUBLIC : (of.model.guard ?? PUBLIC);
  const row = node(write, 'EVAL_RUN', guard, `judged-${i}`, null);
  const file = write.record('import', {
    guard: forFew(write),
    values: {
      ...{
        format: 'inspect-json',
        file_name: `${write.words()}.json`,
        digest: `${i + 7}`.repeat(64),
        bytes: 10,
      },
      ...{ status: 'SUCCEEDED', error: null, progress: null, finished_at: null },
      report: { kept: [], leftOut: [], warnings: [], recordedBefore: null },
    },
  });
  write.rows.add('eval_run', {
    id: row.id,
    needs: { node_id: row, evaluation_version_id: of.version },
    leads: { import_id: file },
    values: {
      ...{ status: 'SUCCESS', started_at: null, epochs: 1, sample_count: ITEMS, samples_declared: ITEMS },
      ...{ import_id: null, metadata: null },
    },
  });
  edge(write, lineage, 'EVALUATED', row, of.model, { guard, retracted: false });
  // They are of one or of two: the same, others, or none that somebody sees.
  for (const dataset of dice.some(lineage.datasetVersions, 1 + dice.below(2)))
    edge(write, lineage, 'TESTED_ON', row, dataset, { guard: forFew(write), retracted: false });
  const shows = (s: number) => s % 4 < (i === 0 ? 1 : 3);
  for (let s = 0; s < ITEMS; s += 1)
    write.record('eval_sample', {
      needs: { eval_run_id: row },
      values: {
        ...{ sample_id: `j${s}`, epoch: 1, input: null, target: null, scores: {}, error: null },
        ...{ limit_reached: null, scenario: null, invalidated: false },
        outcomes: { judged: shows(s) ? 'exhibited' : 'not_exhibited' },
        input_digest: `messages:${(dice.chance(0.5) ? '0' : `${i + 1}`).repeat(64)}`,
      },
    });
  write.assert('score', {
    guard,
    retracted: false,
    needs: { eval_run_id: row },
    values: {
      ...{ metric: 'accuracy', value: 0.25 + i / 2, standard_error: 0.125, sample_count: ITEMS, unscored: 0 },
      ...{ higher_is_better: true, note: null, covered_by: [] },
      ...{ condition_id: null, grader_version_id: null, citation_id: null },
    },
  });
  const exhibited = Array.from({ length: ITEMS }, (_, s) => s).filter(shows).length;
  return write.assert('measurement', {
    guard,
    retracted: false,
    needs: { eval_run_id: row, behavior_id: of.behavior },
    leads: { grader_version_id: of.graderVersion },
    values: {
      ...{ exhibited, not_exhibited: ITEMS - exhibited, rate: exhibited / ITEMS, sample_count: ITEMS },
      ...{
        unscored: 0,
        grader_errors: 0,
        excluded: 0,
        standard_error: null,
        qualifier: 'EXACT',
        epochs: null,
      },
      ...{ clusters: null, clustered_standard_error: null, least_effective: null, outcome_key: 'judged' },
      verdict_keys: ['judged'],
      ...{ condition_id: null, grader_version_id: null, scoring_rule_version_id: null, citation_id: null },
    },
  });
}

/** Nearly always seen by who made the rule. */
const forFew = (write: Writer): Guard =>
  write.dice.chance(0.15)
    ? write.guard()
    : guardOf(write.dice.pick(['TEAM', 'TEAM', 'RESTRICTED', 'MEMBERS', 'PUBLIC'] as const));
