// What others record of things that a principal does not see, on things that they do see: for them nothing happens.
import type { Dice } from '../world/dice.ts';
import { PRINCIPALS, type PrincipalName, TEAMS } from '../world/principals.ts';
import { type Row, visibleTo } from '../world/rows.ts';
import type { Input } from './hand.ts';
import type { Names } from './ids.ts';
import { doingsOfAnotherTeam } from './unseen-teams.ts';

export interface Doing {
  doer: PrincipalName;
  mutation: string;
  input: Input;
  /** Done in both worlds: what it shows is hidden again by another. */
  inBoth?: true;
}

/** Those who see much, of one team and of two. */
const DOERS: readonly PrincipalName[] = ['administrator', 'both', 'rivalInvestigator', 'labReporter'];

/** Each names one thing at least that is hidden from `who`, and is done by somebody else who sees all of it. */
export function unseenDoings(names: Names, dice: Dice, who: PrincipalName): Doing[] {
  const others = DOERS.filter((doer) => !samePerson(doer, who));
  const doings: Doing[] = doingsOfAnotherTeam(names, dice, who, others);
  /** For each visible and hidden row of such kinds that somebody else sees, some of them. */
  const pairs = (
    seen: readonly Row[],
    hidden: readonly Row[],
    made: (on: Row, of: Row) => [string, Input],
  ) => {
    for (let i = 0; i < 3; i += 1) {
      const doer = dice.pick(others);
      const on = seen.filter((row) => visibleTo(row, who) && visibleTo(row, doer));
      const of = hidden.filter(
        (row) => !visibleTo(row, who) && visibleTo(row, doer) && !isElsewhere(row, doer),
      );
      if (on.length === 0 || of.length === 0) continue;
      const [mutation, input] = made(dice.pick(on), dice.pick(of));
      doings.push({ doer, mutation, input });
    }
  };
  const incidents = names.nodes('INCIDENT');
  const tags = names.of('content_tag');
  const ref = (row: Row) => names.ref(row);
  const link =
    (more: (of: Row) => Input) =>
    (on: Row, of: Row): [string, Input] => ['linkIncident', { incident: ref(on), ...more(of) }];
  pairs(
    incidents,
    incidents,
    link((of) => ({ related: [{ incident: ref(of), relation: 'like' }] })),
  );
  pairs(
    incidents,
    names.nodes('MODEL_VERSION'),
    link((of) => ({ modelVersions: [ref(of)] })),
  );
  pairs(
    incidents,
    names.nodes('EVAL_RUN'),
    link((of) => ({ evalRuns: [ref(of)] })),
  );
  pairs(
    incidents,
    names.nodes('SOURCE', 'DATASET_VERSION'),
    link((of) => ({ suspects: [ref(of)] })),
  );
  pairs(
    closed(incidents),
    tags,
    link((of) => ({ suspectTags: [String(of.values.name)] })),
  );
  for (const table of ['suspect', 'evidence', 'report'])
    pairs(incidents, names.of(table), (_on, of) => [
      'linkIncident',
      {
        incident: ref(of.needs.find((row) => row.table === 'node')!),
        unlink: [names.id(of)],
        reason: 'hidden',
      },
    ]);
  pairs(incidents, names.of('behavior'), (on, of) => [
    'updateIncident',
    { incident: ref(on), behaviors: [...behaviorsOf(names, on), names.called(of)] },
  ]);
  pairs(incidents, names.of('hypothesis'), (_on, of) => [
    'addHypothesisEvidence',
    { hypothesis: names.id(of), direction: 'REFUTES', method: 'PROBE', statement: 'hidden' },
  ]);
  pairs(incidents, names.of('hypothesis'), (_on, of) => [
    'assessHypothesis',
    { hypothesis: names.id(of), confidence: 'hidden', status: 'REFUTED' },
  ]);
  for (const table of ['hypothesis', 'evidence'])
    pairs(incidents, uncited(names, table), (_on, of) => [
      'shareWith',
      { target: names.id(of), visibility: 'RESTRICTED' },
    ]);
  for (const kind of ['EVAL_RUN', 'MODEL_VERSION', 'DATASET_VERSION'])
    pairs(incidents, alone(names, who, kind), (_on, of) => [
      'shareWith',
      { target: names.id(of), visibility: 'RESTRICTED', people: [] },
    ]);
  pairs(
    incidents,
    names.of('evidence').filter(({ values }) => values.sensitivity === 'HAZARDOUS'),
    (_on, of) => ['revealEvidence', { id: names.id(of), reason: 'To see what is hidden.' }],
  );
  pairs(names.nodes('MODEL_VERSION'), incidents, (on, of) => [
    'recordReportedResult',
    {
      statement: 'hidden',
      value: 0.5,
      modelVersion: ref(on),
      incident: ref(of),
      citation: { source: 'hidden', certainty: 'PRIMARY' },
    },
  ]);
  pairs(names.nodes('EVAL_RUN'), names.of('behavior'), (on, of) => [
    'recordMeasurement',
    { evalRun: ref(on), measurement: { behavior: names.called(of), exhibited: 1, notExhibited: 3 } },
  ]);
  const judged = new Set(names.of('sample_judgement').map(({ needs: [measurement] }) => measurement));
  pairs(
    names.nodes('EVAL_RUN'),
    names.of('measurement').filter((row) => judged.has(row)),
    (_on, of) => ['retractJudgement', { measurement: names.id(of), reason: 'hidden' }],
  );
  pairs(closed(names.nodes('DATASET_VERSION')), tags, (on, of) => [
    'recordContentMeasurement',
    {
      datasetVersion: ref(on),
      tag: String(of.values.name),
      fraction: 0.5,
      unit: 'FRACTION',
      method: 'ESTIMATE',
    },
  ]);
  pairs(names.nodes('DATASET_VERSION'), names.nodes('MODEL_VERSION'), (on, of) => [
    'assertEdge',
    { kind: 'SYNTHESIZED_BY', downstream: ref(on), upstream: ref(of) },
  ]);
  pairs(names.nodes('EVAL_RUN'), names.nodes('DATASET_VERSION'), (on, of) => [
    'assertEdge',
    { kind: 'TESTED_ON', downstream: ref(on), upstream: ref(of) },
  ]);
  pairs(names.nodes('EVAL_RUN'), names.nodes('MODEL_VERSION'), (on, of) => [
    'assertEdge',
    { kind: 'EVALUATED', downstream: ref(on), upstream: ref(of) },
  ]);
  for (const [activity, output] of [
    ['TRAINING_RUN', 'MODEL_VERSION'],
    ['TRANSFORMATION', 'DATASET_VERSION'],
  ] as const)
    pairs(names.nodes(activity), names.nodes(output), (on, of) => [
      'assertEdge',
      { kind: 'GENERATED_BY', downstream: ref(of), upstream: ref(on) },
    ]);
  pairs(names.nodes('TRAINING_RUN'), names.nodes('SOURCE', 'DATASET_VERSION'), (on, of) => [
    'assertComposition',
    {
      node: ref(on),
      composition: { unit: 'FRACTION', complete: true, inputs: [{ of: ref(of), amount: 1 }] },
    },
  ]);
  doings.push(...rescorings(names, dice, who, others));
  // What is left of a statement of inputs is another statement, to whoever sees it.
  const unstated = names.of('edge').filter((row) => row.needs.every((need) => need.table !== 'composition'));
  pairs(incidents, unstated, (_on, of) => ['retract', { target: names.id(of), reason: 'hidden' }]);
  for (const table of ['claim', 'composition', 'alias', 'content_measurement', 'dispute'])
    pairs(incidents, names.of(table), (_on, of) => ['retract', { target: names.id(of), reason: 'hidden' }]);
  for (const table of ['edge', 'claim', 'composition'])
    pairs(incidents, names.of(table), (_on, of) => [
      'dispute',
      { target: names.id(of), statement: 'hidden' },
    ]);
  return doings;
}

