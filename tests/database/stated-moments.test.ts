// A writer of many edges states their time itself, so that it is not asked of each row: the statement is checked.
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { REFUSED } from '../../api/src/platform/database-error.ts';
import { type Connection, code, node, useDatabase } from './record.ts';

const NOT_NULL = '23502';
const database = useDatabase();
let app: Connection;
let [source, version] = [0, 0];
beforeAll(async () => {
  app = await database.app();
  source = await node(app, 'SOURCE');
  version = await node(app, 'DATASET_VERSION');
});
beforeEach(() => app.query('begin'));
afterEach(() => app.query('rollback'));

const stated = () => app.query("select set_config('headwater.moment_stated', 'yes', true)");

/** Edges of the version from the source, with these times and whatever else; an SQL list of values. */
const edges = (values: string, columns = 'recorded_at') =>
  app.query(
    `insert into edge (kind, downstream, upstream, team_id, actor_id, ${columns})
     select 'DERIVED_FROM', ${version}, ${source}, t.id, a.id, v.* from team t, actor a, (values ${values}) v
     where t.namespace = '' and a.kind = 'SYSTEM'
     returning recorded_at = recording_moment() as now, retracted_at`,
  );

describe('a writer who states when edges are recorded', () => {
  it('is believed where it is the moment of the transaction', async () => {
    await stated();
    const { rows } = await edges('(recording_moment())');
    expect(rows).toEqual([{ now: true, retracted_at: null }]);
  });

  it.each([
    "'2001-01-01'::timestamptz",
    "recording_moment() + interval '1 millisecond'",
    'null::timestamptz',
  ])('is refused where it is %s', async (time) => {
    await stated();
    const expected = time.startsWith('null') ? NOT_NULL : REFUSED.CHANGED;
    expect(await code(edges(`(${time})`))).toBe(expected);
  });

  it('is refused with all rows where one of them states another time', async () => {
    await stated();
    const other = await node(app, 'SOURCE');
    const insert = (time: string) =>
      app.query(
        `insert into edge (kind, downstream, upstream, team_id, actor_id, recorded_at)
         select 'DERIVED_FROM', ${version}, v.upstream, t.id, a.id, v.at from team t, actor a,
           (values (${source}, recording_moment()), (${other}, ${time})) v(upstream, at)
         where t.namespace = '' and a.kind = 'SYSTEM'`,
      );
    await app.query('savepoint before_both');
    expect(await code(insert("timestamptz '2001-01-01'"))).toBe(REFUSED.CHANGED);
    await app.query('rollback to before_both');
    expect(await code(insert('recording_moment()'))).toBe('accepted');
  });

  it('is overruled where a row shows something to check, and refused where that is wrong', async () => {
    await stated();
    const { rows } = await edges(
      `('2001-01-01'::timestamptz, '2001-01-01'::timestamptz)`,
      'recorded_at, retracted_at',
    );
    expect(rows).toEqual([{ now: true, retracted_at: null }]);
    const wrong = edges(
      `(recording_moment(), 'FRACTION'::amount_unit, 2::float8)`,
      'recorded_at, amount_unit, amount',
    );
    expect(await code(wrong)).toBe(REFUSED.SHARES);
  });

  it('is overruled where it did not say that it would', async () => {
    const { rows } = await edges("('2001-01-01'::timestamptz)");
    expect(rows).toEqual([{ now: true, retracted_at: null }]);
  });

  it('says so for one transaction alone', async () => {
    await stated();
    await app.query('rollback; begin');
    const { rows } = await edges("('2001-01-01'::timestamptz)");
    expect(rows).toEqual([{ now: true, retracted_at: null }]);
  });
});
