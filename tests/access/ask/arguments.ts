// How each field is asked for: with which arguments, so that every filter, sort and bound meets something hidden.
import { type GraphQLField, isRequiredArgument } from 'graphql';
import type { Dice } from '../world/dice.ts';
import { COMMON_DIGEST, COMMON_DOCUMENT } from '../world/documents.ts';
import { EARLIER, WORDS } from '../world/generate.ts';
import type { Row } from '../world/rows.ts';
import type { Names } from './ids.ts';
import { EVERY_INCIDENT_ORDER } from './orders.ts';

const text = (value: string) => JSON.stringify(value);
const list = (values: readonly string[]) => `[${values.map(text).join(', ')}]`;
const ON = `knownOn: ${text(EARLIER.toISOString())}`;
const EVERY_GROUP = 'via: [DATA, OBSERVATION, INFLUENCE, EVALUATION, REVISION]';

const LINEAGE = [
  '(direction: UPSTREAM)',
  `(direction: DOWNSTREAM, ${EVERY_GROUP})`,
  `(direction: BOTH, ${EVERY_GROUP}, maxDepth: 2)`,
  '(kinds: [SOURCE, MODEL_VERSION])',
  '(direction: DOWNSTREAM, kinds: [INCIDENT, EVAL_RUN])',
  '(limit: 3)',
  '(direction: DOWNSTREAM, limit: 2, skip: 1)',
  `(direction: UPSTREAM, ${EVERY_GROUP}, ${ON})`,
];

const CHANGES = [
  'direction: UPSTREAM',
  `direction: DOWNSTREAM, ${EVERY_GROUP}`,
  `direction: BOTH, ${EVERY_GROUP}`,
];

/** The costly fields of lineage nodes, asked of a few nodes at a time. */
export const COSTLY = new Set(['completeness', 'lineage', 'impact', 'exposure']);

/** The arguments of a field below the root. */
export function waysBelow(dice: Dice, names: Names) {
  const someone = (table: string) => names.id(dice.pick(names.of(table)));
  return (coordinate: string, field: GraphQLField<unknown, unknown>): string[] => {
    if (field.args.length === 0) return [''];
    switch (coordinate) {
      case 'Measurement.comparability':
        return [`(with: ${text(someone('measurement'))})`, `(with: ${text(someone('measurement'))})`];
      case 'Viewer.can':
        return ['(action: "read")', '(action: "write:lineage")', '(action: "admin")'];
      case 'Member.canTakeRole':
        return ['(role: VIEWER)'];
      case 'EvalRun.samples':
        return [
          dice.pick([
            '',
            '(first: 1, outcome: "exhibited")',
            `(behavior: ${text(nameOf(dice.pick(names.of('behavior'))))})`,
            '(search: "a", orderBy: SAMPLE_ID)',
            `(condition: ${text(nameOf(dice.pick(names.of('condition'))))})`,
            '(errorOnly: true, orderBy: ERRORS_FIRST)',
            '(score: { scorer: "score", equals: "1" })',
          ]),
        ];
      case 'EvalRun.sample':
        return ['(sampleId: "s0")'];
      case 'SampleTranscript.messages':
        return ['(from: 1, first: 2)'];
      case 'SampleTranscript.hits':
        return ['(search: "a")'];
      case 'DatasetVersion.documentHandle':
        return [`(id: ${text(COMMON_DOCUMENT)})`];
      case 'DatasetVersion.documentHandles':
        return ['(idPrefix: "own")', `(digest: ${text(COMMON_DIGEST)}, first: 1)`];
      case 'TrainingRun.documentsSeen':
        return ['(first: 2)', '(fromStep: "11", toStep: "14")'];
      case 'ModelVersion.measurements':
        return ['', `(behavior: ${text(nameOf(dice.pick(names.of('behavior'))))})`];
      case 'ModelVersion.exposure':
        return dice.some(['', '(by: DATASET_VERSION)', '(by: CONTENT_TAG)', '(stage: SFT)', `(${ON})`], 2);
      case 'TrainingRun.exposure':
        return [dice.pick(['', `(by: DATASET_VERSION, ${ON})`, '(by: CONTENT_TAG)'])];
    }
    if (field.name === 'lineage') return dice.some(LINEAGE, 2);
    const has = (name: string) => field.args.some((argument) => argument.name === name);
    const ways = field.args.some(isRequiredArgument) ? [] : [''];
    if (has('knownOn')) ways.push(`(${ON})`);
    if (has('first')) ways.push('(first: 1)');
    if (has('last')) ways.push('(last: 1)');
    if (ways.length === 0) throw new Error(`Say in arguments.ts how ${coordinate} is asked for.`);
    // One way in each world: over the worlds, all.
    return [dice.pick(ways)];
  };
}

