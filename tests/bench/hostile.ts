// `npm run bench:hostile`: how long refusals take, and what they do to another client of the same API.
import { parseArgs } from 'node:util';
import { openServices } from '../../api/src/services.ts';
import { seedExampleData } from '../../prisma/seed/seed.ts';
import { type HostileRequest, hostileRequests } from '../testkit/hostile/requests.ts';
import { type ServedApi, serveApi } from '../testkit/served-api.ts';
import { TOKEN_KEY } from '../testkit/token-key.ts';
import { atLeast, atMost, type Line } from './measure.ts';
import { told as tell } from './record.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    count: { type: 'string', default: '2000' },
    seconds: { type: 'string', default: '60' },
    rate: { type: 'string', default: '20' },
    record: { type: 'boolean', default: false },
  },
});
const [seed, count, seconds, rate] = [values.seed, values.count, values.seconds, values.rate].map(Number) as [
  number,
  number,
  number,
  number,
];

/** What a visitor's page asks for: a list, and one incident with its measurements. */
const ORDINARY = [
  '{ incidents(first: 20) { totalCount nodes { key title severity status } } }',
  '{ incident(key: "MBI-2025-0001") { title measurements { rate sampleCount } modelVersions { label } } }',
].map((query) => JSON.stringify({ query }));
const HEADERS = { 'content-type': 'application/json' };
const PAUSE_MS = 20;

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

interface Timed {
  name: string;
  ms: number;
  status: number;
}

async function timed(url: string, { name, path, ...sent }: HostileRequest): Promise<Timed> {
  const begun = performance.now();
  const response = await fetch(`${url}${path}`, sent);
  await response.arrayBuffer();
  return { name, ms: performance.now() - begun, status: response.status };
}

/** An ordinary client, one request after another with a pause, until it is told to stop. */
async function ordinaryClient(url: string, stop: AbortSignal): Promise<Timed[]> {
  const found: Timed[] = [];
  while (!stop.aborted) {
    const body = ORDINARY[found.length % ORDINARY.length]!;
    found.push(
      await timed(url, { name: 'ordinary', method: 'POST', path: '/graphql', headers: HEADERS, body }),
    );
    await sleep(PAUSE_MS);
  }
  return found;
}

/** Sends the requests at a steady rate, whether or not the earlier ones were answered. */
async function hostileClient(
  url: string,
  requests: readonly HostileRequest[],
  stop: AbortSignal,
): Promise<Timed[]> {
  const begun = performance.now();
  const sent: Promise<Timed>[] = [];
  for (const request of requests) {
    await sleep(Math.max(0, begun + (sent.length * 1000) / rate - performance.now()));
    if (stop.aborted) break;
    sent.push(timed(url, request));
  }
  return Promise.all(sent);
}

function percentile(of: readonly Timed[], share: number): number {
  const sorted = of.map(({ ms }) => ms).sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

const told = (of: readonly Timed[]) =>
  `${of.length} requests, p50 ${percentile(of, 0.5).toFixed(1)} ms, p95 ${percentile(of, 0.95).toFixed(1)} ms, p99 ${percentile(of, 0.99).toFixed(1)} ms`;

/** The same requests in another order, so that their sizes and kinds are spread over the run. */
function mixed(requests: HostileRequest[]): HostileRequest[] {
  return requests
    .map((request, i) => ({ request, at: (i * 7919) % requests.length }))
    .sort((a, b) => a.at - b.at)
    .map(({ request }) => request);
}

async function run(api: ServedApi): Promise<boolean> {
  const kinds = hostileRequests(seed, 1).length;
  const requests = mixed(hostileRequests(seed, Math.ceil(count / kinds))).slice(0, count);
  // Both kinds of traffic, until the engine has compiled what they run through.
  await hostileClient(api.url, mixed(hostileRequests(seed + 1, 6)), AbortSignal.timeout(seconds * 1000));
  await ordinaryClient(api.url, AbortSignal.timeout(3_000));

  // Refusals alone for a moment: the processor's time does not depend on what else the machine does.
  const before = await api.processorTime();
  const counted = await hostileClient(
    api.url,
    mixed(hostileRequests(seed + 2, 2)),
    AbortSignal.timeout(10_000),
  );
  const each = ((await api.processorTime()) - before) / counted.length;

  const half = (seconds * 1000) / 2;
  const alone: Timed[] = [];
  const beside: Timed[] = [];
  const refusals: Timed[] = [];
  // By turns, so that what else the machine does falls on both alike.
  const turns = 4;
  const share = Math.ceil(requests.length / turns);
  for (let turn = 0; turn < turns; turn += 1) {
    alone.push(...(await ordinaryClient(api.url, AbortSignal.timeout(half / turns))));
    const end = new AbortController();
    const client = ordinaryClient(api.url, end.signal);
    const part = requests.slice(turn * share, (turn + 1) * share);
    refusals.push(...(await hostileClient(api.url, part, AbortSignal.timeout(half / turns))));
    end.abort();
    beside.push(...(await client));
  }

  const passed = refusals.filter(({ status }) => status < 400 || status > 499);
  const lines: Line[] = [
    {
      what: `refusals at ${rate} a second: p99`,
      measured: told(refusals),
      against: `${each.toFixed(1)} ms of the processor's time each`,
      figure: percentile(refusals, 0.99),
      unit: ' ms',
      goal: atMost(25),
    },
    {
      what: 'another client beside them: p99',
      measured: told(beside),
      against: `alone ${told(alone)}`,
      figure: percentile(beside, 0.99) / percentile(alone, 0.99),
      unit: '×',
      goal: atMost(2),
    },
    {
      what: 'refused with 4xx',
      measured: `${refusals.length - passed.length}`,
      against: `${refusals.length} sent`,
      figure: (refusals.length - passed.length) / refusals.length,
      unit: '×',
      goal: atLeast(1),
    },
  ];
  tell('hostile', { count, rate, seed }, lines, values.record);
  const slowest = [...refusals].sort((a, b) => b.ms - a.ms).slice(0, 8);
  console.info(`slowest: ${slowest.map(({ name, ms }) => `${name} ${ms.toFixed(0)} ms`).join('; ')}`);
  return passed.length === 0;
}

const api = await serveApi();
try {
  const services = await openServices({
    databaseUrl: api.appUrl,
    dataFolder: api.dataFolder,
    tokenKey: TOKEN_KEY,
  });
  await seedExampleData(services);
  await services.close();
  if (!(await run(api))) process.exitCode = 1;
} finally {
  await api.stop();
}
