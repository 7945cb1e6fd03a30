// Generated operations: of the shapes that are compiled, with everything beside them that is not.
import { EDGE_GROUPS, NODE_KINDS } from '../../../api/src/lineage/kinds.ts';
import type { Dice } from '../world/dice.ts';
import { EARLIER, NOW, WORDS } from '../world/generate.ts';

export interface Operation {
  query: string;
  variables?: Record<string, unknown>;
  operationName?: string;
}

const NODE = ['id', 'kind', 'label', 'ref', 'recordedAt', 'retractedAt', 'visibility', '__typename'];
const EDGE = [
  ...['id', 'kind', 'share', 'shareUpper', 'amount', 'unit', 'epochs', 'contracted', 'recordedAt'],
  ...['retractedAt', 'occurredAt', '__typename'],
];
const FACTS = [
  ...['key', 'title', 'summary', 'setting', 'severity', 'status', 'occurredAt', 'submittedAt', 'updatedAt'],
  ...NODE,
];
const MEASUREMENT = [
  ...['id', 'rate', 'sampleCount', 'exhibited', 'notExhibited', 'unscored', 'graderErrors', 'excluded'],
  ...['standardError', 'qualifier', 'recordedAt', 'retractedAt', '__typename'],
  ...['interval { lower upper level method }', 'behavior { id name title description __typename }'],
  ...['behavior { id name }', 'behavior { name title }'],
];
/** What no shape knows: the ordinary path answers the document that has one of these. */
const UNKNOWN = {
  node: [
    'team { name }',
    'claims { property }',
    'recordStatus',
    'disputes { statement }',
    '... on Incident { key }',
    'id @include(if: true)',
  ],
  edge: ['status', 'disputes { statement }', 'assertedBy { name }', 'composition { unit }'],
  graph: ['unaccounted { share reason node { id } }'],
  incident: ['filedBy { name }', 'behaviors { name }', 'canEdit { allowed }', 'label @skip(if: false)'],
};

/** Writes one document: its fragments stand at its end. */
class Scribe {
  readonly fragments: string[] = [];
  readonly dice: Dice;
  /** How often something that no shape knows is asked for. */
  readonly strange: number;

  constructor(dice: Dice, strange: number) {
    this.dice = dice;
    this.strange = strange;
  }

  /** Some of these fields, now and then under another name, twice, or in a fragment; and what is asked beside them. */
  fields(
    type: string,
    from: readonly string[],
    more: readonly string[] = [],
    unknown: readonly string[] = [],
  ): string {
    const { dice } = this;
    const chosen = dice
      .some(from, 1 + dice.below(4))
      .map((field) => (dice.chance(0.15) ? this.alias(field) : field));
    const all = [...chosen, ...more];
    if (unknown.length > 0 && dice.chance(this.strange)) all.push(dice.pick(unknown));
    if (dice.chance(0.1)) all.push(chosen[0]!);
    if (dice.chance(0.15)) all.push(`... on ${type} { ${dice.pick(chosen)} }`);
    if (dice.chance(0.15)) {
      const name = `Part${this.fragments.length}`;
      this.fragments.push(`fragment ${name} on ${type} { ${all.join(' ')} }`);
      return `...${name}`;
    }
    return all.join(' ');
  }

  alias(field: string): string {
    return `as${this.dice.below(1_000)}: ${field}`;
  }
}

const node = (scribe: Scribe) => scribe.fields('LineageNode', NODE, [], UNKNOWN.node);

/** Arguments of a lineage, written out or (`$limit`, `$on`) as variables. */
function lineageArguments(dice: Dice, strange: number): string {
  const args: string[] = [];
  if (dice.chance(0.7))
    args.push(`via: [${['DATA', ...dice.some(EDGE_GROUPS.slice(1), dice.below(4))].join(', ')}]`);
  if (dice.chance(strange))
    args.push(dice.pick(['via: [OBSERVATION]', 'via: null', 'via: []', 'maxDepth: 1', 'maxDepth: -1']));
  if (dice.chance(strange)) args.push(`kinds: [${dice.some(NODE_KINDS, 2).join(', ')}]`);
  if (dice.chance(strange)) args.push(`direction: ${dice.pick(['DOWNSTREAM', 'BOTH', 'UPSTREAM'])}`);
  if (dice.chance(0.5))
    args.push(`limit: ${dice.pick(['500', '$limit', '3', '1000', strange > 0 ? '0' : '20'])}`);
  if (dice.chance(0.4)) args.push(`knownOn: ${dice.pick([`"${EARLIER.toISOString()}"`, '$on', 'null'])}`);
  // Said twice, an argument makes the document wrong: both paths must say so.
  return args.length > 0 ? `(${args.join(', ')})` : '';
}

