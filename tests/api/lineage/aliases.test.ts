import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inAnotherTeam } from '../../testkit/in-teams.ts';
import { mutating } from '../../testkit/mutate.ts';
import { type LineageWorld, lineageWorld } from './lineage-world.ts';

describe('an alias', () => {
  let api: LineageWorld['api'];
  let reporter: LineageWorld['reporter'];
  let mutate: LineageWorld['mutate'];
  let build: LineageWorld['build'];

  beforeAll(async () => {
    ({ api, reporter, mutate, build } = await lineageWorld());
  });
  afterAll(() => api.close());

  it('follows an alias to the one node that it names', async () => {
    await build('addAlias', { alias: 'source:common-crawl', node: 'source:crawl' });
    const { data } = await api.anonymous('{ lineageNode(ref: "source:common-crawl") { ref } }');
    expect(data.lineageNode.ref).toBe('source:crawl');
    expect(await mutate('addAlias', { alias: 'source:books', node: 'source:crawl' })).toMatchObject({
      __typename: 'ConflictError',
      path: ['alias'],
    });
  });

  it('is refused as taken where an alias that is not seen has the name, without what that names', async () => {
    const { alias } = await build(
      'addAlias',
      { alias: 'source:hushed', node: 'source:crawl' },
      'alias { id }',
    );
    const colleague = mutating(api, await api.person('REPORTER'));
    const existing = async () =>
      (await colleague('addAlias', { alias: 'source:hushed', node: 'source:books' })).existing;
    expect(await existing()).toEqual({ id: expect.any(String) });
    const id = api.services.ids.decode(alias.id)!.id;
    await api.records.$executeRaw`update alias set visibility = 'RESTRICTED' where id = ${id}`;
    expect(await existing()).toBeNull();
  });

  it('lists the other names of a node, by whom, as known on the date asked for', async () => {
    const ALIASES = `query ($ref: NodeRef!, $on: DateTime) { lineageNode(ref: $ref) {
      aliases(knownOn: $on) { id ref node { ref } assertedBy { name } citation { source } retractedAt } } }`;
    const citation = { source: 'A paper', certainty: 'PRIMARY' };
    const input = { alias: 'source:novels', node: 'source:books', citation };
    const { alias } = await build('addAlias', input, 'alias { id recordedAt } node { ref }');
    const listed = await api.anonymous(ALIASES, { ref: 'source:novels' });
    const row = { id: alias.id, ref: 'source:novels', node: { ref: 'source:books' } };
    expect(listed.data.lineageNode.aliases).toEqual([
      { ...row, assertedBy: { name: reporter.name }, citation: { source: 'A paper' }, retractedAt: null },
    ]);
    const { data } = await api.anonymous('query ($id: ID!) { node(id: $id) { __typename id } }', alias);
    expect(data.node).toEqual({ __typename: 'Alias', id: alias.id });
  });

  it('takes an alias back: the name is free again, and the past keeps it', async () => {
    const AT = `query ($ref: NodeRef!, $on: DateTime) { lineageNode(ref: $ref) {
      aliases(knownOn: $on) { ref retractedAt } } }`;
    const input = { alias: 'source:tomes', node: 'source:books' };
    const { alias } = await build('addAlias', input, 'alias { id recordedAt }');
    const retraction = { target: alias.id, reason: 'a wrong name' };
    const other = await inAnotherTeam(api.records, await api.person('REPORTER'));
    await expect(mutating(api, other)('retract', retraction)).rejects.toThrow('FORBIDDEN');
    await build('retract', retraction, 'retracted { id }');
    expect(await mutate('retract', retraction)).toMatchObject({
      __typename: 'ConflictError',
      path: ['target'],
    });
    const gone = await api.anonymous(AT, { ref: 'source:tomes' });
    expect(gone.data.lineageNode).toBeNull();
    const names = async (on: string | null) =>
      (await api.anonymous(AT, { ref: 'source:books', on })).data.lineageNode.aliases;
    expect(await names(null)).not.toContainEqual(expect.objectContaining({ ref: 'source:tomes' }));
    expect(await names(alias.recordedAt)).toContainEqual({ ref: 'source:tomes', retractedAt: null });
    await build('addAlias', { ...input, node: 'source:crawl' });
    const again = await api.anonymous(AT, { ref: 'source:tomes' });
    expect(again.data.lineageNode.aliases).toContainEqual({ ref: 'source:tomes', retractedAt: null });
  });

  it('shows an alias of a hidden node, and lets it be taken back, to nobody who may not see it', async () => {
    const { alias } = await build(
      'addAlias',
      { alias: 'source:whisper', node: 'source:secret' },
      'alias { id }',
    );
    const other = await api.person('REPORTER');
    const { data } = await api.as(other)('query ($id: ID!) { node(id: $id) { id } }', alias);
    expect(data.node).toBeNull();
    const refused = await mutating(api, other)('retract', { target: alias.id, reason: 'no' });
    expect(refused).toMatchObject({ __typename: 'NotFoundError', path: ['target'] });
  });
});