const nameOf = (row: Row) => String(row.values.name);
const whole = (row: Row) =>
  row.values.namespace === '' ? nameOf(row) : `${row.values.namespace}/${nameOf(row)}`;

/** The arguments of each field of Query. A field that is not here is asked for without any. */
export function waysAtRoot(dice: Dice, names: Names): Readonly<Record<string, readonly string[]>> {
  const everyName = (table: string) => {
    const rows = names.of(table);
    return dice
      .some([...new Set(rows.flatMap((row) => [nameOf(row), whole(row)]))], 5)
      .map((name) => `(name: ${text(name)})`);
  };
  const words = () => text(dice.pick(WORDS));
  const searched = ['', dice.pick(['(first: 2)', '(last: 2)']), `(search: ${words()})`];
  const nodes = names.nodes();
  const aliases = names.of('alias');
  const ref = (...kinds: string[]) => text(names.ref(dice.pick(names.nodes(...kinds))));
  const pairs = (n: number, ...kinds: string[]) =>
    Array.from({ length: n }, () => `from: ${ref(...kinds)}, to: ${ref(...kinds)}`);
  // Two nodes that an edge joins: of any two, few are joined.
  const [downstream, upstream] = dice.pick(names.of('edge')).needs;
  const along = `from: ${text(names.ref(downstream!))}, to: ${text(names.ref(upstream!))}`;
  const models = names.nodes('MODEL_VERSION');
  const family = 'modelFamily: "model-*"';
  return {
    behavior: everyName('behavior'),
    dataset: everyName('dataset'),
    model: everyName('model'),
    documentHandles: [`(digest: ${text(COMMON_DIGEST)})`, `(digest: ${text(COMMON_DIGEST)}, first: 2)`],
    evaluation: everyName('evaluation'),
    grader: everyName('grader'),
    standard: everyName('standard'),
    scoringRule: everyName('scoring_rule'),
    scoringRules: [...searched, '(evaluation: "evaluation-0")'],
    scoringPreview: [
      ...dice
        .some(names.of('scoring_rule_version'), 3)
        .map((row) => `(evalRun: ${ref('EVAL_RUN')}, scoringRuleVersion: ${text(names.id(row))})`),
      `(evalRun: ${ref('EVAL_RUN')}, definition: { behavior: "behavior-0", scorer: "score", exhibited: { atLeast: 1 }, notExhibited: { values: [-1] } })`,
    ],
    regressionRule: names.of('regression_rule').map((row) => `(id: ${text(names.id(row))})`),
    regressionRules: [
      ...searched,
      `(behavior: ${text(whole(dice.pick(names.of('behavior'))))})`,
      '(retired: true)',
      '(retired: false, first: 1)',
    ],
    regressionLookBack: names
      .of('regression_rule')
      .map((row) => `(regressionRule: ${text(names.id(row))}, since: "2020-01-01T00:00:00Z")`),
    regressionPreview: [
      ...names
        .of('behavior')
        .map(
          (row) =>
            `(definition: { behavior: ${text(whole(row))}, ${family}, kind: THRESHOLD, threshold: 0.1 })`,
        ),
      ...dice.some(names.of('measurement'), 3).map((row) => {
        const behavior = row.needs.find((need) => need.table === 'behavior');
        return `(definition: { behavior: ${text(whole(behavior!))}, ${family}, kind: RISE, baselines: [${text(names.id(row))}] })`;
      }),
      `(definition: { behavior: ${text(whole(dice.pick(names.of('behavior'))))}, ${family}, kind: RISE, baselineModelVersion: ${text(names.ref(dice.pick(models)))} })`,
    ],
    notifications: ['', '(unread: true)', '(first: 1)', '(last: 1)'],
    behaviors: searched,
    datasets: searched,
    models: searched,
    evaluations: searched,
    sources: searched,
    people: ['(search: "a")', '(search: "", first: 3)'],
    contentTags: ['', `(search: ${words()})`, '(first: 1)'],
    import: names.of('import').map((row) => `(id: ${text(names.id(row))})`),
    incident: names
      .of('incident')
      .flatMap(({ values }) => (values.key === null ? [] : [`(key: ${text(String(values.key))})`])),
    // Secrets are random, and accounts are for administrators, from whom nothing is hidden.
    invitationOffer: ['(token: "hi_nobody")'],
    passwordResetOffer: ['(token: "hr_nobody")'],
    member: names.of('actor').map((row) => `(id: ${text(names.id(row))})`),
    lineageNode: [
      ...dice.some(nodes, 6).map((row) => `(ref: ${text(names.ref(row))})`),
      ...dice
        .some(aliases, 4)
        .map(({ values, needs }) => `(ref: ${text(aliasRef(values, names.ref(needs[0]!)))})`),
    ],
    evalRuns: [
      '',
      `(filter: { evaluation: ${text(whole(dice.pick(names.of('evaluation'))))} })`,
      `(filter: { model: ${text(nameOf(dice.pick(names.of('model'))))} })`,
      `(filter: { modelVersion: ${text(names.ref(dice.pick(models)))} })`,
      `(filter: { behavior: ${text(nameOf(dice.pick(names.of('behavior'))))} })`,
      `(filter: { search: ${words()} })`,
      '(first: 1)',
    ],
    incidents: [
      ...dice.some(EVERY_INCIDENT_ORDER, 2).map((order) => `(orderBy: ${order})`),
      `(search: ${words()})`,
      '(search: "blackmail", first: 1)',
      `(filter: { behavior: ${list([nameOf(dice.pick(names.of('behavior')))])} })`,
      `(filter: { model: ${list([nameOf(dice.pick(names.of('model')))])} })`,
      '(filter: { severity: [HIGH, CRITICAL], setting: [SAFETY_TEST, RED_TEAM] })',
      '(filter: { status: [SUBMITTED, DRAFT], occurredFrom: "2026-02-02T00:00:00Z" })',
      '(filter: { filedByMe: true })',
    ],
    commonCauses: [
      `(incidents: [${ref('INCIDENT')}, ${ref('INCIDENT')}])`,
      `(incidents: [${ref('INCIDENT')}], threshold: 0.2)`,
    ],
    // Of every incident by itself: of two, seldom both are seen and exposed.
    commonCauseComparison: [
      `(incidents: [${ref('INCIDENT')}, ${ref('INCIDENT')}], threshold: 0)`,
      ...names.nodes('INCIDENT').map((row) => `(incidents: [${text(names.ref(row))}], threshold: 0)`),
    ],
    evalRunComparison: [0, 1].map(
      (i) =>
        `(one: ${ref('EVAL_RUN')}, two: ${ref('EVAL_RUN')}${i === 0 ? '' : ', correction: BENJAMINI_HOCHBERG'})`,
    ),
    // Of two that were scored alike, and of any.
    scoreComparisons: [
      names.nodes('EVAL_RUN').filter(({ values }) => String(values.name).startsWith('judged-')),
      dice.some(names.nodes('EVAL_RUN'), 2),
      dice.some(names.nodes('EVAL_RUN'), 4),
    ].map((runs) => {
      const refs = runs.map((row) => text(names.ref(row)));
      const pairs = refs.flatMap((one, i) => (i % 2 === 0 ? [`{ one: ${one}, two: ${refs[i + 1]} }`] : []));
      return `(runs: [${pairs.join(', ')}])`;
    }),
    measurementComparison: [0, 1, 2].map(() => {
      const [one, two] = [dice.pick(names.of('measurement')), dice.pick(names.of('measurement'))];
      return `(one: ${text(names.id(one))}, two: ${text(names.id(two))})`;
    }),
    largestUnknowns: ['', '(first: 2)'],
    lineageChanges: [
      ...dice
        .some(nodes, 3)
        .map(
          (row) =>
            `(of: ${text(names.ref(row))}, since: ${text(EARLIER.toISOString())}, ${dice.pick(CHANGES)})`,
        ),
      ...corrections(dice, names).map(
        ({ of, since }) =>
          `(of: ${text(names.id(of))}, since: ${text(since)}, direction: BOTH, ${EVERY_GROUP})`,
      ),
      `(of: ${text(names.ref(downstream!))}, since: "2000-01-01T00:00:00Z", limit: 1)`,
      `(of: ${text(names.ref(downstream!))}, since: "2000-01-01T00:00:00Z", until: ${text(EARLIER.toISOString())})`,
    ],
    lineagePath: [...pairs(1), along, along].map((pair, i) => (i < 2 ? `(${pair})` : `(${pair}, ${ON})`)),
    lineagePaths: [`(${pairs(1)[0]})`, `(${along}, first: 10)`, `(${along}, ${ON})`],
    mixtureDiff: [
      `(${pairs(1, 'MODEL_VERSION')[0]})`,
      `(${pairs(1, 'MODEL_VERSION')[0]}, by: DATASET_VERSION)`,
      `(${pairs(1, 'MODEL_VERSION')[0]}, by: CONTENT_TAG)`,
      `(${pairs(1, 'DATASET_VERSION')[0]}, ${ON})`,
    ],
    node: nodes.slice(0, 3).map((row) => `(id: ${text(names.id(row))})`),
    nodes: [`(ids: ${list(dice.some(nodes, 10).map((row) => names.id(row)))})`],
    search: [
      ...dice.some(WORDS, 2).map((word) => `(query: ${text(word)})`),
      `(query: "source", kinds: [SOURCE], first: 1)`,
      `(query: "blackmail", kinds: [INCIDENT])`,
      `(query: ${text(String(dice.pick(names.nodes('DATASET_VERSION')).values.name))})`,
    ],
    similarIncidents: names
      .of('incident')
      .slice(0, 2)
      .map(
        ({ values }) =>
          `(title: ${text(String(values.title))}, summary: ${text(String(values.summary))}, behaviors: ${list(names.of('behavior').map(nameOf))}, modelVersions: ${list(dice.some(models, 2).map((row) => names.ref(row)))})`,
      ),
  };
}

/** Moments just before an edge was taken back, or another party stated what a thing was made of, which is the first that either needs. */
function corrections(dice: Dice, names: Names): { of: Row; since: string }[] {
  const recorded = ({ values }: Row) => String(values.recorded_at);
  const retracted = names.of('edge').filter(({ values }) => values.retracted_at !== null);
  const statements = names.of('composition');
  const second = statements.filter((row) =>
    statements.some((other) => other.needs[0] === row.needs[0] && recorded(other) < recorded(row)),
  );
  return [
    ...dice.some(retracted, 2).map((row) => ({ of: row.needs[0]!, since: recorded(row) })),
    ...dice.some(second, 2).map((row) => ({
      of: row.needs[0]!,
      since: new Date(Date.parse(recorded(row)) - 1).toISOString(),
    })),
  ];
}

function aliasRef(values: Row['values'], ref: string): string {
  const kind = ref.slice(0, ref.indexOf(':'));
  return `${kind}:${values.namespace === '' ? '' : `${values.namespace}/`}${values.name}`;
}
