// Two paths, one answer: what is answered past the ordinary path is byte for byte what that would have answered.
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { newApiToken } from '../../api/src/access/secrets.ts';
import { type RunningApi, startApi } from '../../api/src/server.ts';
import { incidentsOperation, lineageOperation, type Operation } from './compiled/documents.ts';
import { type WorldDatabase, worldDatabase } from './world/database.ts';
import { Dice } from './world/dice.ts';
import { generateWorld } from './world/generate.ts';
import { refOf } from './world/nodes.ts';
import { PRINCIPAL_NAMES, PRINCIPALS, type PrincipalName } from './world/principals.ts';

const WORLDS = Number(process.env.HEADWATER_COMPILED_WORLDS ?? 2);
const OPERATIONS = Number(process.env.HEADWATER_COMPILED_OPERATIONS ?? 60);
/** Principals who ask each operation. */
const ASKERS = 3;
const PLENTY = 1_000_000_000;

let world: WorldDatabase;
let ordinary: RunningApi;
let compiled: RunningApi;
const answered = new Map<string, number>();
const tokens = new Map<PrincipalName, string>();

beforeAll(async () => {
  world = await worldDatabase(inject('postgres'));
  const shared = {
    services: world.services,
    host: '127.0.0.1',
    port: 0,
    door: { budget: PLENTY, anonymousBudget: PLENTY },
  };
  const heard = (field: string) => answered.set(field, (answered.get(field) ?? 0) + 1);
  [ordinary, compiled] = [
    await startApi({ ...shared, compiled: false }),
    await startApi({ ...shared, compiled: heard }),
  ];
});
afterAll(async () => {
  await ordinary?.close();
  await compiled?.close();
  await world?.close();
});

/** A token for everybody but the anonymous: worlds have none. */
async function giveTokens(): Promise<void> {
  for (const name of PRINCIPAL_NAMES) {
    const viewer = PRINCIPALS[name];
    if (viewer.kind === 'anonymous') continue;
    const token = newApiToken();
    tokens.set(name, token);
    await world.read(
      `insert into api_token (actor_id, name, digest, prefix, scopes, last_used_at)
       values ($1, $2, $3, 'hw_', $4, now())`,
      [String(viewer.actorId), name, Buffer.from(world.services.digest(token)), [...viewer.scopes]],
    );
  }
}

/** All of an answer that is told, but for when it was given. */
async function told(api: RunningApi, who: PrincipalName, operation: Operation) {
  const token = tokens.get(who);
  const sent = new Headers({ 'content-type': 'application/json' });
  if (token !== undefined) sent.set('authorization', `Bearer ${token}`);
  const body = JSON.stringify(operation);
  const response = await fetch(`${api.url}/graphql`, { method: 'POST', headers: sent, body });
  const headers = Object.fromEntries(response.headers);
  for (const passing of ['date', 'ratelimit', 'connection', 'keep-alive']) delete headers[passing];
  return { status: response.status, headers, body: await response.text() };
}

async function holdsEqual(dice: Dice, operation: Operation): Promise<void> {
  for (const who of dice.some(PRINCIPAL_NAMES, ASKERS)) {
    const expected = await told(ordinary, who, operation);
    // Looked at when it is asked for the second time.
    await told(compiled, who, operation);
    expect(await told(compiled, who, operation), `${who}: ${JSON.stringify(operation)}`).toEqual(expected);
  }
}

describe('what is compiled answers as the ordinary path does', () => {
  const seeds = Array.from({ length: WORLDS }, (_, i) => i + 11);
  it.each(seeds)('in world %i, to several principals', { timeout: 600_000 }, async (seed) => {
    const rows = generateWorld(seed);
    await world.load(rows);
    await giveTokens();
    const nodes = rows.filter((row) => row.table === 'node');
    // Of what everybody sees more often: of the rest most is answered with nothing.
    const refs = nodes.flatMap((row) => [
      ...Array<string>(row.values.visibility === 'PUBLIC' ? 4 : 1).fill(refOf(row)),
      world.services.ids.encode('Source', BigInt(row.id as never)),
    ]);
    refs.push('source:nothing', 'no reference', 'dataset:without-version');
    const dice = new Dice(seed);
    answered.clear();
    for (let i = 0; i < OPERATIONS; i += 1) {
      // Every third may hold what no shape knows.
      const strange = i % 3 === 0 ? 0.25 : 0;
      await holdsEqual(
        dice,
        i % 2 === 0 ? lineageOperation(dice, refs, strange) : incidentsOperation(dice, strange),
      );
    }
    // Of three times two hundred answers, enough came past the ordinary path for this to say something.
    expect(answered.get('lineageNode') ?? 0).toBeGreaterThan(OPERATIONS / 6);
    expect(answered.get('incidents') ?? 0).toBeGreaterThan(OPERATIONS / 4);
  });
});
