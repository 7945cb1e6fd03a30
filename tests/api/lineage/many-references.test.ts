import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Principal } from '../../../api/src/access/viewer.ts';
import { ManyReferences } from '../../../api/src/lineage/bulk/resolve-many.ts';
import { resolveRefs } from '../../../api/src/lineage/resolve-refs.ts';
import type { BulkConnection } from '../../../api/src/platform/bulk-connection.ts';
import { requestContext } from '../../../api/src/request-context.ts';
import { type TestApi, testApi } from '../../testkit/api.ts';
import { feedEnded } from '../../testkit/feed-ended.ts';
import { inTeams } from '../../testkit/in-teams.ts';
import { building, type Mutate, mutating } from '../../testkit/mutate.ts';

describe('many references', () => {
  let api: TestApi;
  let db: BulkConnection;
  let owner: Principal;
  let other: Principal;
  let build: Mutate;
  const asked: string[] = [];
  beforeAll(async () => {
    api = await testApi({ lineageMemory: 0 });
    owner = await api.person('REPORTER');
    other = await api.person('REPORTER');
    build = building(mutating(api, owner));
    db = await api.services.openBulk();
    const query = db.query.bind(db);
    db.query = (sql) => {
      asked.push(sql.text);
      return query(sql);
    };
    const lab = await api.records.team.create({ data: { namespace: 'lab', name: 'Lab' } });
    const labMember = await api.person('REPORTER');
    const inLab = await inTeams(api.records, labMember, [lab.id]);
    for (const name of ['plain', 'twice', 'a/b']) await build('registerSource', { name });
    for (const name of ['twice', 'only-lab'])
      await building(mutating(api, inLab))('registerSource', { name });
    await build('registerDatasetVersion', { dataset: 'd', version: '1' });
    await build('registerDatasetVersion', { dataset: 'd', version: '2' });
    await build('addAlias', { node: 'source:plain', alias: 'source:called-otherwise' });
    await build('registerSource', { name: 'hidden', visibility: 'RESTRICTED' });
  });
  afterAll(async () => {
    await db.close();
    await api.close();
  });

  const learn = (references: ManyReferences, viewer: Principal, refs: readonly string[]) =>
    db.transaction(async () => {
      await references.refresh(db, viewer);
      return references.learn(db, viewer, new Set(refs));
    });

  it('mean what each of them means by itself, whoever asks', async () => {
    const global = (await api.records.node.findFirstOrThrow({ where: { name: 'a/b' } })).id;
    const refs = [
      'source:plain',
      'source:twice',
      'source:lab/twice',
      'source:only-lab',
      'source:lab/only-lab',
      'source:a/b',
      'source:called-otherwise',
      'source:hidden',
      'source:nothing',
      'dataset:d@1',
      'dataset:d@2',
      'dataset:d@3',
      'nonsense',
      api.services.ids.encode('Source', global),
    ];
    for (const viewer of [owner, other]) {
      const references = new ManyReferences(api.services.ids);
      const problems = await learn(references, viewer, refs);
      for (const ref of refs) {
        const context = requestContext(api.services, viewer);
        const single = await resolveRefs(context, [{ ref, path: [] }]).then(
          ([node]) => node!.id,
          (error: Error) => error.message.replace(/ Did you mean.*/, ''),
        );
        expect(references.get(ref)?.id ?? problems.get(ref), ref).toBe(single);
      }
    }
  });

  it('are not asked again while nothing changed, and are where their node was hidden or retracted meanwhile', async () => {
    const references = new ManyReferences(api.services.ids);
    await build('registerSource', { name: 'passing', visibility: 'PUBLIC' });
    const { node } = await build(
      'registerSource',
      { name: 'gone', visibility: 'PUBLIC' },
      'node: source { id }',
    );
    const refs = ['source:passing', 'source:gone', 'source:plain'];
    await feedEnded(api.records);
    await learn(references, other, refs);
    await learn(references, other, refs);
    const lookups = () => asked.filter((sql) => sql.includes('with ordinality w(')).length;
    const before = lookups();
    expect(await learn(references, other, refs)).toEqual(new Map());
    expect(lookups()).toBe(before);
    const passing = await api.records.node.findFirstOrThrow({ where: { name: 'passing' } });
    const target = api.services.ids.encode('Source', passing.id);
    const shared = await api.as(owner)(
      `mutation ($target: ID!) { shareWith(input: { target: $target, visibility: RESTRICTED }) { __typename } }`,
      { target },
    );
    expect(shared.data.shareWith.__typename).toBe('ShareWithSuccess');
    await build('retract', { target: node.id, reason: 'A mistake.' });
    expect([...(await learn(references, other, refs))]).toEqual([
      ['source:passing', 'There is no "source:passing".'],
      ['source:gone', 'There is no "source:gone".'],
    ]);
  });
});