export function lineageOperation(dice: Dice, refs: readonly string[], strange: number): Operation {
  const scribe = new Scribe(dice, strange);
  const ends = [`upstream { ${node(scribe)} }`, `downstream { ${node(scribe)} }`];
  const edges = `edges { ${scribe.fields('LineageEdge', EDGE, dice.some(ends, dice.below(3)), UNKNOWN.edge)} }`;
  const parts = [`nodes { ${node(scribe)} }`, edges, `root { ${node(scribe)} }`, 'knownOn', '__typename'];
  const graph = dice.some([...parts, 'truncated { reason frontier { ref } }'], 2 + dice.below(4));
  if (dice.chance(strange)) graph.push(dice.pick(UNKNOWN.graph));
  const asked = lineageArguments(dice, strange);
  const lineage = `${dice.chance(0.2) ? 'story: ' : ''}lineage${asked} { ${graph.join(' ')} }`;
  const root = `${dice.chance(0.2) ? 'thing: ' : ''}lineageNode(ref: $ref)`;
  const used = [
    asked.includes('$limit') ? '$limit: Int = 700' : '',
    asked.includes('$on') ? '$on: DateTime' : '',
  ];
  const head = `query ${dice.chance(0.5) ? 'Story' : ''}($ref: NodeRef! ${used.join(' ')})`;
  const body = scribe.fields('LineageNode', NODE, [lineage], UNKNOWN.node);
  const variables: Record<string, unknown> = { ref: dice.pick(refs) };
  if (dice.chance(0.5)) variables.limit = dice.pick([2, 40, 5_000, null]);
  if (dice.chance(0.5)) variables.on = dice.pick([EARLIER.toISOString(), NOW.toISOString(), null]);
  if (dice.chance(strange)) variables.limit = dice.pick(['many', 1_000_000, -1]);
  return { query: `${head} { ${root} { ${body} } } ${scribe.fragments.join(' ')}`, variables };
}

const FILTERS = [
  ...['{ severity: [HIGH, CRITICAL] }', '{ status: [SUBMITTED] }', '{ filedByMe: true }', '{}', 'null'],
  ...['{ setting: [RED_TEAM] }', `{ occurredFrom: "${EARLIER.toISOString()}" }`],
];
const ORDERS = ['OCCURRED_AT', 'RECORDED_AT', 'UPDATED_AT', 'SEVERITY', 'KEY', 'TITLE'];

export function incidentsOperation(dice: Dice, strange: number): Operation {
  const scribe = new Scribe(dice, strange);
  const lists = [
    `modelVersions { ${scribe.fields('ModelVersion', NODE, [], UNKNOWN.node.slice(0, 2))} }`,
    `measurements { ${scribe.fields('Measurement', MEASUREMENT)} }`,
  ];
  const incident = () => scribe.fields('Incident', FACTS, dice.some(lists, dice.below(3)), UNKNOWN.incident);
  const page = 'pageInfo { hasNextPage hasPreviousPage startCursor endCursor }';
  const parts = [`nodes { ${incident()} }`, `edges { cursor node { ${incident()} } }`, page, 'totalCount'];
  const args: string[] = [];
  if (dice.chance(0.6))
    args.push(`${dice.pick(['first', 'last'])}: ${dice.pick(['2', '$size', '100', '0'])}`);
  if (dice.chance(strange)) args.push(dice.pick(['first: 101', 'after: "nothing"', 'last: -1']));
  if (dice.chance(0.4)) args.push(`filter: ${dice.pick(FILTERS)}`);
  if (dice.chance(0.3)) args.push(`search: "${dice.pick(WORDS)}"`);
  if (dice.chance(0.6))
    args.push(`orderBy: { field: ${dice.pick(ORDERS)} ${dice.pick(['', 'direction: ASC'])} }`);
  const asked = args.length > 0 ? `(${args.join(', ')})` : '';
  const head = asked.includes('$size') ? 'query List($size: Int)' : 'query List';
  const chosen = dice.some(parts, 1 + dice.below(3)).join(' ');
  const key = dice.chance(0.2) ? 'newest: ' : '';
  return {
    query: `${head} { ${key}incidents${asked} { ${chosen} } } ${scribe.fragments.join(' ')}`,
    ...(dice.chance(0.7) && { variables: { size: dice.pick([1, 3, null, 100]) } }),
    ...(dice.chance(0.3) && { operationName: dice.pick(['List', 'List', 'Other']) }),
  };
}
