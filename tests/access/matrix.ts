// The matrix: what each principal can do with an incident of each visibility, found by doing it through the API.
import { type GraphQLSchema, graphql } from 'graphql';
import type { Viewer } from '../../api/src/access/viewer.ts';
import type { Services } from '../../api/src/context.ts';
import { requestContext } from '../../api/src/request-context.ts';
import { formatError } from '../../api/src/server.ts';
import type { WorldDatabase } from './world/database.ts';
import { recordParties, Writer } from './world/generate.ts';
import { type Guard, PRINCIPAL_NAMES, PRINCIPALS } from './world/principals.ts';
import type { Row } from './world/rows.ts';

const OPEN: Guard = { visibility: 'PUBLIC', team: 'rival', author: 'rivalInvestigator', audience: null };
const own = (visibility: Guard['visibility'], audience: Guard['audience'] = null): Guard => ({
  visibility,
  team: 'lab',
  author: 'author',
  audience,
});
const embargoed = (embargo: 'past' | 'future') => own('PUBLIC', { named: ['named'], embargo });

/** The visibilities of the matrix: an incident, an evidence and a dataset version of each. */
export const CASES: Readonly<Record<string, Guard>> = {
  public: own('PUBLIC'),
  members: own('MEMBERS'),
  team: own('TEAM'),
  'team, with a named person': own('TEAM', { named: ['named'], embargo: 'none' }),
  restricted: own('RESTRICTED'),
  'restricted, with a named person': own('RESTRICTED', { named: ['named'], embargo: 'none' }),
  "restricted, said of labReporter's": own('RESTRICTED', {
    named: [],
    embargo: 'none',
    owner: 'labReporter',
  }),
  'public, embargo to come': embargoed('future'),
  'public, embargo past': embargoed('past'),
  'draft, for members': own('MEMBERS'),
};

export interface Placed {
  incident: Row;
  evidence: Row;
  /** Whose file is kept. */
  brought: Row;
  hypothesis: Row;
  claim: Row;
  datasetVersion: Row;
  model: Row;
  title: string;
}

/** A world of one incident for each case, with what hangs on it, under names that tell which it is. */
export function matrixWorld(cases = CASES): { rows: Row[]; placed: Map<string, Placed> } {
  const write = new Writer(1);
  recordParties(write);
  const placed = new Map<string, Placed>();
  const nodeOf = (
    kind: string,
    guard: Guard,
    name: string | null,
    version: string | null,
    namespace: string,
  ) =>
    write.assert('node', {
      guard,
      retracted: false,
      values: { kind, namespace, name, version, digest: null, replaced_by: null, citation_id: null },
    });
  const model = write.rows.add('model', {
    guard: OPEN,
    values: { namespace: '', name: 'known', title: null, description: null, developer: null },
  });
  const modelVersion = nodeOf('MODEL_VERSION', OPEN, 'known', '1', '');
  write.rows.add('model_version', { id: modelVersion.id, needs: { node_id: modelVersion, model_id: model } });
  for (const [i, [name, guard]] of Object.entries(cases).entries()) {
    const draft = name.startsWith('draft');
    const key = draft ? null : `MBI-2026-0${200 + i}`;
    const title = `Case${i}word`;
    const incident = nodeOf('INCIDENT', guard, key, null, draft ? 'lab' : '');
    write.rows.add('incident', {
      id: incident.id,
      needs: { node_id: incident },
      values: {
        key,
        title,
        summary: 'What happened.',
        setting: 'RED_TEAM',
        severity: 'HIGH',
        status: draft ? 'DRAFT' : 'SUBMITTED',
        occurred_at: null,
        submitted_at: draft ? null : write.moment(),
        updated_at: write.moment(),
        duplicate_of: null,
      },
    });
    const kept = { guard, retracted: false };
    write.assert('edge', {
      ...kept,
      needs: { downstream: incident, upstream: modelVersion },
      values: {
        kind: 'EXHIBITED_BY',
        amount: null,
        amount_unit: null,
        epochs: null,
        occurred_at: null,
        composition_id: null,
        citation_id: null,
      },
    });
    const evidence = write.assert('evidence', {
      ...kept,
      needs: { incident_id: incident },
      values: {
        kind: 'QUOTATION',
        title,
        text: 'Said.',
        digest: 'ab'.repeat(32),
        media_type: 'text/plain',
        bytes: 5,
        sensitivity: 'SENSITIVE',
        warning: null,
        citation_id: null,
      },
    });
    const hypothesis = write.assert('hypothesis', {
      ...kept,
      needs: { incident_id: incident },
      values: { statement: 'It was taught.', status: 'OPEN', proposed_by: null, citation_id: null },
    });
    const dataset = write.rows.add('dataset', {
      guard,
      values: { namespace: 'lab', name: `set-${i}`, title, description: null },
    });
    const datasetVersion = nodeOf('DATASET_VERSION', guard, `set-${i}`, '1', 'lab');
    write.rows.add('dataset_version', {
      id: datasetVersion.id,
      needs: { node_id: datasetVersion, dataset_id: dataset },
    });
    const claim = write.assert('claim', {
      ...kept,
      needs: { node_id: datasetVersion },
      values: {
        property: 'TOKENS',
        value_number: 5,
        value_text: null,
        value_time: null,
        unit: null,
        citation_id: null,
      },
    });
    write.record('event', {
      guard,
      needs: { node_id: incident },
      values: { type: 'INCIDENT_FILED', subject_type: null, subject_id: null, payload: { title, draft } },
    });
    const brought = write.record('import', {
      guard,
      needs: { sealed_object_id: write.record('sealed_object', { values: sealed(i) }) },
      values: {
        format: 'inspect-json',
        file_name: 'log.json',
        digest: `c${i}`.repeat(32),
        bytes: 5,
        status: 'SUCCEEDED',
        error: null,
        progress: null,
        report: { kept: [], leftOut: [], warnings: [], recordedBefore: null },
        finished_at: null,
      },
    });
    placed.set(name, {
      incident,
      evidence,
      brought,
      hypothesis,
      claim,
      datasetVersion,
      model: modelVersion,
      title,
    });
  }
  return { rows: write.rows.all, placed };
}

