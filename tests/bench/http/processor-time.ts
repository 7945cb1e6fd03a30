// `npm run bench:processor-time -- [--edges 100000] [--requests 60] [--turns 7] [--warm 300] [--clients 4]
// [--only list]`: processor time a request, of the server and of its Postgres, for what run.ts measures in requests a
// second: the middle of several turns, in which all are asked one after the other. Times of day mean little on a machine
// that does other things too; these hold. On Linux alone, which tells them in /proc.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { Agent } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { APP_ROLE } from '../../../api/src/platform/embedded-postgres-roles.ts';
import { Dice } from '../../access/world/dice.ts';
import { launch } from '../../testkit/global-setup.ts';
import { fill } from '../lineage/synthetic.ts';
import { fillCatalogue } from './catalogue.ts';
import { type Asked, answer } from './load.ts';
import { incidentsAsking, lineageAsking, ORDINARILY } from './queries.ts';

const { values } = parseArgs({
  options: {
    edges: { type: 'string', default: '100000' },
    requests: { type: 'string', default: '60' },
    turns: { type: 'string', default: '7' },
    warm: { type: 'string', default: '300' },
    clients: { type: 'string', default: '4' },
    only: { type: 'string', default: '' },
  },
});
const REQUESTS = Number(values.requests);
const TURNS = Number(values.turns);
/** Requests before the first turn, in which code is compiled and plans are made. */
const WARM = Number(values.warm);
const CLIENTS = Number(values.clients);
/** A tick of /proc, in ms: what Linux tells every program. */
const TICK = 10;

/** User and system time of processes, in ms; of those that `parent` began and that have ended, too. */
async function processorTime(of: (id: number, parent: number) => boolean, parent?: number): Promise<number> {
  let ticks = 0;
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => null);
    if (stat === null) continue;
    // The name of the command, in brackets, may hold anything.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (of(Number(name), Number(fields[1]))) ticks += Number(fields[11]) + Number(fields[12]);
    // A pool lets go of connections between two turns: what their backends took is then their parent's to tell.
    if (Number(name) === parent) ticks += Number(fields[13]) + Number(fields[14]);
  }
  return ticks * TICK;
}

const middle = (of: readonly number[]) => [...of].sort((a, b) => a - b)[Math.floor(of.length / 2)]!;

/** The process whose children serve the connections of a Postgres. */
async function postmaster(port: number): Promise<number> {
  for (const name of await readdir('/proc')) {
    const command = await readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => '');
    if (/postgres/.test(command) && command.split('\0').some((word) => word.includes(String(port))))
      return Number(name);
  }
  throw new Error(`Nobody serves the port ${port}.`);
}

const { server, stop } = await launch();
const dataFolder = await mkdtemp(join(tmpdir(), 'headwater-bench-'));
const children: ChildProcess[] = [];
try {
  const at = `127.0.0.1:${server.port}/${server.template}`;
  const superuserUrl = `postgresql://postgres:${server.superuser}@${at}`;
  const world = await fill(superuserUrl, Number(values.edges), 1);
  await fillCatalogue(superuserUrl);
  const postgres = await postmaster(server.port);
  const started = async (script: string) => {
    const child = fork(fileURLToPath(new URL(script, import.meta.url)), {
      execArgv: ['--max-semi-space-size=64', '--import', 'tsx'],
      env: {
        ...process.env,
        DATABASE_URL: `postgresql://${APP_ROLE}:${server.app}@${at}`,
        FLOOR_URL: superuserUrl,
        HEADWATER_DATA: dataFolder,
        NODE_ENV: 'production',
      },
    });
    children.push(child);
    const [{ url }] = (await once(child, 'message')) as [{ url: string }];
    return { url, id: child.pid! };
  };
  const graphql = await started('../../testkit/serve-api.ts');
  const floors = await started('floors.ts');
  const dice = new Dice(4);
  const roots = Array.from({ length: 200 }, () => dice.pick(world.incidents));
  const asking = (query: string) => ({
    of: graphql,
    asked: roots.map((id): Asked => {
      const ref = `incident:MBI-2026-${String(id).padStart(8, '0')}`;
      const variables = query.includes('$ref') ? { ref } : {};
      return { url: `${graphql.url}/graphql`, body: JSON.stringify({ query, variables }) };
    }),
  });
  const floor = (path: (id: number) => string) => ({
    of: floors,
    asked: roots.map((id): Asked => ({ url: `${floors.url}/${path(id)}`, body: null })),
  });
  const known = {
    'lineage, compiled': asking(lineageAsking()),
    'lineage, general': asking(lineageAsking(ORDINARILY)),
    'lineage, node and memory': floor((id) => `memory/${id}`),
    'lineage, node and SQL': floor((id) => `sql/${id}`),
    'list, compiled': asking(incidentsAsking()),
    'list, general': asking(incidentsAsking(ORDINARILY)),
    'list, node and SQL': floor(() => 'incidents'),
  };
  const peers = Object.fromEntries(Object.entries(known).filter(([name]) => name.startsWith(values.only)));
  const agent = new Agent({ keepAlive: true, maxSockets: CLIENTS });
  console.info(
    '| what (processor time a request, in ms) | Node | Postgres | together |\n| --- | --- | --- | --- |',
  );
  const spent = new Map(
    Object.keys(peers).map((name) => [name, { node: [] as number[], both: [] as number[] }]),
  );
  for (let turn = 0; turn <= TURNS; turn += 1)
    for (const [name, { of, asked }] of Object.entries(peers)) {
      const send = async (count: number) => {
        let left = count;
        const client = async () => {
          while (left > 0) {
            left -= 1;
            await answer(agent, asked[left % asked.length]!);
          }
        };
        await Promise.all(Array.from({ length: CLIENTS }, client));
      };
      const times = () =>
        Promise.all([
          processorTime((id) => id === of.id),
          processorTime((_, parent) => parent === postgres, postgres),
        ]);
      // Connections that were let go of are made again, with their plans, before anything is measured.
      await send(turn === 0 ? WARM : Math.ceil(REQUESTS / 2));
      if (turn === 0) continue;
      const before = await times();
      await send(REQUESTS);
      const after = await times();
      const [node, database] = after.map((time, i) => (time - before[i]!) / REQUESTS) as [number, number];
      spent.get(name)!.node.push(node);
      spent.get(name)!.both.push(node + database);
    }
  for (const [name, { node, both }] of spent) {
    const [here, together] = [middle(node), middle(both)];
    const told = [here, together - here, together].map((ms) => ms.toFixed(2));
    console.info(`| ${name} | ${told.join(' | ')} |`);
  }
  agent.destroy();
} finally {
  for (const child of children) {
    if (child.connected) child.disconnect();
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  }
  await stop();
  await rm(dataFolder, { recursive: true, force: true });
}
process.exit(0);
