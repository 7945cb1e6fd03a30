// `npm run bench:http -- --edges 1000000 [--clients 16] [--seconds 3] [--rounds 5]
// [--postgraphile] [--record]`: lineage and a list of incidents over
// HTTP, through GraphQL with visibility applied, and by what nothing can be quicker than; in turns, on one database.
// With `--postgraphile`, that too: it is installed first, on the Node that it needs (some 500 MB, once).
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { APP_ROLE } from '../../../api/src/platform/embedded-postgres-roles.ts';
import { Dice } from '../../access/world/dice.ts';
import { launch } from '../../testkit/global-setup.ts';
import { PROFILED } from '../../testkit/served-api.ts';
import { fill, type Synthetic } from '../lineage/synthetic.ts';
import { atLeast, type Line } from '../measure.ts';
import { told } from '../record.ts';
import { fillCatalogue } from './catalogue.ts';
import { lineageContent, listContent } from './content.ts';
import { type Asked, answer, drive } from './load.ts';
import { servedPostGraphile } from './postgraphile.ts';
import { incidentsAsking, lineageAsking, ORDINARILY } from './queries.ts';

const { values } = parseArgs({
  options: {
    edges: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: '1' },
    clients: { type: 'string', default: '16' },
    seconds: { type: 'string', default: '3' },
    rounds: { type: 'string', default: '5' },
    postgraphile: { type: 'boolean', default: false },
    record: { type: 'boolean', default: false },
  },
});
const number = (name: Exclude<keyof typeof values, 'postgraphile' | 'record'>) => Number(values[name]);
/** How many nodes are asked about, in turns. */
const ROOTS = 200;

/** The same rows, as PostGraphile names them. */
const PEER_LINEAGE = `query ($root: BigInt!) {
  nodes: upstreamNodesList(root: $root) { rowId kind name version }
  edges: upstreamEdgesList(root: $root) { rowId kind share upstream downstream } }`;
const PEER_INCIDENTS = `{ newestIncidentsList {
  key title severity status occurredAt modelVersionsList { name version }
  measurementsList { rate sampleCount behavior } } }`;

// biome-ignore lint/suspicious/noExplicitAny: the JSON of three servers, each of a form of its own.
type Said = any;

interface Peer {
  name: string;
  asked: Asked[];
  rates: number[];
  bytes: number;
}

const { server, stop } = await launch();
const children: ChildProcess[] = [];
const dataFolder = await mkdtemp(join(tmpdir(), 'headwater-bench-'));
try {
  const at = `127.0.0.1:${server.port}/${server.template}`;
  const superuserUrl = `postgresql://postgres:${server.superuser}@${at}`;
  const world = await fill(superuserUrl, number('edges'), number('seed'));
  await fillCatalogue(superuserUrl);
  console.info(`${world.edges} edges, ${world.nodes} nodes, ${world.incidents.length} incidents`);
  const env = {
    ...process.env,
    DATABASE_URL: `postgresql://${APP_ROLE}:${server.app}@${at}`,
    FLOOR_URL: superuserUrl,
    HEADWATER_DATA: dataFolder,
    NODE_ENV: 'production',
  };
  const [graphql, floors] = await Promise.all([
    started('../../testkit/serve-api.ts', env),
    started('floors.ts', env),
  ]);
  const peer = values.postgraphile ? await servedPostGraphile(superuserUrl) : null;
  if (peer !== null) children.push(peer.child);
  const lines = [
    ...(await lineages(world, graphql, floors, peer?.url ?? null)),
    ...(await lists(graphql, floors, peer?.url ?? null)),
  ];
  const asked = { edges: number('edges'), seed: number('seed'), clients: number('clients') };
  told('http', asked, lines, values.record);
} finally {
  for (const child of children) {
    if (child.connected) child.disconnect();
    child.stdin?.end();
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  }
  await stop();
  await rm(dataFolder, { recursive: true, force: true });
}
process.exit(0);

/** Starts a server in a process of its own; answers its address. */
async function started(script: string, env: NodeJS.ProcessEnv): Promise<string> {
  const child = fork(fileURLToPath(new URL(script, import.meta.url)), {
    execArgv: ['--max-semi-space-size=64', '--import', 'tsx', ...PROFILED],
    env,
  });
  children.push(child);
  const [told] = (await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code]) => Promise.reject(new Error(`${script} ended with ${code}.`))),
  ])) as [{ url: string }];
  return told.url;
}

function peer(name: string, asked: Asked[]): Peer {
  return { name, asked, rates: [], bytes: 0 };
}

