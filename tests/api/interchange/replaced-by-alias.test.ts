// What the team's people say of eval runs that were tested on a dataset whose name is given up for another.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inChange } from '../../../api/src/access/change.ts';
import type { Principal } from '../../../api/src/access/viewer.ts';
import { registerDatasetVersion } from '../../../api/src/dataset/register-dataset-version.ts';
import { addAlias } from '../../../api/src/lineage/add-alias.ts';
import { assertEdge } from '../../../api/src/lineage/assert-edge.ts';
import { ConflictRefusal } from '../../../api/src/platform/refusal.ts';
import { requestContext } from '../../../api/src/request-context.ts';
import { inTeams } from '../../testkit/in-teams.ts';
import { untilWaiting } from '../../testkit/until-waiting.ts';
import { asJson, type ImportWorld, importWorld, logOf } from './inspect-fixture.ts';

let world: ImportWorld;
let person: Principal;
let colleague: Principal;
let administrator: Principal;
let runs = 0;

beforeAll(async () => {
  world = await importWorld();
  person = await world.person('REPORTER');
  colleague = await inTeams(world.records, await world.person('REPORTER'), person.teamIds);
  administrator = await inTeams(world.records, await world.person('ADMINISTRATOR'), person.teamIds);
});
afterAll(() => world.close());

/** A run that was tested on a dataset of that bare name, as a file of the person's says. */
async function runOn(name: string): Promise<bigint> {
  runs += 1;
  const evalId = `replaced${String(runs).padStart(6, '0')}`.split('').reverse().join('');
  const { row } = await world.bringIn(
    person,
    asJson(logOf({ evalId, dataset: { name, location: name } })),
    'log.json',
    'MEMBERS',
  );
  expect(row.error).toBeNull();
  const { nodeId } = await world.records.evalRun.findFirstOrThrow({ where: { importId: row.id } });
  return nodeId;
}

const changing = <T>(who: Principal, work: Parameters<typeof inChange<T>>[2]) =>
  inChange(requestContext(world.services, who), 'write:lineage', work);
const version = (name: string) =>
  changing(person, (change) =>
    registerDatasetVersion(change, { dataset: name, version: 'v1', visibility: 'MEMBERS' }),
  );
const refOf = (run: bigint) => world.services.ids.encode('EvalRun', run);
const nameOf = async (run: bigint) =>
  (await world.records.node.findUniqueOrThrow({ where: { id: run } })).name;
const bare = (name: string) => `dataset:${name}@unspecified`;
const replace = (who: Principal, name: string, by: string) =>
  changing(who, (change) =>
    addAlias(change, { alias: bare(name), node: `dataset:${by}@v1`, replacing: true }),
  );
const shownAs = (visibility: string, run: bigint) =>
  world.records.$executeRaw`
    update edge set visibility = ${visibility}::visibility where downstream = ${run} and kind = 'TESTED_ON'`;

/** What holds now of what the runs were tested on. */
const testedOn = (...ids: bigint[]) =>
  world.records.$queryRaw<Record<string, unknown>[]>`
    select e.downstream as run, n.name as dataset, e.visibility::text as visibility, e.actor_id as "by"
    from edge e join node n on n.id = e.upstream
    where e.downstream = any(${ids}::bigint[]) and e.kind = 'TESTED_ON' and e.retracted_at is null
    order by e.downstream, e.id`;

