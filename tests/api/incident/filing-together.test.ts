import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inChange } from '../../../api/src/access/change.ts';
import { inSharedChange } from '../../../api/src/access/shared-change.ts';
import type { Viewer } from '../../../api/src/access/viewer.ts';
import { recordEvents } from '../../../api/src/audit-log/record-event.ts';
import { type FileIncidentInput, fileIncident } from '../../../api/src/incident/file-incident.ts';
import { fileTogether, filing } from '../../../api/src/incident/file-together.ts';
import { requestContext } from '../../../api/src/request-context.ts';
import { type FiledWorld, filedWorld } from './filed-world.ts';
import { incident, mutate, rows } from './world.ts';

const TABLES = ['node', 'incident', 'incident_behavior', 'edge', 'event'];
const LINKED = {
  behaviors: ['blackmail'],
  modelVersions: ['model:opus@4'],
  evalRuns: ['eval-run:opus%20run'],
};
const FIELDS = 'incident { id key title filedBy { name } behaviors { name } timeline { totalCount } }';

describe('incidents that many file at once', () => {
  let world: FiledWorld;
  beforeAll(async () => {
    world = await filedWorld();
    await world.api.records.$executeRawUnsafe(
      `create function fail() returns trigger language plpgsql as $$
      begin
        if new.title like 'Fails%' then raise exception 'It fails.'; end if;
        return new;
      end $$`,
    );
    await world.api.records.$executeRawUnsafe(
      'create trigger fail before insert on incident for each row execute function fail()',
    );
  });
  afterAll(() => world.api.close());

  const counts = () => Promise.all(TABLES.map((table) => rows(world.api, table)));
  const fileAll = (inputs: readonly object[], as: (i: number) => Viewer = () => world.reporter) =>
    Promise.all(inputs.map((input, i) => mutate(world.api, as(i), 'fileIncident', input, FIELDS)));
  const input = (title: string, more: Partial<FileIncidentInput> = {}): FileIncidentInput => ({
    ...{ title, summary: 'It did.', setting: 'RED_TEAM', severity: 'LOW', draft: false },
    ...more,
  });
  const context = (as: Viewer = world.reporter) => requestContext(world.api.services, as);

  it('share transactions, and each is read by its writer at once, with its own key and event', async () => {
    const titles = Array.from({ length: 24 }, (_, i) => `Together ${i}`);
    const answers = await fileAll(titles.map((title) => incident(title)));
    const made = answers.map(({ data, errors }) => {
      expect(errors).toEqual([]);
      return data.result.incident;
    });
    expect(made.map(({ title }) => title)).toEqual(titles);
    expect(new Set(made.map(({ key }) => key)).size).toBe(24);
    for (const one of made) expect(one).toMatchObject({ timeline: { totalCount: 1 } });
    const [{ transactions }] = await world.api.records.$queryRaw<[{ transactions: number }]>`
      select count(distinct n.xmin::text)::int as transactions
      from incident i join node n on n.id = i.node_id where i.title like 'Together %'`;
    expect(transactions).toBeLessThan(4);
  });

  it('succeed beside those that are refused and those that fail, of which nothing stays', async () => {
    const before = await counts();
    const good = Array.from({ length: 8 }, (_, i) => incident(`Beside ${i}`, LINKED));
    const bad = [
      incident(' '),
      incident('Of no model', { modelVersions: ['model:nobody@1'] }),
      incident('Of no behaviour', { behaviors: ['nothing'] }),
      incident('Twice', { modelVersions: ['model:opus@4', 'model:opus@4'] }),
      incident('Fails in the database'),
    ];
    const answers = await fileAll([...good.slice(0, 4), ...bad, ...good.slice(4)]);
    const told = answers.map(({ data, errors }) => data?.result?.__typename ?? errors[0]?.code);
    expect(told).toEqual([
      ...Array.from({ length: 4 }, () => 'FileIncidentSuccess'),
      ...['InputError', 'NotFoundError', 'NotFoundError', 'InputError', 'INTERNAL'],
      ...Array.from({ length: 4 }, () => 'FileIncidentSuccess'),
    ]);
    const after = await counts();
    expect(after.map((count, i) => count - before[i]!)).toEqual([8, 8, 8, 16, 8]);
  });

  it('are refused in the same words as one alone', async () => {
    const wrong = [
      input(' '),
      input('x'.repeat(301)),
      input('No summary', { summary: ' ' }),
      input('Of no model', { modelVersions: ['model:nobody@1'] }),
      input('Of another kind', { evalRuns: ['model:opus@4'] }),
      input('Of no behaviour', { behaviors: ['blackmai'] }),
      input('Twice', { evalRuns: ['eval-run:opus%20run', 'eval-run:opus%20run'] }),
      input('Cites nothing', { citation: { source: ' ', certainty: 'PRIMARY' } }),
      input('Not shared', { sharedWith: ['nobody'] }),
    ];
    const refusals = async (file: (one: FileIncidentInput) => Promise<unknown>) =>
      (await Promise.allSettled(wrong.map(file))).map((one) => {
        const { name, message, path } = (one as PromiseRejectedResult).reason;
        return { name, message, path };
      });
    const alone = await refusals((one) =>
      inChange(context(), 'write:incidents', (change) => fileIncident(change, one)),
    );
    expect(alone.every(({ message }) => message.length > 0)).toBe(true);
    expect(await refusals((one) => fileTogether(context(), one))).toEqual(alone);
  });

  it('leave the same rows as one alone, for whomever they are', async () => {
    const all = (['PUBLIC', 'MEMBERS', 'TEAM', 'RESTRICTED'] as const).map((visibility) =>
      input(`Rows ${visibility}`, {
        ...LINKED,
        visibility,
        occurredAt: new Date('2024-02-29T12:00:00.123Z'),
      }),
    );
    const together = await Promise.all(all.map((one) => fileTogether(context(), one)));
    const alone = [];
    for (const one of all)
      alone.push(await inChange(context(), 'write:incidents', (change) => fileIncident(change, one)));
    const left = async (filed: readonly { incidentId: bigint }[]) =>
      Promise.all(filed.map(({ incidentId }) => rowsOf(incidentId)));
    expect(await left(together)).toEqual(await left(alone));
  });

  /** All that stands of an incident, but for what is each row's own: ids, key and times of recording. */
  async function rowsOf(id: bigint): Promise<unknown> {
    const own = [
      'id',
      'node_id',
      'key',
      'name',
      'downstream',
      'incident_id',
      'recorded_at',
      'updated_at',
      'submitted_at',
    ];
    const told: Record<string, unknown> = {};
    for (const [table, by] of [
      ['node', 'id'],
      ['incident', 'node_id'],
      ['incident_behavior', 'incident_id'],
      ['edge', 'downstream'],
      ['event', 'node_id'],
    ] as const) {
      const found = await world.api.records.$queryRawUnsafe<{ row: unknown }[]>(
        `select to_jsonb(x) - $2::text[] as row from ${table} x where x.${by} = $1 order by to_jsonb(x) - $2::text[]`,
        id,
        own,
      );
      told[table] = found.map(({ row }) => row);
    }
    expect(Object.values(told).every((found) => (found as unknown[]).length > 0)).toBe(true);
    return told;
  }

  it('of two people are seen by each as they may, though one transaction holds both', async () => {
    const as = [world.reporter, world.other];
    const answers = await fileAll(
      [0, 1].map((i) => incident(`Kept close ${i}`, { visibility: 'RESTRICTED' })),
      (i) => as[i]!,
    );
    const ids = answers.map(({ data }) => data.result.incident.id);
    for (const [i, viewer] of as.entries()) {
      const seen = await world.ask(viewer, 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids });
      expect(seen.nodes.map((node: { id: string } | null) => node?.id ?? null)).toEqual(
        ids.map((id, j) => (i === j ? id : null)),
      );
    }
  });

  it('are told where what they name was retracted after it was looked up', async () => {
    await world.run(
      world.reporter,
      'registerModelVersion',
      { model: 'fleeting', version: '1' },
      'modelVersion { id }',
    );
    const before = await counts();
    const usual = filing(recordEvents);
    const late: typeof usual = {
      ...usual,
      async prepare(of, one) {
        const prepared = await usual.prepare(of, one);
        await world.api.records.$executeRaw`
          update node set retracted_at = now(), retracted_by = actor_id, retraction_reason = 'A mistake.'
          where kind = 'MODEL_VERSION' and name = 'fleeting' and retracted_at is null`;
        return prepared;
      },
    };
    const filed = inSharedChange(
      context(),
      late,
      input('Of a fleeting model', { modelVersions: ['model:fleeting@1'] }),
    );
    await expect(filed).rejects.toThrow('model:fleeting@1');
    expect(await counts()).toEqual(before);
  });

  it('give the same answer under an idempotency key, once', async () => {
    const twice = incident('Under a key', { idempotencyKey: 'together' });
    const answers = await fileAll([twice, twice]);
    const [one, other] = answers.map(({ data }) => data.result.incident.key);
    expect(one).toBe(other);
  });
});
