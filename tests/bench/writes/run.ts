// `npm run bench:writes -- [--clients 32] [--seconds 3] [--rounds 5] [--record]`: incidents filed with their log event, by
// so many writers at once; the same use case without the event; and the floor, the same rows but the event's by SQL alone,
// in one round trip. In turns, on one database. What fsync costs is in all three.
import { parseArgs } from 'node:util';
import pg from 'pg';
import { insertActor } from '../../../api/src/access/access.store.ts';
import { inSharedChange } from '../../../api/src/access/shared-change.ts';
import { type Principal, ROLE_SCOPES } from '../../../api/src/access/viewer.ts';
import type { Services } from '../../../api/src/context.ts';
import type { FileIncidentInput } from '../../../api/src/incident/file-incident.ts';
import { fileTogether, filing } from '../../../api/src/incident/file-together.ts';
import { APP_ROLE } from '../../../api/src/platform/embedded-postgres-roles.ts';
import { requestContext } from '../../../api/src/request-context.ts';
import { openServices } from '../../../api/src/services.ts';
import { launch } from '../../testkit/global-setup.ts';
import { TOKEN_KEY } from '../../testkit/token-key.ts';
import { atLeast, type Goal, type Line } from '../measure.ts';
import { type ProcessorTime, processorTime, since, workedFor } from '../processor-time.ts';
import { told } from '../record.ts';

const { values } = parseArgs({
  options: {
    clients: { type: 'string', default: '32' },
    seconds: { type: 'string', default: '3' },
    rounds: { type: 'string', default: '5' },
    record: { type: 'boolean', default: false },
  },
});
const [clients, seconds, rounds] = [values.clients, values.seconds, values.rounds].map(Number) as [
  number,
  number,
  number,
];

interface Way {
  name: string;
  write: (i: number) => Promise<unknown>;
  rates: number[];
  /** For one incident, round by round. */
  worked: ProcessorTime[];
}

const TITLE = 'A model threatened an engineer, in test ';
const SUMMARY = 'It was told that it would be replaced.';

/** The same use case without the event. */
const unlogged = filing(async () => undefined);

const { server, stop } = await launch();
const at = `127.0.0.1:${server.port}/${server.template}`;
const services = await openServices({
  databaseUrl: `postgresql://${APP_ROLE}:${server.app}@${at}`,
  dataFolder: '',
  tokenKey: TOKEN_KEY,
  // Of which reads keep a third; each writer has a connection to itself.
  poolSize: Math.ceil((clients * 3) / 2),
  preparedStatements: 200,
});
const pool = new pg.Pool({
  connectionString: `postgresql://postgres:${server.superuser}@${at}`,
  max: clients,
});
try {
  const writer = await writerOf(services);
  const ways = [
    way('with its event', (i) => fileTogether(requestContext(services, writer), incident(i))),
    way('without', (i) => inSharedChange(requestContext(services, writer), unlogged, incident(i))),
    way('SQL alone', (i) => pool.query(rowsOf(writer, i))),
  ] as const;
  let next = 0;
  const written = () => {
    next += 1;
    return next;
  };
  for (const one of ways) await rateOf(one, 1_000, written);
  for (let round = 0; round < rounds; round += 1) for (const one of ways) await measure(one, written);
  const lines = [line(ways[0], ways[2], atLeast(0.5)), line(ways[0], ways[1], atLeast(0.6))];
  told('writes', { clients, seconds, rounds }, lines, values.record);
} finally {
  await pool.end();
  await services.close();
  await stop();
}
process.exit(0);

function way(name: string, write: Way['write']): Way {
  return { name, write, rates: [], worked: [] };
}

async function measure(one: Way, next: () => number): Promise<void> {
  const before = await processorTime(pool);
  const { rate, count } = await rateOf(one, seconds * 1_000, next);
  one.rates.push(rate);
  one.worked.push(since(await processorTime(pool), before, count));
}

/** Incidents a second, filed by all clients together; and how many in all. */
async function rateOf(
  { write }: Way,
  ms: number,
  next: () => number,
): Promise<{ rate: number; count: number }> {
  const begun = performance.now();
  let count = 0;
  const client = async () => {
    while (performance.now() - begun < ms) {
      await write(next());
      count += 1;
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  return { rate: (count * 1000) / (performance.now() - begun), count };
}

function incident(i: number): FileIncidentInput {
  const title = `${TITLE}${i}`;
  return { title, summary: SUMMARY, setting: 'SAFETY_TEST', severity: 'HIGH', draft: false };
}

/** Node and incident as the use case writes them, as one text of several statements: one round trip. */
function rowsOf({ actorId, teamIds: [teamId] }: Principal, i: number): string {
  // Of a year that the other ways draw no keys of.
  const key = `MBI-2031-${String(i).padStart(8, '0')}`;
  return `begin;
    with made as (
      insert into node (kind, name, visibility, team_id, actor_id)
      values ('INCIDENT', '${key}', 'MEMBERS', ${teamId}, ${actorId}) returning id)
    insert into incident (node_id, key, title, summary, setting, severity, status, submitted_at)
    select id, '${key}', '${TITLE}${i}', '${SUMMARY}', 'SAFETY_TEST', 'HIGH', 'SUBMITTED', now() from made;
    commit`;
}

function middle(rates: readonly number[]): number {
  return [...rates].sort((a, b) => a - b)[Math.floor(rates.length / 2)]!;
}

function line(one: Way, other: Way, goal: Goal): Line {
  const worked = ({ worked }: Way) =>
    workedFor({
      node: middle(worked.map(({ node }) => node)),
      database: middle(worked.map(({ database }) => database)),
    });
  const rate = (of: Way) => `${of.name} ${middle(of.rates).toFixed(0)}/s (${worked(of)})`;
  const figure = middle(one.rates) / middle(other.rates);
  return { what: 'incidents filed', measured: rate(one), against: rate(other), figure, unit: '×', goal };
}

async function writerOf({ db }: Services): Promise<Principal> {
  const person = { kind: 'PERSON', name: 'Writer', email: null, role: 'REPORTER' } as const;
  const { actorId, teamId } = await insertActor(db, person);
  return {
    kind: 'principal',
    actorId,
    actorKind: 'PERSON',
    name: 'Writer',
    role: 'REPORTER',
    teamIds: [teamId],
    scopes: new Set(ROLE_SCOPES.REPORTER),
    sessionId: null,
    tokenId: null,
  };
}
