// `npm run soak:runs -- --runs 10000 [--layout lm-eval] [--seed 1]`: one file of so many eval runs, made from a seed and
// brought in over HTTP into an instance of its own; then read again. Prints time, peak memory and runs recorded.
import { parseArgs } from 'node:util';
import { insertActor } from '../../api/src/access/access.store.ts';
import { createApiToken } from '../../api/src/access/api-tokens.ts';
import { type Principal, ROLE_SCOPES } from '../../api/src/access/viewer.ts';
import { openDatabase } from '../../api/src/platform/database.ts';
import { openServices } from '../../api/src/services.ts';
import { fileOfRuns, LAYOUTS, type Layout } from '../testkit/file-of-runs.ts';
import { serveApi } from '../testkit/served-api.ts';
import { TOKEN_KEY } from '../testkit/token-key.ts';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '10000' },
    layout: { type: 'string', default: 'every-eval-ever' },
    seed: { type: 'string', default: '1' },
  },
});
const [runs, seed] = [Number(values.runs), Number(values.seed)];
const layout = LAYOUTS.find((name): name is Layout => name === values.layout);
if (!(Number.isInteger(runs) && runs > 100)) throw new Error('--runs has to be a whole number over 100.');
if (layout === undefined) throw new Error(`--layout is one of ${LAYOUTS.join(', ')}.`);

const PAUSE_MS = 500;
const MIB = 1024 * 1024;
const seconds = (from: number) => ((performance.now() - from) / 1_000).toFixed(1);
const mebibytes = (bytes: number) => `${(bytes / MIB).toFixed(0)} MiB`;

const served = await serveApi();
const records = openDatabase(served.databaseUrl, { poolSize: 2 });
try {
  const token = await tokenOf(served.appUrl, served.dataFolder);
  const bytes = Buffer.from(fileOfRuns(layout, runs, seed));
  console.info(`${layout}, ${runs} runs, ${mebibytes(bytes.length)}, seed ${seed}`);
  await tellMemory('before');
  const id = await bringIn(token, bytes);
  await readAgain(token, id, runs);
  await readBefore();
  await readAgain(token, id, 2 * runs);
} finally {
  await records.close();
  await served.stop();
}

async function tokenOf(databaseUrl: string, dataFolder: string): Promise<string> {
  const services = await openServices({ databaseUrl, dataFolder, tokenKey: TOKEN_KEY, poolSize: 2 });
  const name = 'Person 1';
  const person = { kind: 'PERSON', name, email: null, role: 'REPORTER' } as const;
  const { actorId, teamId } = await insertActor(services.db, person);
  const by: Principal = {
    kind: 'principal',
    actorId,
    actorKind: 'PERSON',
    name,
    role: 'REPORTER',
    teamIds: [teamId],
    scopes: new Set(ROLE_SCOPES.REPORTER),
    sessionId: null,
    tokenId: null,
  };
  const { token } = await services.db.$transaction((tx) =>
    createApiToken({ tx, by, teamId, context: services }, { name: 'soak', scopes: ['read', 'write:evals'] }),
  );
  await services.close();
  return token;
}

async function bringIn(token: string, bytes: Buffer): Promise<string> {
  const begun = performance.now();
  const worked = (await served.usage()).cpuMs;
  const response = await fetch(`${served.url}/import`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/octet-stream',
      'x-filename': 'runs.json',
    },
    body: new Uint8Array(bytes),
  });
  if (response.status !== 202) throw new Error(`${response.status}: ${await response.text()}`);
  const { id } = (await response.json()) as { id: string };
  console.info(`answered after ${seconds(begun)} s`);
  await tellMemory('by then');
  const far = await followed(begun, async () => {
    const { status, error, progress } = (
      await ask(token, 'query ($id: ID!) { import(id: $id) { status error progress { lines } } }', { id })
    ).import;
    if (status === 'FAILED') throw new Error(error);
    return status === 'RUNNING' ? (progress?.lines ?? 0) : null;
  });
  const there = await records.evalRun.count();
  const took = ((await served.usage()).cpuMs - worked) / there;
  console.info(
    `${there} runs recorded in ${seconds(begun)} s, ${took.toFixed(1)} ms of processor time of the API each; ${far}`,
  );
  await tellMemory('by then');
  if (there !== runs) throw new Error('Runs are missing, or are there twice.');
  return id;
}

/** Of the process of the API, since it began. */
async function tellMemory(when: string): Promise<void> {
  console.info(`peak memory ${when}: ${mebibytes((await served.usage()).peakBytes)}`);
}

/** As if an earlier reader had read every run otherwise: today's makes another of each. */
async function readBefore(): Promise<void> {
  await records.$executeRaw`alter table eval_run disable trigger b_keep`;
  await records.$executeRaw`update eval_run set metadata = metadata || '{"contentDigest": "of an earlier reader"}'`;
  await records.$executeRaw`alter table eval_run enable trigger b_keep`;
}

/** There are `expected` runs then. */
async function readAgain(token: string, id: string, expected: number): Promise<void> {
  const begun = performance.now();
  const reread = `mutation ($input: RereadImportInput!) { rereadImport(input: $input) { __typename
    ... on Error { message } } }`;
  const answer = (await ask(token, reread, { input: { import: id } })).rereadImport;
  if (answer.__typename !== 'RereadImportSuccess') throw new Error(answer.message);
  const far = await followed(begun, async () => {
    const { rereading } = (
      await ask(token, 'query ($id: ID!) { import(id: $id) { rereading { read error } } }', { id })
    ).import;
    if (rereading?.error) throw new Error(rereading.error);
    return rereading?.read ?? null;
  });
  const asked = 'query ($id: ID!) { import(id: $id) { readings { same changes { subject after } } } }';
  const { same, changes } = (await ask(token, asked, { id })).import.readings.at(-1);
  const there = await records.evalRun.count();
  console.info(
    `read again in ${seconds(begun)} s: ${same ? 'the same' : JSON.stringify(changes.at(-1))}; ${there} runs are there; ${far}`,
  );
  await tellMemory('at the end');
  if (there !== expected) throw new Error('Runs are missing, or are there twice.');
}

/** Waits until `read` says null, and tells when each tenth of the runs was there. */
async function followed(begun: number, read: () => Promise<number | null>): Promise<string> {
  const tenths: string[] = [];
  for (let now = await read(); now !== null; now = await read()) {
    while (now >= ((tenths.length + 1) * runs) / 10) tenths.push(seconds(begun));
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  return `tenths after ${tenths.join(', ')} s`;
}

// biome-ignore lint/suspicious/noExplicitAny: the shapes are those of the queries
async function ask(token: string, query: string, variables: object): Promise<any> {
  const response = await fetch(`${served.url}/graphql`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data: unknown; errors?: { message: string }[] };
  if (errors !== undefined) throw new Error(errors.map(({ message }) => message).join('; '));
  return data;
}
