// What a principal tries to change in both worlds: with names that hidden records hold in other teams' namespaces,
// references to hidden records and ids of hidden rows among the rest. The answers are compared like any other.
import { type GraphQLSchema, getNamedType, isUnionType } from 'graphql';
import type { Principal } from '../../../api/src/access/viewer.ts';
import type { Json } from '../../../api/src/platform/json.ts';
import type { Dice } from '../world/dice.ts';
import { WORDS } from '../world/generate.ts';
import { type PrincipalName, TEAMS } from '../world/principals.ts';
import { type Row, visibleTo } from '../world/rows.ts';
import { waysBelow } from './arguments.ts';
import type { Names } from './ids.ts';
import type { Question } from './questions.ts';
import { selectionOf } from './selection.ts';

type Input = Record<string, Json | undefined>;
type Trial = readonly [mutation: string, input: Input];

/** Every mutation as it is asked for: all fields of its success and of each error. */
export function mutationDocument(
  schema: GraphQLSchema,
  name: string,
  ways: ReturnType<typeof waysBelow>,
): string {
  const field = schema.getMutationType()?.getFields()[name];
  if (field === undefined) throw new Error(`There is no mutation ${name}.`);
  const union = getNamedType(field.type);
  if (!isUnionType(union)) throw new Error(`${name} answers no union.`);
  const members = union.getTypes().map((type) => `... on ${type.name} ${selectionOf(type, ways)}`);
  return `mutation ($input: ${String(field.args[0]?.type)}) { ${name}(input: $input) { ${members.join(' ')} } }`;
}

export function trialsOf(
  schema: GraphQLSchema,
  names: Names,
  dice: Dice,
  who: PrincipalName,
  viewer: Principal,
): Question[] {
  const ways = waysBelow(dice, names);
  return trials(new Hand(names, dice, who, viewer)).map(([name, input], i) => ({
    name: `${i}. ${name} ${JSON.stringify(input).slice(0, 300)}`,
    document: mutationDocument(schema, name, ways),
    variables: { input },
  }));
}

/** Picks what a trial is about, hidden things as readily as visible ones. */
class Hand {
  readonly names: Names;
  readonly dice: Dice;
  readonly #who: PrincipalName;
  readonly #namespace: string;
  #made = 0;

  constructor(names: Names, dice: Dice, who: PrincipalName, viewer: Principal) {
    this.names = names;
    this.dice = dice;
    this.#who = who;
    const team = Object.values(TEAMS).find(({ id }) => id === viewer.teamIds[0]);
    this.#namespace = team?.namespace ?? '';
  }

  ref(...kinds: string[]): string {
    return this.names.ref(this.dice.pick(this.names.nodes(...kinds)));
  }

  refs(n: number, ...kinds: string[]): string[] {
    return this.dice.some(this.names.nodes(...kinds), n).map((row) => this.names.ref(row));
  }

  id(...tables: string[]): string {
    return this.names.id(this.dice.pick(tables.flatMap((table) => this.names.of(table))));
  }