/** What would open a file: nobody opens it here. */
const sealed = (i: number) => ({ name: `object-${i}`, master_key_id: 'none', wrapped_key: '\\x00' });

type Ask = (query: string, variables?: Record<string, unknown>) => Promise<Answered>;
interface Answered {
  // biome-ignore lint/suspicious/noExplicitAny: the shape is the query's, written beside
  data: any;
  code: string | null;
}

type Operation = (ask: Ask, thing: Placed, id: (type: string, row: Row) => string) => Promise<string>;

const yes = (seen: unknown) => (seen ? 'yes' : '·');
const change = (
  name: string,
  input: (thing: Placed, id: (type: string, row: Row) => string) => object,
): Operation => {
  const title = name.charAt(0).toUpperCase() + name.slice(1);
  return async (ask, thing, id) => {
    const { data, code } = await ask(
      `mutation ($input: ${title}Input!) { result: ${name}(input: $input) { __typename } }`,
      { input: input(thing, id) },
    );
    const answer = data?.result?.__typename as string | undefined;
    if (code === 'FORBIDDEN' || code === 'UNAUTHENTICATED') return code.toLowerCase();
    if (answer === 'NotFoundError') return '·';
    return answer?.endsWith('Success') ? 'yes' : (answer ?? code ?? '?');
  };
};

const EVIDENCE = 'query ($id: ID!) { node(id: $id) { ... on Evidence { title text } } }';

/** Reading comes first, and each attempt to change runs on a world of its own. */
export const READING: Readonly<Record<string, Operation>> = {
  'read by id': async (ask, { incident }, id) =>
    yes((await ask('query ($id: ID!) { node(id: $id) { id } }', { id: id('Incident', incident) })).data.node),
  'in the list': async (ask, { title }) =>
    yes(
      (await ask('{ incidents(first: 100) { nodes { title } } }')).data.incidents.nodes.some(
        (n: { title: string }) => n.title === title,
      ),
    ),
  counted: async (ask, { title }) =>
    yes(
      (await ask('query ($q: String!) { incidents(search: $q) { totalCount } }', { q: title })).data.incidents
        .totalCount,
    ),
  searched: async (ask, { title }) =>
    yes(
      (await ask('query ($q: String!) { search(query: $q, kinds: [INCIDENT]) { totalCount } }', { q: title }))
        .data.search.totalCount,
    ),
  'lineage neighbour': async (ask, { incident, model }, id) => {
    const { data } = await ask(
      'query ($ref: NodeRef!) { lineageNode(ref: $ref) { lineage(direction: DOWNSTREAM) { nodes { id } } } }',
      { ref: id('ModelVersion', model) },
    );
    return yes(data.lineageNode.lineage.nodes.some((n: { id: string }) => n.id === id('Incident', incident)));
  },
  'its evidence': async (ask, { evidence }, id) =>
    yes((await ask(EVIDENCE, { id: id('Evidence', evidence) })).data.node?.title),
  "its evidence's text, without a reason given": async (ask, { evidence }, id) =>
    yes((await ask(EVIDENCE, { id: id('Evidence', evidence) })).data.node?.text),
  'its timeline': async (ask, { incident }, id) =>
    yes(
      (
        await ask('query ($id: ID!) { node(id: $id) { ... on Incident { timeline { totalCount } } } }', {
          id: id('Incident', incident),
        })
      ).data.node?.timeline.totalCount,
    ),
  'dataset version': async (ask, { datasetVersion }, id) =>
    yes(
      (await ask('query ($id: ID!) { node(id: $id) { id } }', { id: id('DatasetVersion', datasetVersion) }))
        .data.node,
    ),
};