/** What a hidden run is measured anew by, of a version of an evaluation that may be seen: its condition is made there. */
function rescorings(names: Names, dice: Dice, who: PrincipalName, others: readonly PrincipalName[]): Doing[] {
  const confirmed = names.of('scoring_rule_confirmation').map((row) => row.needs[0]!);
  const rules = confirmed.filter(
    ({ values: { retracted_at, definition } }) =>
      retracted_at === null && (definition as { conditionArgs: string[] }).conditionArgs.length > 0,
  );
  const versionOf = (run: Row) => run.needs.find((row) => row.table === 'evaluation_version')!;
  const hidden = names
    .of('eval_run')
    .filter((run) => run.values.metadata !== null && !visibleTo(run, who) && visibleTo(versionOf(run), who));
  return dice.some(hidden, 3).flatMap((run) => {
    const evaluation = versionOf(run).needs[0]!;
    const about = rules.filter(({ needs: [rule] }) => rule?.values.evaluation === evaluation.values.name);
    const seeing = others.flatMap((doer) =>
      visibleTo(run, doer)
        ? about.filter((rule) => visibleTo(rule, doer)).map((rule) => ({ doer, rule }))
        : [],
    );
    if (seeing.length === 0) return [];
    const { doer, rule } = dice.pick(seeing);
    const input = { evalRun: names.ref(run.needs[0]!), scoringRuleVersion: names.id(rule) };
    return [{ doer, mutation: 'rescoreEvalRun', input }];
  });
}

