// What is read, for the matrix: by id, in lists, counted, searched, in a lineage, and as a file.
import type { RequestHandler } from 'express';
import { importFileRoute } from '../../api/src/interchange/import-file-route.ts';
import { exportIncidentRoute } from '../../api/src/interchange/incidents/export-incident-route.ts';
import type { Admit } from '../../api/src/request-context.ts';
import type { Placed } from './matrix-world.ts';
import type { Row } from './world/rows.ts';

export interface Ask {
  (query: string, variables?: Record<string, unknown>): Promise<Answered>;
  /** Asks a route of files, in the same name. */
  route<P extends Record<string, string>>(
    route: (admit: Admit) => RequestHandler<P>,
    address: { params: P; query?: Record<string, string> },
  ): Promise<{ status: number; body: string }>;
}
interface Answered {
  // biome-ignore lint/suspicious/noExplicitAny: the shape is the query's, written beside
  data: any;
  code: string | null;
}

export type Ids = (type: string, row: Row) => string;
/** What one is told who tries it with a thing. */
export type Operation = (ask: Ask, thing: Placed, id: Ids) => Promise<string>;

const yes = (seen: unknown) => (seen ? 'yes' : '·');

const EVIDENCE = 'query ($id: ID!) { node(id: $id) { ... on Evidence { title text } } }';

/** A draft has no key that a report could be asked for by. */
export const WITHOUT_KEY = 'has no key';

/** Of what is restricted, nothing. */
export const WITHOUT_REASON = "its evidence's text, without a reason given";

const WITH_ID = 'query ($id: ID!) { node(id: $id) { id } }';
const readById =
  (type: string, rowOf: (thing: Placed) => Row): Operation =>
  async (ask, thing, id) =>
    yes((await ask(WITH_ID, { id: id(type, rowOf(thing)) })).data.node);
const searched =
  (kind: string): Operation =>
  async (ask, { title }) =>
    yes(
      (await ask(`query ($q: String!) { search(query: $q, kinds: [${kind}]) { totalCount } }`, { q: title }))
        .data.search.totalCount,
    );

/** Of a route: yes, what it wants first, or · for what is not there. */
const fileTold = ({ status, body }: { status: number; body: string }, holds: string): string => {
  if (status === 200) return body.includes(holds) ? 'yes' : 'another file';
  if (status === 404) return '·';
  return body.includes('REVEAL_REQUIRED') ? 'with a reason' : String(status);
};

/** What is read of an incident, of its parts, and of whatever else says itself who may see it. */
export const READING: Readonly<Record<string, Operation>> = {
  'read by id': readById('Incident', ({ incident }) => incident),
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
  searched: searched('INCIDENT'),
  'lineage neighbour': async (ask, { incident, model }, id) => {
    const { data } = await ask(
      'query ($ref: NodeRef!) { lineageNode(ref: $ref) { lineage(direction: DOWNSTREAM) { nodes { id } } } }',
      { ref: id('ModelVersion', model) },
    );
    return yes(data.lineageNode.lineage.nodes.some((n: { id: string }) => n.id === id('Incident', incident)));
  },
  'its evidence': async (ask, { evidence }, id) =>
    yes((await ask(EVIDENCE, { id: id('Evidence', evidence) })).data.node?.title),
  [WITHOUT_REASON]: async (ask, { evidence }, id) =>
    yes((await ask(EVIDENCE, { id: id('Evidence', evidence) })).data.node?.text),
  'its timeline': async (ask, { incident }, id) =>
    yes(
      (
        await ask('query ($id: ID!) { node(id: $id) { ... on Incident { timeline { totalCount } } } }', {
          id: id('Incident', incident),
        })
      ).data.node?.timeline.totalCount,
    ),
  'as a report of AVID': async (ask, { key, title }) =>
    key === null
      ? WITHOUT_KEY
      : fileTold(await ask.route(exportIncidentRoute, { params: { key }, query: { format: 'avid' } }), title),
  'its hypothesis': readById('Hypothesis', ({ hypothesis }) => hypothesis),
  'its hypotheses, listed': async (ask, { incident }, id) =>
    yes(
      (
        await ask('query ($id: ID!) { node(id: $id) { ... on Incident { hypotheses { statement } } } }', {
          id: id('Incident', incident),
        })
      ).data.node?.hypotheses.length,
    ),
  'dataset version': readById('DatasetVersion', ({ datasetVersion }) => datasetVersion),
  'model version': readById('ModelVersion', ({ modelVersion }) => modelVersion),
  'model version, by its model in the list': async (ask, { title }) => {
    const { data } = await ask(
      'query ($q: String!) { models(search: $q) { totalCount nodes { versions { totalCount nodes { id } } } } }',
      { q: title },
    );
    const [model] = data.models.nodes as { versions: { totalCount: number; nodes: unknown[] } }[];
    const seen = [data.models.totalCount, model?.versions.totalCount ?? 0, model?.versions.nodes.length ?? 0];
    return seen.every((n) => n === seen[0]) ? yes(seen[0]) : `of ${seen.join(', ')}`;
  },
  'model version, searched': searched('MODEL_VERSION'),
  'eval run': readById('EvalRun', ({ evalRun }) => evalRun),
  'eval run, listed and counted': async (ask, { title, evalRun }, id) => {
    const { data } = await ask(
      'query ($q: String!) { evalRuns(filter: { search: $q }) { totalCount nodes { id } } }',
      {
        q: title,
      },
    );
    const { totalCount, nodes } = data.evalRuns as { totalCount: number; nodes: { id: string }[] };
    const listed = nodes.some((node) => node.id === id('EvalRun', evalRun));
    return listed === totalCount > 0 ? yes(listed) : `listed ${listed}, counted ${totalCount}`;
  },
  'eval run, searched': searched('EVAL_RUN'),
  'eval run, as neighbour of its model': async (ask, { evalRun, model }, id) => {
    const { data } = await ask(
      'query ($ref: NodeRef!) { lineageNode(ref: $ref) { lineage(direction: DOWNSTREAM) { nodes { id } } } }',
      { ref: id('ModelVersion', model) },
    );
    return yes(data.lineageNode.lineage.nodes.some((n: { id: string }) => n.id === id('EvalRun', evalRun)));
  },
  'transcript of its sample': async (ask, { evalRun, title }, id) => {
    const { data } = await ask(
      `query ($ref: NodeRef!) { lineageNode(ref: $ref) { ... on EvalRun {
        sample(sampleId: "s1") { transcript { unavailable revealedBy { id } messages { parts { text } } } } } } }`,
      { ref: id('EvalRun', evalRun) },
    );
    const transcript = data.lineageNode?.sample?.transcript;
    if (!transcript) return '·';
    if (transcript.revealedBy) return 'with a reason';
    return transcript.unavailable ?? yes(transcript.messages[0]?.parts[0]?.text === title);
  },
  import: readById('Import', (thing) => thing.import),
  'import, and what it says of its file': async (ask, thing, id) => {
    const { data } = await ask(
      'query ($id: ID!) { import(id: $id) { fileName file { digest restricted } } }',
      {
        id: id('Import', thing.import),
      },
    );
    if (!data.import) return '·';
    if (data.import.fileName !== `${thing.title}.json`) return 'another';
    return data.import.file === null
      ? 'without the file'
      : data.import.file.restricted
        ? 'restricted'
        : 'yes';
  },
  'file of the import': async (ask, thing, id) =>
    fileTold(await ask.route(importFileRoute, { params: { id: id('Import', thing.import) } }), thing.title),
};