function graphqlOf(url: string, query: string, variables: object = {}): Asked {
  return { url: `${url}/graphql`, body: JSON.stringify({ query, variables }) };
}

function postgraphileOf(url: string, query: string, variables: object = {}): Asked {
  return { url, body: JSON.stringify({ query, variables }) };
}

/** Each peer for a while, one after the other, again and again: what else the machine does falls on all alike. */
async function measured(peers: readonly Peer[]): Promise<void> {
  for (const one of peers) await drive(one.asked, number('clients'), 2_000);
  for (let round = 0; round < number('rounds'); round += 1)
    for (const one of peers) {
      const { rate, bytes } = await drive(one.asked, number('clients'), number('seconds') * 1000);
      one.rates.push(rate);
      one.bytes = bytes;
    }
}

function rateOf({ rates }: Peer): number {
  return [...rates].sort((a, b) => a - b)[Math.floor(rates.length / 2)]!;
}

function line(what: string, one: Peer, other: Peer, least: number | null): Line {
  return {
    what,
    measured: `${one.name} ${rateOf(one).toFixed(0)}/s, ${one.bytes} bytes`,
    against: `${other.name} ${rateOf(other).toFixed(0)}/s, ${other.bytes} bytes`,
    figure: rateOf(one) / rateOf(other),
    unit: '×',
    goal: least === null ? null : atLeast(least),
  };
}

async function lineages(
  world: Synthetic,
  graphql: string,
  floors: string,
  postgraphile: string | null,
): Promise<Line[]> {
  const dice = new Dice(number('seed') + 3);
  const ids = Array.from({ length: ROOTS }, () => dice.pick(world.incidents));
  const key = (id: number) => `MBI-2026-${String(id).padStart(8, '0')}`;
  const peers = [
    peer(
      'GraphQL',
      ids.map((id) => graphqlOf(graphql, lineageAsking(), { ref: `incident:${key(id)}` })),
    ),
    peer(
      'node and memory',
      ids.map((id) => ({ url: `${floors}/memory/${id}`, body: null })),
    ),
    peer(
      'node and SQL',
      ids.map((id) => ({ url: `${floors}/sql/${id}`, body: null })),
    ),
  ] as const;
  const others =
    postgraphile === null
      ? []
      : [
          peer(
            'PostGraphile',
            ids.map((id) => postgraphileOf(postgraphile, PEER_LINEAGE, { root: String(id) })),
          ),
        ];
  await alike([...peers, ...others], (said) => lineageContent(said.lineageNode?.lineage ?? said));
  await measured([...peers, ...others]);
  return [
    line('upstream of an incident', peers[0], peers[1], 0.55),
    line('upstream of an incident', peers[0], peers[2], 4),
    ...others.map((other) => line('upstream of an incident', peers[0], other, 8)),
  ];
}

/** All say the same, of the first of what they are asked; `content` reads it from the JSON of any of them. */
async function alike(peers: readonly Peer[], content: (said: Said) => string): Promise<void> {
  const agent = new Agent();
  for (let i = 0; i < Math.min(20, peers[0]!.asked.length); i += 1) {
    const said = await Promise.all(
      peers.map(async ({ name, asked }) => {
        const body = JSON.parse((await answer(agent, asked[i]!)).toString());
        return `${name} says ${content(body.data ?? body)}`;
      }),
    );
    if (new Set(said.map((one) => one.split(' says ')[1])).size > 1)
      throw new Error(`The peers differ: ${said.join('; ')}.`);
  }
  agent.destroy();
}

/** By the compiled path, which the shape of the query has, and by the ordinary one: each has targets of its own. */
async function lists(graphql: string, floors: string, postgraphile: string | null): Promise<Line[]> {
  const compiled = peer('GraphQL, compiled', [graphqlOf(graphql, incidentsAsking())]);
  const general = peer('GraphQL, general', [graphqlOf(graphql, incidentsAsking(ORDINARILY))]);
  const floor = peer('node and SQL', [{ url: `${floors}/incidents`, body: null }]);
  const others =
    postgraphile === null ? [] : [peer('PostGraphile', [postgraphileOf(postgraphile, PEER_INCIDENTS)])];
  const all = [compiled, general, floor, ...others];
  await alike(all, (said) => listContent(said.incidents?.nodes ?? said.newestIncidentsList ?? said));
  await measured(all);
  const what = '100 incidents, three levels';
  return [
    line(what, compiled, floor, 0.8),
    line(what, general, floor, 0.5),
    ...others.flatMap((other) => [line(what, compiled, other, 2), line(what, general, other, 1.3)]),
  ];
}