describe('a dataset that gives its name up for another', () => {
  it('keeps it where a colleague says for few to see that a run was tested on it', async () => {
    const run = await runOn('hub/few');
    await version('org/few');
    await shownAs('RESTRICTED', run);
    const refused = await replace(administrator, 'hub/few', 'org/few').catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ConflictRefusal);
    expect(refused).toMatchObject({ path: ['replacing'], message: expect.stringContaining('retract that') });
    expect(await testedOn(run)).toMatchObject([{ dataset: 'hub/few', by: person.actorId }]);
    // Whoever said it says it anew themselves.
    await replace(person, 'hub/few', 'org/few');
    expect(await testedOn(run)).toEqual([
      { run, dataset: 'org/few', visibility: 'RESTRICTED', by: person.actorId },
    ]);
  });

  it('is said once to be what a run was tested on, for all who could see it, where colleagues each said so', async () => {
    const run = await runOn('hub/both');
    await version('org/both');
    await shownAs('RESTRICTED', run);
    await changing(colleague, (change) =>
      assertEdge(change, { kind: 'TESTED_ON', downstream: refOf(run), upstream: bare('hub/both') }),
    );
    expect(await testedOn(run)).toMatchObject([{ visibility: 'RESTRICTED' }, { visibility: 'MEMBERS' }]);
    await replace(person, 'hub/both', 'org/both');
    expect(await testedOn(run)).toEqual([
      { run, dataset: 'org/both', visibility: 'MEMBERS', by: person.actorId },
    ]);
  });

  it('is said with the citation and the day of what was said before', async () => {
    await runOn('hub/when');
    const run = await runOn('hub/other');
    await version('org/when');
    const occurredAt = new Date('2025-07-02T10:00:00.000Z');
    await changing(person, (change) =>
      assertEdge(change, {
        kind: 'TESTED_ON',
        downstream: refOf(run),
        upstream: bare('hub/when'),
        occurredAt,
        citation: { source: 'the lab notebook', certainty: 'PRIMARY' },
      }),
    );
    await replace(person, 'hub/when', 'org/when');
    const said = await world.records.$queryRaw`
      select e.occurred_at as "occurredAt", c.source from edge e
      join node n on n.id = e.upstream left join citation c on c.id = e.citation_id
      where e.downstream = ${run} and n.name = 'org/when' and e.retracted_at is null`;
    expect(said).toEqual([{ occurredAt, source: 'the lab notebook' }]);
  });

  it('keeps it for no statement that the caller does not see, and for one that they do', async () => {
    const run = await runOn('hub/stated');
    await version('org/stated');
    const inputs = [{ of: bare('hub/stated'), amount: 1 }];
    const { datasetVersionId } = await changing(colleague, (change) =>
      registerDatasetVersion(change, {
        dataset: 'org/made',
        version: 'v1',
        visibility: 'MEMBERS',
        derivedFrom: { unit: 'FRACTION', basis: 'CONTRIBUTED', complete: true, inputs },
      }),
    );
    const seen = await replace(person, 'hub/stated', 'org/stated').catch((error: unknown) => error);
    expect(seen).toMatchObject({ message: expect.stringContaining('org/made@v1 rests on') });
    // Its edge is as wide as before, and is seen with the statement that it is part of alone.
    await world.records.$executeRaw`
      update composition set visibility = 'RESTRICTED' where node_id = ${datasetVersionId}`;
    await replace(person, 'hub/stated', 'org/stated');
    expect(await testedOn(run)).toMatchObject([{ dataset: 'org/stated' }]);
  });

  it('takes along what others were saying at that moment, and lets nothing more be said of it', async () => {
    await runOn('hub/race');
    const [before, after] = [await runOn('hub/other'), await runOn('hub/other')];
    await version('org/race');
    const say = (run: bigint, whenSaid?: () => Promise<void>) =>
      changing(person, async (change) => {
        await assertEdge(change, { kind: 'TESTED_ON', downstream: refOf(run), upstream: bare('hub/race') });
        await whenSaid?.();
      });
    let late: Promise<unknown> = Promise.resolve();
    const replacement = { alias: bare('hub/race'), node: 'dataset:org/race@v1', replacing: true };
    let replacing: Promise<unknown> = Promise.resolve();
    await say(before, async () => {
      replacing = changing(person, async (change) => {
        await addAlias(change, replacement);
        late = say(after).catch((error: unknown) => error);
        await untilWaiting(world.records, late);
      });
      await untilWaiting(world.records, replacing);
    });
    await replacing;
    expect(await late).toBeInstanceOf(ConflictRefusal);
    expect((await testedOn(before)).map(({ dataset }) => dataset)).toEqual(['hub/other', 'org/race']);
    expect((await testedOn(after)).map(({ dataset }) => dataset)).toEqual(['hub/other']);
  });

  it('is told of with each run that it is said of anew, or no more, to those who see that', async () => {
    const [anew, narrow, already] = [
      await runOn('hub/told'),
      await runOn('hub/told'),
      await runOn('hub/told'),
    ];
    await version('org/told');
    await shownAs('TEAM', narrow);
    await changing(person, (change) =>
      assertEdge(change, { kind: 'TESTED_ON', downstream: refOf(already), upstream: 'dataset:org/told@v1' }),
    );
    await replace(person, 'hub/told', 'org/told');
    const events = await world.records.$queryRaw`
      select node_id as run, type, visibility::text as visibility, payload->>'downstream' as downstream,
        payload->>'upstream' as upstream from event
      where node_id in (${anew}, ${narrow}, ${already}) and payload->>'reason' is not null order by id`;
    const [label, narrowLabel] = [await nameOf(anew), await nameOf(narrow)];
    const said = { type: 'EDGE_ASSERTED', upstream: 'org/told@v1' };
    expect(events).toEqual([
      { run: anew, visibility: 'MEMBERS', downstream: label, ...said },
      { run: narrow, visibility: 'TEAM', downstream: narrowLabel, ...said },
      { run: already, visibility: 'MEMBERS', type: 'RETRACTED', downstream: null, upstream: null },
    ]);
  });

  it('keeps it where the other is said for fewer to be what a run was tested on', async () => {
    const run = await runOn('hub/wide');
    await version('org/wide');
    const { edgeId } = await changing(person, (change) =>
      assertEdge(change, { kind: 'TESTED_ON', downstream: refOf(run), upstream: 'dataset:org/wide@v1' }),
    );
    const shown = (visibility: string) =>
      world.records.$executeRaw`update edge set visibility = ${visibility}::visibility where id = ${edgeId}`;
    await shown('TEAM');
    const refused = await replace(person, 'hub/wide', 'org/wide').catch((error: unknown) => error);
    expect(refused).toMatchObject({ path: ['replacing'], message: expect.stringContaining('for fewer') });
    expect(await testedOn(run)).toMatchObject([{ dataset: 'hub/wide' }, { dataset: 'org/wide' }]);
    await shown('MEMBERS');
    await replace(person, 'hub/wide', 'org/wide');
    expect(await testedOn(run)).toMatchObject([{ dataset: 'org/wide', visibility: 'MEMBERS' }]);
  });
});
