import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Principal } from '../../../api/src/access/viewer.ts';
import { type TestApi, testApi } from '../../testkit/api.ts';
import { building, type Mutate, mutating } from '../../testkit/mutate.ts';
import { type BulkWorld, bulkWorld, jsonLines } from './bulk-world.ts';

const derived = (downstream: string, upstream: string, more = {}) => ({
  kind: 'DERIVED_FROM',
  downstream: `dataset:${downstream}@1`,
  upstream,
  ...more,
});

const ITSELF = 'This would make a thing depend on itself, by this path';

describe('a file of lineage', () => {
  let api: TestApi;
  let world: BulkWorld;
  let reporter: Principal;
  let other: Principal;
  let build: Mutate;
  beforeAll(async () => {
    api = await testApi();
    world = await bulkWorld(api);
    reporter = await api.person('REPORTER');
    other = await api.person('REPORTER');
    build = building(mutating(api, reporter));
  });
  afterAll(() => api.close());

  const edges = () =>
    api.records.$queryRaw<{ edge: string }[]>`
      select e.kind || ' ' || d.name || ' ' || u.name || ' ' || coalesce(e.amount::text, '-') || ' ' || e.visibility as edge
      from edge e join node d on d.id = e.downstream join node u on u.id = e.upstream
      where e.retracted_at is null order by 1`.then((rows) => rows.map((row) => row.edge));

  it('records nodes and edges as single writes do, and changes nothing when it comes again', async () => {
    const file = jsonLines([
      { node: 'source:books', title: 'Books', visibility: 'PUBLIC' },
      { node: 'dataset:mix@1', visibility: 'TEAM', digest: 'sha256:abc' },
      { node: 'training-run:run', stage: 'SFT', startedFrom: 'SCRATCH' },
      { node: 'transformation:clean', effect: 'SELECTS' },
      { node: 'model:m@1' },
      derived('mix', 'source:books', { amount: 7, unit: 'TOKENS' }),
      { kind: 'GENERATED_BY', downstream: 'model:m@1', upstream: 'training-run:run' },
      { kind: 'USED', downstream: 'training-run:run', upstream: 'dataset:mix@1' },
    ]);
    const { row, refused } = await world.bring(reporter, file);
    expect(refused).toEqual([]);
    expect(row).toMatchObject({ status: 'SUCCEEDED', format: 'lineage-jsonl', visibility: 'RESTRICTED' });
    expect(row.progress).toMatchObject({ lines: 8, added: 8, held: 0, refused: 0 });
    const after = await edges();
    expect(after).toEqual([
      'DERIVED_FROM mix books 7 TEAM',
      'GENERATED_BY m run - MEMBERS',
      'USED run mix - TEAM',
    ]);
    const again = await world.bring(reporter, file);
    expect(again).toMatchObject({ id: row.id, alreadyImported: true });
    // A file that is other bytes and says the same.
    const same = await world.bring(reporter, `${file}\n`);
    expect(same.row.progress).toMatchObject({ lines: 8, added: 0, held: 8, refused: 0 });
    expect(same.row.report!.warnings).toEqual([
      'Everything in this file is recorded already: nothing was changed.',
    ]);
    expect(await edges()).toEqual(after);
    const events = await api.records.event.findMany({ where: { type: 'LINES_IMPORTED' } });
    expect(events).toHaveLength(1);
    expect(events[0]!.payload).toMatchObject({
      firstLine: 1,
      lastLine: 8,
      format: 'lineage-jsonl',
    });
    const { data } = await api.as(reporter)(
      '{ lineageNode(ref: "model:m@1") { lineage { nodes { label } } } }',
    );
    expect(data.lineageNode.lineage.nodes.map((n: { label: string }) => n.label)).toEqual([
      'm@1',
      'run',
      'mix@1',
      'books',
    ]);
  });

  it('reads CSV, quoted fields and all', async () => {
    const file = [
      'node,title,kind,downstream,upstream,amount,unit,visibility',
      '"source:csv%20one","One, ""quoted""\nin two lines",,,,,,PUBLIC',
      'dataset:csv@1,,,,,,,',
      ',,DERIVED_FROM,dataset:csv@1,source:csv%20one,0.5,FRACTION,',
      ',,DERIVED_FROM,dataset:csv@1,source:nothing,,,',
      'too,few',
    ].join('\r\n');
    const { row, refused } = await world.bring(reporter, file);
    expect(row.format).toBe('lineage-csv');
    expect(row.progress).toMatchObject({ lines: 5, added: 3, refused: 2 });
    expect(refused).toEqual([
      ['line 6', 'There is no "source:nothing".'],
      ['line 7', 'The line has 2 fields, and the first line names 8.'],
    ]);
    const source = await api.records.source.findFirst({ where: { node: { name: 'csv one' } } });
    expect(source?.title).toBe('One, "quoted"\nin two lines');
  });

  it('refuses broken lines by their numbers, and takes the others', async () => {
    await build('registerSource', { name: 'good', visibility: 'PUBLIC' });
    await build('registerDatasetVersion', { dataset: 'd', version: '1', visibility: 'PUBLIC' });
    await build('assertEdge', { ...derived('d', 'source:good'), amount: 3, unit: 'ROWS' });
    const { refused, row } = await world.bring(
      reporter,
      [
        JSON.stringify(derived('d', 'source:good', { amount: 3, unit: 'ROWS' })),
        'no json',
        JSON.stringify(derived('d', 'source:good', { amount: 4, unit: 'ROWS' })),
        JSON.stringify(derived('d', 'source:good', { amount: -1, unit: 'ROWS' })),
        JSON.stringify(derived('d', 'source:good', { amount: 1 })),
        JSON.stringify({ kind: 'USED', downstream: 'source:good', upstream: 'dataset:d@1' }),
        JSON.stringify({ kind: 'NOTHING', downstream: 'source:good', upstream: 'dataset:d@1' }),
        JSON.stringify(derived('d', 'nonsense')),
        JSON.stringify(derived('d', 'dataset:d@1')),
        JSON.stringify(derived('later', 'source:good')),
        JSON.stringify({ node: 'dataset:later@1' }),
        JSON.stringify(derived('later', 'source:good')),
        JSON.stringify({ node: 'incident:MBI-2026-0001' }),
        JSON.stringify({ node: 'source:other', colour: 'red' }),
      ].join('\n'),
    );
    expect(refused.map(([line, reason]) => [line, reason.slice(0, 60)])).toEqual([
      ['line 2', 'The line is no JSON object.'],
      ['line 3', 'Your team asserts this edge already, with another amount or '],
      ['line 4', 'The amount -1 is none. Expected: a finite number, zero or mo'],
      ['line 5', 'An amount needs a unit.'],
      ['line 6', 'USED does not lead from a source to a dataset version. Expec'],
      ['line 7', 'kind is one of GENERATED_BY, USED, DERIVED_FROM, INITIALIZED'],
      ['line 8', 'A reference is kind:name[@version], such as dataset:the-pile'],
      ['line 9', 'A thing cannot depend on itself. Expected: two different thi'],
      ['line 10', '"dataset:later@1" is first recorded on line 11.'],
      ['line 13', 'Eval runs and incidents are recorded by themselves, not by a'],
      ['line 14', 'colour is no field of such a line.'],
    ]);
    expect(row).toMatchObject({ status: 'SUCCEEDED', progress: { added: 2, held: 1, refused: 11 } });
  });

  it('tries once more what was refused, when the same file comes again', async () => {
    const file = jsonLines([derived('d', 'source:to-come')]);
    const first = await world.bring(reporter, file);
    expect(first.refused).toEqual([['line 1', 'There is no "source:to-come".']]);
    await build('registerSource', { name: 'to-come' });
    const again = await world.bring(reporter, file);
    expect(again).toMatchObject({ id: first.id, alreadyImported: false, refused: [] });
    expect(again.row.progress).toMatchObject({ added: 1, refused: 0 });
  });

  it('finds nothing that its writer may not see', async () => {
    await build('registerSource', { name: 'secret', visibility: 'RESTRICTED' });
    await build('registerSource', { name: 'shown', visibility: 'PUBLIC' });
    const file = jsonLines([
      derived('d', 'source:secret'),
      derived('d', 'source:shown'),
      { node: 'source:secret' },
    ]);
    const { refused } = await world.bring(other, file);
    expect(refused).toEqual([
      ['line 1', 'There is no "source:secret".'],
      ['line 3', 'source:secret is recorded already.'],
    ]);
    expect((await edges()).filter((edge) => edge.includes('secret'))).toEqual([]);
    const own = await world.bring(reporter, jsonLines([derived('d', 'source:secret')]));
    expect(own.refused).toEqual([]);
    expect(await edges()).toContain('DERIVED_FROM d secret - RESTRICTED');
  });

  it('refuses a batch that closes cycles, with each path that the writer sees, and keeps the others', async () => {
    for (const name of ['c1', 'c2', 'c3', 'c4'])
      await build('registerDatasetVersion', { dataset: name, version: '1', visibility: 'PUBLIC' });
    await build('registerDatasetVersion', { dataset: 'hidden', version: '1', visibility: 'RESTRICTED' });
    await build('assertEdge', derived('c3', 'dataset:hidden@1'));
    await build('assertEdge', derived('hidden', 'dataset:c4@1'));
    const small = await bulkWorld(api, 2);
    const { row, refused } = await small.bring(
      other,
      jsonLines([
        derived('c1', 'source:shown'),
        derived('c2', 'source:shown'),
        { node: 'dataset:made@1' },
        derived('c1', 'dataset:c2@1'),
        derived('c2', 'dataset:c1@1'),
        derived('c4', 'dataset:c3@1'),
        derived('c2', 'source:books'),
      ]),
    );
    expect(row.status).toBe('SUCCEEDED');
    expect(refused).toEqual([
      ['lines 5–6', 'Some of these lines would make a thing depend on itself, so none of them was taken.'],
      ['line 5', `${ITSELF}: dataset:c2@1 → dataset:c1@1 → dataset:c2@1.`],
      ['line 6', 'This would make a thing depend on itself, by a path that cannot be told.'],
    ]);
    expect(row.progress).toMatchObject({ lines: 7, added: 5, refused: 2 });
    expect(await edges()).toContain('DERIVED_FROM c2 books - PUBLIC');
    expect((await edges()).some((edge) => edge.startsWith('DERIVED_FROM c2 c1'))).toBe(false);
  });

  it('gives up a file with too many broken lines, and keeps what it took', async () => {
    const small = await bulkWorld(api, 500);
    const lines = [JSON.stringify(derived('d', 'source:books')), ...Array.from({ length: 3_000 }, () => '{')];
    const { row } = await small.bring(reporter, lines.join('\n'));
    expect(row.status).toBe('FAILED');
    expect(row.error).toBe(
      'More than 1,000 lines were refused by line 1500: the rest was not read. What was taken stays.',
    );
    expect(row.report!.leftOut).toHaveLength(1_000);
    expect(await edges()).toContain('DERIVED_FROM d books - PUBLIC');
  });
});
