// The matrix: what each principal can do with what is of each visibility, found by doing it through the API.
import { type GraphQLSchema, graphql } from 'graphql';
import type { Viewer } from '../../api/src/access/viewer.ts';
import type { Services } from '../../api/src/context.ts';
import { requestContext } from '../../api/src/request-context.ts';
import { formatError } from '../../api/src/server.ts';
import { type Ask, type Ids, type Operation, READING } from './matrix-reading.ts';
import { CASES, matrixWorld, type Placed } from './matrix-world.ts';
import { routeAnswer } from './route-answer.ts';
import type { WorldDatabase } from './world/database.ts';
import { PRINCIPAL_NAMES, PRINCIPALS } from './world/principals.ts';

const change = (name: string, input: (thing: Placed, id: Ids) => object): Operation => {
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
  const { services } = database;
  const { rows, placed } = await sealedMatrixWorld(services);
  await database.load(rows);
  const id: Ids = (type, row) => services.ids.encode(type as never, BigInt(row.id));
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

async function* inOnePiece(bytes: Buffer) {
  yield bytes;
}

/** The world of the matrix, its files sealed where the services find them. */
export const sealedMatrixWorld = (services: Services, cases = CASES) =>
  matrixWorld((log) => services.vault.put(inOnePiece(log)), cases);

export function asking(schema: GraphQLSchema, services: Services, viewer: Viewer): Ask {
  const context = () => requestContext(services, viewer);
  const ask = async (source: string, variableValues: Record<string, unknown> = {}) => {
    const result = await graphql({ schema, source, variableValues, contextValue: context() });
    const [error] = result.errors ?? [];
    if (error === undefined) return { data: result.data, code: null };
    const code = formatError(error.toJSON(), error).extensions?.code;
    return { data: result.data, code: typeof code === 'string' ? code : null };
  };
  return Object.assign(ask, {
    route: ((route, address) => routeAnswer(route, context(), address)) as Ask['route'],
  });
}