/** A tag that something public carries is public from then on, where its owner says so. */
const closed = (rows: readonly Row[]) => rows.filter((row) => row.values.visibility !== 'PUBLIC');

/** Here a citation may be seen where what it is of is not; as people record them it goes with that, and is narrowed too. */
const uncited = (names: Names, table: string) => {
  const citing = names.world.filter((row) => row.leads.citation_id !== undefined);
  return names.of(table).filter((row) => !citing.some((one) => one === row || one.needs.includes(row)));
};

/**
 * Nodes of a kind on which nothing rests that is seen, or cites what may be: as people record them, an eval run and an
 * activity are no wider than these, and are narrowed with them.
 */
const alone = (names: Names, who: PrincipalName, kind: string) => {
  const nodes = new Set(uncited(names, 'node'));
  const resting = names
    .of('edge')
    .filter(({ values }) => values.kind === 'EVALUATED' || values.kind === 'GENERATED_BY');
  const shows = (end: Row) => visibleTo(end, who) || (end.table === 'node' && !nodes.has(end));
  return [...nodes].filter(
    (node) =>
      node.values.kind === kind &&
      !resting.some(({ needs }) => needs.includes(node) && needs.some((end) => end !== node && shows(end))),
  );
};

/** A tag of another namespace, whose name the doer's team would give to one of its own. */
const isElsewhere = (row: Row, doer: PrincipalName): boolean => {
  const viewer = PRINCIPALS[doer];
  const first = viewer.kind === 'principal' ? viewer.teamIds[0] : null;
  return (
    row.table === 'content_tag' &&
    row.values.namespace !== Object.values(TEAMS).find(({ id }) => id === first)?.namespace
  );
};

/** The behaviours that an incident has: naming them all again leaves them as they are. */
const behaviorsOf = (names: Names, incident: Row): string[] =>
  names
    .of('incident_behavior')
    .filter((row) => row.values.incident_id === incident.id)
    .map((row) => names.called(names.of('behavior').find(({ id }) => id === row.values.behavior_id)!));

function samePerson(one: PrincipalName, two: PrincipalName): boolean {
  const [a, b] = [PRINCIPALS[one], PRINCIPALS[two]];
  return a.kind === 'principal' && b.kind === 'principal' && a.actorId === b.actorId;
}
