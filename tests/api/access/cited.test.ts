import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Principal } from '../../../api/src/access/viewer.ts';
import { CITING } from '../../../api/src/lineage/citing.store.ts';
import { type SharedWorld, sharedWorld } from './shared-world.ts';

const WIDE = { visibility: 'PUBLIC' };
const citation = (source: string) => ({ source, certainty: 'PRIMARY' });

describe('a citation that is asked for by its id', () => {
  let world: SharedWorld;
  beforeAll(async () => {
    world = await sharedWorld();
  });
  afterAll(() => world.api.close());

  const read = async (viewer: Principal, id: string) => {
    const { data, errors } = await world.api.as(viewer)(
      'query ($id: ID!) { node(id: $id) { ... on Citation { source } } }',
      { id },
    );
    expect(errors).toEqual([]);
    return data.node?.source ?? null;
  };
  const share = (target: string, visibility: string) =>
    world.build('shareWith', { target, visibility }, 'shared { id }');

  it('is hidden with an edge that is, of which the upstream end was narrowed, and seen again with it', async () => {
    const { build, stranger, colleague } = world;
    const { source } = await build('registerSource', { name: 'crawl', ...WIDE });
    await build('registerDatasetVersion', { dataset: 'mix', version: '1', ...WIDE });
    const ends = { downstream: 'dataset:lab/mix@1', upstream: source.ref };
    const { edge } = await build(
      'assertEdge',
      { kind: 'DERIVED_FROM', ...ends, citation: citation('a card') },
      'edge { id citation { id } }',
    );
    const { dispute } = await build(
      'dispute',
      { target: edge.id, statement: 'It is not.', citation: citation('a letter') },
      'dispute { id citation { id } }',
    );
    const cited = [edge.citation.id, dispute.citation.id];
    const readAll = (viewer: Principal) => Promise.all(cited.map((id) => read(viewer, id)));
    const both = ['a card', 'a letter'];
    expect(await readAll(stranger)).toEqual(both);
    await share(source.id, 'TEAM');
    expect(await readAll(stranger)).toEqual([null, null]);
    expect(await readAll(colleague)).toEqual(both);
    await share(source.id, 'PUBLIC');
    expect(await readAll(stranger)).toEqual(both);
  });

  it('is seen with whatever else cites it', async () => {
    const { source } = await world.build('registerSource', { name: 'books', ...WIDE });
    const { datasetVersion } = await world.build(
      'registerDatasetVersion',
      {
        ...{ dataset: 'cited-twice', version: '1', ...WIDE },
        derivedFrom: { unit: 'FRACTION', inputs: [{ of: source.ref, amount: 1 }] },
        citation: citation('its own card'),
      },
      'datasetVersion { id citation { id } }',
    );
    const { id } = datasetVersion.citation;
    expect(await read(world.stranger, id)).toBe('its own card');
    await share(source.id, 'TEAM');
    expect(await read(world.stranger, id)).toBe('its own card');
    await share(datasetVersion.id, 'TEAM');
    expect(await read(world.stranger, id)).toBeNull();
    expect(await read(world.colleague, id)).toBe('its own card');
  });

  it('may be cited by every table that has one, each with an index by it', async () => {
    const { records } = world.api;
    const columns = await records.$queryRaw<{ table: string }[]>`
      select table_name as table from information_schema.columns
      where table_schema = current_schema() and column_name = 'citation_id'`;
    const tables = columns.map(({ table }) => table).sort();
    expect(tables).toEqual(Object.keys(CITING).sort());
    const indexes = await records.$queryRaw<{ table: string }[]>`
      select tablename as table from pg_indexes
      where schemaname = current_schema() and indexdef like '%(citation_id) WHERE (citation_id IS NOT NULL)'`;
    expect(indexes.map(({ table }) => table).sort()).toEqual(tables);
  });
});