  /** Only ids of what the principal sees: for what is refused otherwise anyhow. */
  seen(table: string): string {
    const rows = this.names.of(table).filter((row) => visibleTo(row, this.#who));
    return rows.length === 0 ? this.id(table) : this.names.id(this.dice.pick(rows));
  }

  seenName(table: string): string {
    const rows = this.names.of(table).filter((row) => visibleTo(row, this.#who));
    const { namespace, name } = (
      rows.length === 0 ? this.dice.pick(this.names.of(table)) : this.dice.pick(rows)
    ).values;
    return namespace === '' ? String(name) : `${namespace}/${name}`;
  }

  seenRef(...kinds: string[]): string {
    const rows = this.names.nodes(...kinds).filter((row) => visibleTo(row, this.#who));
    return rows.length === 0 ? this.ref(...kinds) : this.names.ref(this.dice.pick(rows));
  }

  /** Another name of the right kind for something that the principal sees. */
  alias(): Input {
    const node = this.seenRef('SOURCE', 'TRAINING_RUN');
    return { node, alias: `${node.slice(0, node.indexOf(':'))}:${this.fresh()}` };
  }

  fresh(): string {
    this.#made += 1;
    return `new-${this.#made}`;
  }

  /**
   * A name that something holds, hidden or not, but for what is hidden in the principal's own namespace: that a name
   * is taken may be known within a team (the residual of names).
   */
  taken(rows: readonly Row[]): string {
    const open = rows.filter((row) => row.values.namespace !== this.#namespace || visibleTo(row, this.#who));
    const names = new Set(rows.filter((row) => !open.includes(row)).map((row) => row.values.name));
    const left = open.filter((row) => !names.has(row.values.name));
    return left.length === 0 ? this.fresh() : String(this.dice.pick(left).values.name);
  }

  text(): string {
    return this.dice.pick(WORDS);
  }

  visibility(): string {
    return this.dice.pick(['PUBLIC', 'MEMBERS', 'TEAM', 'RESTRICTED']);
  }
}

function trials(h: Hand): Trial[] {
  const { names, dice } = h;
  const composition = (...kinds: string[]) => ({
    unit: 'FRACTION',
    complete: dice.chance(0.5),
    inputs: h.refs(2, ...kinds).map((of) => ({ of, amount: 0.25 })),
  });
  const behaviors = names.of('behavior');
  const aboutIncidents = (): Trial[] => [
    [
      'fileIncident',
      {
        title: `${h.text()} blackmail`,
        summary: h.text(),
        setting: 'RED_TEAM',
        severity: 'HIGH',
        draft: dice.chance(0.3),
        behaviors: dice.chance(0.5) ? [h.taken(behaviors)] : [],
        modelVersions: h.refs(1, 'MODEL_VERSION'),
        evalRuns: dice.chance(0.3) ? h.refs(1, 'EVAL_RUN') : [],
        suspects: h.refs(1, 'SOURCE', 'DATASET_VERSION'),
        suspectTags: [h.taken(names.of('content_tag'))],
        occurredAt: '2026-03-01T00:00:00.000Z',
        visibility: h.visibility(),
      },
    ],
    [
      'fileIncident',
      {
        title: h.text(),
        summary: h.text(),
        setting: 'DEPLOYMENT',
        severity: 'LOW',
        modelVersions: [h.seenRef('MODEL_VERSION')],
        behaviors: [],
        suspects: [],
      },
    ],
    [
      'linkIncident',
      {
        incident: h.seenRef('INCIDENT'),
        modelVersions: h.refs(1, 'MODEL_VERSION'),
        related: dice.chance(0.5) ? [{ incident: h.ref('INCIDENT'), relation: 'same' }] : [],
      },
    ],
    ['linkIncident', { incident: h.seenRef('INCIDENT'), unlink: [h.id('suspect', 'evidence', 'report')] }],
    [
      'linkIncident',
      {
        incident: h.seenRef('INCIDENT'),
        unlink: [names.id(dice.pick(names.nodes('MODEL_VERSION', 'EVAL_RUN', 'INCIDENT')))],
      },
    ],
    [
      'linkIncident',
      {
        incident: h.ref('INCIDENT'),
        suspects: h.refs(1, 'DATASET_VERSION', 'TRAINING_RUN'),
        suspectTags: [h.taken(names.of('content_tag'))],
      },
    ],
    ['updateIncident', { incident: h.ref('INCIDENT'), title: h.text() }],
    ['updateIncident', { incident: h.seenRef('INCIDENT'), behaviors: [h.taken(behaviors)] }],
    [
      'changeIncidentStatus',
      {
        incident: h.seenRef('INCIDENT'),
        to: dice.pick(['TRIAGED', 'INVESTIGATING', 'SUBMITTED', 'CLOSED']),
        comment: h.text(),
      },
    ],
    [
      'changeIncidentStatus',
      { incident: h.ref('INCIDENT'), to: 'DUPLICATE', duplicateOf: h.ref('INCIDENT'), comment: h.text() },
    ],
    ['addEvidence', { incident: h.ref('INCIDENT'), kind: 'QUOTATION', title: h.text(), text: h.text() }],
    [
      'openHypothesis',
      {
        incident: h.seenRef('INCIDENT'),
        statement: h.text(),
        suspects: h.refs(1, 'DATASET_VERSION', 'SOURCE'),
        suspectTags: [h.taken(names.of('content_tag'))],
      },
    ],
    [
      'addHypothesisEvidence',
      { hypothesis: h.id('hypothesis'), direction: 'SUPPORTS', method: 'PROBE', statement: h.text() },
    ],
    ['assessHypothesis', { hypothesis: h.id('hypothesis'), confidence: h.text() }],
    ['assessHypothesis', { hypothesis: h.seen('hypothesis'), confidence: h.text(), status: 'SUPPORTED' }],
    [
      'recordIntervention',
      {
        incident: h.seenRef('INCIDENT'),
        title: h.text(),
        description: h.text(),
        outcome: 'PARTIAL',
        addedData: h.ref('DATASET_VERSION', 'SOURCE'),
        comparisons: [
          { label: 'rate', beforeMeasurement: h.id('measurement'), afterMeasurement: h.seen('measurement') },
        ],
      },
    ],
    [
      'recordIntervention',
      {
        incident: h.seenRef('INCIDENT'),
        title: h.text(),
        description: h.text(),
        outcome: 'PARTIAL',
        comparisons: [{ label: 'rate', beforeResult: h.id('reported_result') }],
      },
    ],
  ];
  const aboutEvals = (): Trial[] => [
    ['registerBehavior', { name: h.taken(behaviors), title: h.text() }],
    ['registerBehavior', { name: h.fresh(), title: h.text() }],
    [
      'registerEvaluation',
      { name: h.taken(names.of('evaluation')), version: '9', conditions: [{ name: 'plain' }] },
    ],
    [
      'registerGrader',
      {
        name: h.taken(names.of('grader')),
        version: '9',
        kind: 'MODEL',
        model: h.ref('MODEL_VERSION'),
        ...(dice.chance(0.5) ? { standard: h.taken(names.of('standard')), standardVersion: '0' } : {}),
      },
    ],
    [
      'publishStandard',
      { name: h.taken(names.of('standard')), version: '9', kind: 'rubric', title: h.text() },
    ],
    [
      'recordEvalRun',
      {
        name: h.taken(names.nodes('EVAL_RUN')),
        evaluation: h.taken(names.of('evaluation')),
        evaluationVersion: '0',
        modelVersion: h.ref('MODEL_VERSION'),
        testedOn: dice.chance(0.3) ? h.refs(1, 'DATASET_VERSION') : [],
        measurements: [
          {
            behavior: h.taken(behaviors),
            exhibited: 1,
            notExhibited: 2,
            ...(dice.chance(0.5) ? { grader: `${h.taken(names.of('grader'))}@0` } : {}),
          },
        ],
      },
    ],
    [
      'recordMeasurement',
      {
        evalRun: h.ref('EVAL_RUN'),
        measurement: {
          behavior: h.taken(behaviors),
          exhibited: 1,
          notExhibited: 3,
          condition: 'condition-0',
        },
      },
    ],
    [
      'recordMeasurement',
      { evalRun: h.seenRef('EVAL_RUN'), measurement: { behavior: h.taken(behaviors), rate: 2 } },
    ],
    [
      'recordReportedResult',
      {
        statement: h.text(),
        value: 0.5,
        behavior: h.taken(behaviors),
        modelVersion: h.ref('MODEL_VERSION'),
        ...(dice.chance(0.5) ? { incident: h.ref('INCIDENT') } : {}),
        citation: { source: h.text(), certainty: 'PRIMARY' },
      },
    ],
  ];
  const aboutLineage = (): Trial[] => [
    ['registerSource', { name: h.taken(names.nodes('SOURCE')), title: h.text(), visibility: h.visibility() }],
    [
      'registerDatasetVersion',
      {
        dataset: h.taken(names.of('dataset')),
        version: '9',
        derivedFrom: composition('SOURCE', 'DATASET_VERSION'),
        visibility: h.visibility(),
      },
    ],
    [
      'registerDatasetVersion',
      {
        dataset: h.fresh(),
        version: '1',
        transformation: {
          name: h.taken(names.nodes('TRANSFORMATION')),
          effect: 'SELECTS',
          composition: composition('SOURCE'),
        },
      },
    ],
    [
      'recordTransformation',
      {
        output: h.ref('DATASET_VERSION'),
        transformation: { name: h.fresh(), composition: composition('SOURCE') },
      },
    ],
    [
      'registerModelVersion',
      {
        model: h.taken(names.of('model')),
        version: '9',
        visibility: h.visibility(),
        trainedBy: {
          name: h.taken(names.nodes('TRAINING_RUN')),
          stage: 'SFT',
          startedFrom: 'MODEL',
          initializedFrom: h.refs(1, 'MODEL_VERSION'),
          composition: composition('DATASET_VERSION'),
        },
      },
    ],
    [
      'recordTrainingRun',
      {
        trainingRun: {
          name: h.fresh(),
          stage: 'RL',
          startedFrom: 'UNKNOWN',
          rewardedBy: h.refs(1, 'MODEL_VERSION'),
        },
      },
    ],
    ['assertClaim', { node: h.ref(), property: 'DESCRIPTION', text: h.text() }],
    [
      'assertClaim',
      {
        node: h.seenRef('DATASET_VERSION'),
        property: 'TOKENS',
        number: 5,
        replaces: h.id('claim'),
        reason: h.text(),
      },
    ],
    [
      'assertComposition',
      { node: h.ref('TRAINING_RUN', 'DATASET_VERSION'), composition: composition('SOURCE') },
    ],
    [
      'assertComposition',
      {
        node: h.seenRef('TRAINING_RUN'),
        composition: composition('SOURCE'),
        replaces: h.id('composition'),
        reason: h.text(),
      },
    ],
    ['assertEdge', { kind: 'JUDGED_BY', downstream: h.ref('EVAL_RUN'), upstream: h.ref('MODEL_VERSION') }],
    [
      'assertEdge',
      {
        kind: 'TESTED_ON',
        downstream: h.seenRef('EVAL_RUN'),
        upstream: h.seenRef('DATASET_VERSION'),
        replaces: h.id('edge'),
        reason: h.text(),
      },
    ],
    ['addAlias', h.alias()],
    [
      'addAlias',
      { node: h.ref(), alias: `source:${h.taken([...names.of('alias'), ...names.nodes('SOURCE')])}` },
    ],
    ['dispute', { target: h.id('edge', 'claim', 'composition', 'node'), statement: h.text() }],
    [
      'dispute',
      { target: h.id('claim', 'composition'), statement: h.text(), shareLower: 0.5, shareUpper: 0.75 },
    ],
    [
      'recordContentMeasurement',
      {
        datasetVersion: h.ref('DATASET_VERSION'),
        tag: h.taken(names.of('content_tag')),
        fraction: 0.5,
        unit: 'FRACTION',
        method: 'ESTIMATE',
      },
    ],
    [
      'retract',
      { target: h.id('edge', 'claim', 'composition', 'dispute', 'content_measurement'), reason: h.text() },
    ],
    ['retract', { target: h.id('node'), reason: h.text(), replacedBy: h.ref() }],
    ['retract', { target: h.seen('claim'), reason: h.text() }],
    ['retract', { target: h.seen('node'), reason: h.text() }],
  ];
  const aboutReading = (): Trial[] => [
    ['revealEvidence', { id: h.id('evidence'), reason: 'It must be read for this.' }],
    ['revealEvidence', { id: h.seen('evidence'), reason: 'It must be read for this.' }],
    ['approveStandard', { standard: h.taken(names.of('standard')), version: '0', decision: 'APPROVED' }],
    ['approveStandard', { standard: h.seenName('standard'), version: '0', decision: 'DISSENTED' }],
  ];
  const aboutSharing = (): Trial[] => [
    ['shareWith', { target: h.id('node', 'dataset', 'model', 'evidence'), visibility: h.visibility() }],
    ['shareWith', { target: h.seen('node'), visibility: h.visibility(), people: [h.id('actor')] }],
    ['shareWith', { target: h.seen('dataset'), people: [h.id('actor')] }],
    ['shareWith', { target: h.seen('hypothesis'), visibility: 'PUBLIC' }],
  ];
  const aboutAccounts = (): Trial[] => [
    ['createApiToken', { name: 'tool', scopes: ['read'] }],
    ['revokeApiToken', { id: h.id('claim') }],
  ];
  return [
    ...aboutIncidents(),
    ...aboutEvals(),
    ...aboutLineage(),
    ...aboutReading(),
    ...aboutSharing(),
    ...aboutAccounts(),
  ];
}