export const CHANGING: Readonly<Record<string, Operation>> = {
  update: change('updateIncident', ({ incident }, id) => ({
    incident: id('Incident', incident),
    title: 'Another',
  })),
  'add evidence': change('addEvidence', ({ incident }, id) => ({
    incident: id('Incident', incident),
    kind: 'QUOTATION',
    title: 'More',
    text: 'More.',
  })),
  'reveal its evidence': change('revealEvidence', ({ evidence }, id) => ({
    id: id('Evidence', evidence),
    reason: 'It must be read for this.',
  })),
  link: change('linkIncident', ({ incident }, id) => ({
    incident: id('Incident', incident),
    reports: [{ title: 'In the press' }],
  })),
  'open hypothesis': change('openHypothesis', ({ incident }, id) => ({
    incident: id('Incident', incident),
    statement: 'Why.',
  })),
  'judge hypothesis': change('assessHypothesis', ({ hypothesis }, id) => ({
    hypothesis: id('Hypothesis', hypothesis),
    confidence: 'high',
    status: 'SUPPORTED',
  })),
  triage: change('changeIncidentStatus', ({ incident }, id) => ({
    incident: id('Incident', incident),
    to: 'TRIAGED',
  })),
  'claim of the dataset': change('assertClaim', ({ datasetVersion }, id) => ({
    node: id('DatasetVersion', datasetVersion),
    property: 'ROWS',
    number: 3,
  })),
  'dispute a claim': change('dispute', ({ claim }, id) => ({
    target: id('Claim', claim),
    statement: 'It is not so.',
  })),
  'retract a claim': change('retract', ({ claim }, id) => ({
    target: id('Claim', claim),
    reason: 'A mistake.',
  })),
  share: change('shareWith', ({ incident }, id) => ({ target: id('Incident', incident), people: [] })),
};

/** Whether the operation works for the principal: yes, · for absent, or the refusal. */
export async function matrixOf(schema: GraphQLSchema, database: WorldDatabase): Promise<string> {
  const { rows, placed } = matrixWorld();
  await database.load(rows);
  const { services } = database;
  const id = (type: string, row: Row) => services.ids.encode(type as never, BigInt(row.id));
  const parts: string[] = [];
  for (const [operation, run] of Object.entries({ ...READING, ...CHANGING })) {
    const head = `| who | ${Object.keys(CASES).join(' | ')} |\n|${' --- |'.repeat(Object.keys(CASES).length + 1)}`;
    const lines: string[] = [];
    for (const name of PRINCIPAL_NAMES) {
      const ask = asking(schema, services, PRINCIPALS[name]);
      const cells: string[] = [];
      for (const thing of placed.values()) cells.push(await run(ask, thing, id));
      lines.push(`| ${name} | ${cells.join(' | ')} |`);
      // What one has changed is undone before the next one tries.
      if (Object.hasOwn(CHANGING, operation) && cells.includes('yes')) await database.load(rows);
    }
    parts.push(`## ${operation}\n\n${head}\n${lines.join('\n')}`);
  }
  return `${parts.join('\n\n')}\n`;
}

export function asking(schema: GraphQLSchema, services: Services, viewer: Viewer): Ask {
  return async (source, variableValues) => {
    const result = await graphql({
      schema,
      source,
      variableValues: variableValues ?? {},
      contextValue: requestContext(services, viewer),
    });
    const [error] = result.errors ?? [];
    if (error === undefined) return { data: result.data, code: null };
    const code = formatError(error.toJSON(), error).extensions?.code;
    return { data: result.data, code: typeof code === 'string' ? code : null };
  };
}
