import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ANONYMOUS, type Principal, type Viewer } from '../../../api/src/access/viewer.ts';
import { importFile } from '../../../api/src/interchange/import-file.ts';
import { SENDER_WAS_TOLD } from '../../../api/src/interchange/told-report.ts';
import type { VisibilityWord } from '../../../api/src/lineage/node.ts';
import { requestContext } from '../../../api/src/request-context.ts';
import { type TestApi, testApi } from '../../testkit/api.ts';
import { asJson, logOf } from './inspect-fixture.ts';

const TOLD = `query ($id: ID!) {
  import(id: $id) { status error warnings isToldInFull kept { field how } leftOut { field count reason } file { bytes } readings { warnings } } }`;

const INCIDENTS = `query ($id: ID!) { import(id: $id) { incidents { key } } }`;

const avid = (id: string, title: string) =>
  asJson({
    data_type: 'AVID',
    metadata: { report_id: id },
    affects: { artifacts: [{ type: 'Model', name: 'quiet-7b' }] },
    problemtype: { description: { value: title } },
    description: { value: `${title}, described.` },
    api_key: 'to be left out, whatever is recorded',
  });

/** What a file said against the record was worded by what its sender saw: it may name what a reader does not see. */
describe('the report of a file that others may see', () => {
  let api: TestApi;
  let sender: Principal;
  let stranger: Principal;
  let auditor: Principal;
  let administrator: Principal;
  let folder: string;
  beforeAll(async () => {
    api = await testApi();
    folder = await mkdtemp(join(tmpdir(), 'headwater-told-report-'));
    sender = await api.person('REPORTER');
    stranger = { ...(await api.person('INVESTIGATOR')), teamIds: [] };
    auditor = await api.person('AUDITOR');
    administrator = await api.person('ADMINISTRATOR');
  });
  afterAll(async () => {
    await api.close();
    await rm(folder, { recursive: true, force: true });
  });

  const importId = (id: bigint) => api.services.ids.encode('Import', id);

  async function told(viewer: Viewer, id: bigint) {
    const { data, errors } = await api.as(viewer)(TOLD, { id: importId(id) });
    expect(errors).toEqual([]);
    return data.import;
  }

  async function send(bytes: Buffer, name: string, visibility: VisibilityWord = 'MEMBERS'): Promise<bigint> {
    const path = join(folder, 'file');
    await writeFile(path, bytes);
    return (await importFile(requestContext(api.services, sender), { path, name, visibility })).id;
  }

  it('tells what was left out for what is recorded to the sender and auditors alone', async () => {
    const first = await send(avid('AVID-2025-R0004', 'One thing'), 'first.json', 'TEAM');
    const { incidents } = (await api.as(sender)(INCIDENTS, { id: importId(first) })).data.import;
    const second = await send(avid('AVID-2025-R0004', 'Quite another'), 'second.json');
    const whole = await told(sender, second);
    const [lost] = whole.leftOut.filter(({ field }: { field: string }) => field === 'AVID-2025-R0004');
    expect(lost.reason).toContain(`the id is that of ${incidents[0].key}`);
    expect(await told(auditor, second)).toEqual(whole);
    const apart = await told(stranger, second);
    expect(JSON.stringify(apart)).not.toContain(incidents[0].key);
    // That its id is one of what they do not see is told by the line alone; what the file alone tells is told to all.
    expect(JSON.stringify(apart)).not.toContain('AVID-2025-R0004');
    expect(apart.leftOut).toEqual(whole.leftOut.filter((one: object) => one !== lost));
    expect(apart.leftOut.length).toBeGreaterThan(0);
    expect([whole.isToldInFull, apart.isToldInFull]).toEqual([true, false]);
  });

  it('says why a file failed to all where the file alone tells why, else to the sender and auditors', async () => {
    const unfit = await send(Buffer.from('[]'), 'list.json');
    expect((await told(sender, unfit)).error).toContain('a JSON list');
    expect((await told(stranger, unfit)).error).toBe((await told(sender, unfit)).error);
    await api.records.$executeRaw`
      insert into behavior (name, title, visibility, team_id, actor_id)
      select 'blackmail', 'Hidden', 'RESTRICTED', t.id, a.id from team t, actor a where a.kind = 'SYSTEM'`;
    const refused = await send(asJson(logOf()), 'log.json');
    const why = 'The name blackmail is taken by something that you may not see.';
    expect(await told(sender, refused)).toMatchObject({ status: 'FAILED', error: why });
    expect((await told(auditor, refused)).error).toBe(why);
    expect(await told(stranger, refused)).toMatchObject({ status: 'FAILED', error: SENDER_WAS_TOLD });
    await api.records.$executeRaw`update behavior set visibility = 'MEMBERS' where name = 'blackmail'`;
  });

  it('gives warnings that rest on the record to the sender and auditors, and those of the file to all', async () => {
    const log = (more: object) => asJson({ ...logOf({ evalId: 'told00000000001', task: 'told' }), ...more });
    await send(log({}), 'one.json');
    const second = await send(log({ 'not understood': 1 }), 'two.json');
    const whole = await told(sender, second);
    expect(whole.warnings[0]).toMatch(/The run is recorded already, as eval-run:.*nothing was added/);
    expect(await told(auditor, second)).toEqual(whole);
    const apart = await told(stranger, second);
    expect(apart.warnings).toEqual(whole.warnings.slice(1));
    expect(apart.leftOut).toEqual(whole.leftOut);
    expect(apart.file).toEqual(whole.file);
  });

  it('tells a token that may not read no more than the anonymous, whosever it is', async () => {
    await send(avid('AVID-2025-R0005', 'First'), 'first.json', 'TEAM');
    const again = await send(avid('AVID-2025-R0005', 'Second'), 'second.json', 'PUBLIC');
    const anonymous = await told(ANONYMOUS, again);
    expect(JSON.stringify(anonymous)).not.toContain('AVID-2025-R0005');
    for (const person of [sender, auditor, administrator]) {
      expect(JSON.stringify(await told(person, again))).toContain('AVID-2025-R0005');
      for (const scope of ['write:evals', 'audit', 'admin'] as const)
        expect(await told({ ...person, scopes: new Set([scope]) }, again)).toEqual(anonymous);
    }
  });

  it('names a model that people confirmed, and the scoring rules, to the sender and auditors alone', async () => {
    const made = async (mutation: string, type: string, input: object, more = '') => {
      const { data, errors } = await api.as(sender)(
        `mutation ($input: ${type}Input!) { made: ${mutation}(input: $input) {
          __typename ... on Error { message } ${more} } }`,
        { input },
      );
      expect(errors).toEqual([]);
      expect(data.made).toMatchObject({ __typename: `${type}Success` });
      return data.made;
    };
    await made('registerBehavior', 'RegisterBehavior', { name: 'lying', title: 'Lying' });
    const model = { model: 'hidden-judge', version: '2', visibility: 'RESTRICTED' };
    await made('registerModelVersion', 'RegisterModelVersion', model);
    const name = { name: 'lab/judge', modelVersion: 'model:hidden-judge@2' };
    await made('confirmModelAlias', 'ConfirmModelAlias', name);
    for (const scorer of ['harmfulness_scorer', 'hidden_scorer']) {
      const definition = {
        behavior: 'lying',
        scorer,
        key: 'harmful',
        exhibited: { values: [1] },
        notExhibited: { values: [2] },
      };
      const rule = { name: `hidden-${scorer}`, evaluation: 'ruled', visibility: 'RESTRICTED', definition };
      const { scoringRuleVersion } = await made(
        'proposeScoringRule',
        'ProposeScoringRule',
        rule,
        '... on ProposeScoringRuleSuccess { scoringRuleVersion { id } }',
      );
      await made('confirmScoringRule', 'ConfirmScoringRule', { scoringRuleVersion: scoringRuleVersion.id });
    }
    const log = await send(asJson(logOf({ evalId: 'told00000000009', task: 'ruled' })), 'ruled.json');
    const whole = await told(sender, log);
    expect(whole.warnings).toEqual(
      expect.arrayContaining([
        'The log names the model that grades lab/judge: it is recorded as model:hidden-judge@2, as a person of your team confirmed that name to mean.',
        'No sample of this log has a score by hidden_scorer.',
        '1 × 0 by harmfulness_scorer means nothing to the scoring rule: counted as unscored.',
      ]),
    );
    expect(await told(auditor, log)).toEqual(whole);
    const apart = await told(stranger, log);
    // A rule that they do not see read nothing of it, for all that they are told.
    expect(JSON.stringify(apart)).not.toMatch(/hidden|scoring rule/);
    expect(apart.warnings).toContainEqual(
      expect.stringContaining('No rule says which values of "harmful" of harmfulness_scorer mean'),
    );
    // So it is kept, too, and not only told.
    const [row] = await api.records.$queryRaw<
      { report: { warningsOfRecord: string[]; byRules: object[] } }[]
    >`
      select report from import where id = ${log}`;
    const { warningsOfRecord, byRules, ...rest } = row!.report;
    expect(JSON.stringify(warningsOfRecord)).toContain('hidden-judge');
    expect(JSON.stringify(byRules)).toContain('hidden_scorer');
    expect(JSON.stringify(rest)).not.toMatch(/hidden|scoring rule/);
    expect(apart.warnings).not.toContainEqual(expect.stringContaining('It rests on what is recorded'));
  });
});
