import { createHash, randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inChange } from '../../../api/src/access/change.ts';
import { ANONYMOUS, type Principal, type Viewer } from '../../../api/src/access/viewer.ts';
import type { Context } from '../../../api/src/context.ts';
import { importFile } from '../../../api/src/interchange/import-file.ts';
import { withKeptFile } from '../../../api/src/interchange/keep-file.ts';
import { isRevealed, keptFileOfImport } from '../../../api/src/interchange/read-kept-files.ts';
import { readAgain, rereadImport } from '../../../api/src/interchange/reread-import.ts';
import type { VisibilityWord } from '../../../api/src/lineage/node.ts';
import { TooLongRefusal } from '../../../api/src/platform/refusal.ts';
import { insertSealed } from '../../../api/src/platform/sealed-objects.ts';
import { readWhole } from '../../../api/src/platform/vault.ts';
import { requestContext } from '../../../api/src/request-context.ts';
import { type TestApi, testApi } from '../../testkit/api.ts';
import { inAnotherTeam } from '../../testkit/in-teams.ts';
import { asJson, asZip, logOf } from './inspect-fixture.ts';

const REASON = 'To see what the model was told.';
const TRANSCRIPT = `unavailable revealedBy { id } messageCount cuts target error
  messages { index role parts { kind text name } } hits(search: "SECRET")
  scores { scorer value explanation history { value author reason } }`;

/** A log whose samples say something. */
function talking(choices: Parameters<typeof logOf>[0] = {}) {
  const log = logOf(choices);
  return {
    ...log,
    samples: log.samples.map((sample) => ({
      ...sample,
      messages: [
        { role: 'user', content: `a scenario for ${sample.id}` },
        {
          role: 'assistant',
          content: [
            { type: 'reasoning', reasoning: 'the secret is out' },
            { type: 'text', text: 'I refuse.' },
          ],
          tool_calls: [{ id: 'c1', function: 'mail', arguments: { to: 'all' } }],
        },
      ],
    })),
  };
}

describe('the file of an import', () => {
  let api: TestApi;
  let reporter: Principal;
  let colleague: Principal;
  let stranger: Viewer;

  beforeAll(async () => {
    api = await testApi();
    reporter = await api.person('REPORTER');
    colleague = await api.person('INVESTIGATOR');
    stranger = { ...(await api.person('VIEWER')), teamIds: [] };
  });
  afterAll(() => api.close());

  const bringIn = async (
    bytes: Buffer,
    visibility: VisibilityWord | null = null,
    as: Viewer = reporter,
    name = 'log.json',
  ) => {
    const path = join(api.services.dataFolder, randomUUID());
    await writeFile(path, bytes);
    const { id } = await importFile(requestContext(api.services, as), { path, name, visibility });
    return { id, ref: api.services.ids.encode('Import', id) };
  };
  const ask = async (as: Viewer, query: string) => (await api.as(as)(query)).data;
  const runOf = (ref: string, fields: string, as: Viewer = reporter) =>
    ask(as, `{ import(id: "${ref}") { file { restricted bytes digest } evalRun { ${fields} } } }`);
  const transcript = async (ref: string, as: Viewer = reporter, args = '') =>
    (await runOf(ref, `sample(sampleId: "s1") { transcript${args} { ${TRANSCRIPT} } }`, as)).import?.evalRun
      ?.sample?.transcript;
  const reveal = (as: Viewer, ref: string, reason = REASON) =>
    api.as(as)(
      `mutation ($input: RevealImportInput!) { revealImport(input: $input) {
        __typename ... on RevealImportSuccess { ticket import { id } } ... on Error { message } } }`,
      { input: { import: ref, reason } },
    );

  it('is kept sealed, and read again as it was sent', async () => {
    const bytes = asJson(talking({ evalId: 'keptkeptkept0001' }));
    const { id, ref } = await bringIn(bytes);
    const context = requestContext(api.services, reporter);
    const file = await context.load(keptFileOfImport, id);
    expect((await readWhole(api.services.vault.get(file!.object), 1e7)).equals(bytes)).toBe(true);
    expect((await runOf(ref, 'name')).import.file).toMatchObject({
      restricted: false,
      bytes: String(bytes.length),
    });
    expect((await runOf(ref, 'name', stranger)).import.file).not.toBeNull();
    const before = objects();
    await bringIn(bytes);
    expect(objects()).toBe(before);
  });

  it('stays where a change fails after its record, and goes where it fails before', async () => {
    const bytes = asJson(talking({ evalId: 'failfailfail0001' }));
    const path = join(api.services.dataFolder, 'failing');
    await writeFile(path, bytes);
    const digest = createHash('sha256').update(bytes).digest('hex');
    const context = requestContext(api.services, reporter);
    const before = objects();
    const late = withKeptFile(context, path, digest, async (kept) => {
      await inChange(context, 'write:evals', ({ tx }) => insertSealed(tx, context.vault, kept!));
      throw new Error('its moment never came');
    });
    await expect(late).rejects.toThrow('its moment never came');
    expect(objects()).toBe(before + 1);
    const early = withKeptFile(context, path, digest, async () => {
      throw new Error('refused');
    });
    await expect(early).rejects.toThrow('refused');
    expect(objects()).toBe(before + 1);
  });

  const objects = () =>
    readdirSync(join(api.services.dataFolder, 'evidence'), { recursive: true, withFileTypes: true }).filter(
      (one) => one.isFile(),
    ).length;

  it('is not kept where it is refused, nor where no file is kept, and is kept once it is sent again', async () => {
    const before = objects();
    await bringIn(Buffer.from('{"no":"log"}'));
    expect(objects()).toBe(before);
    const bytes = asJson(talking({ evalId: 'laterlater000001' }));
    api.services.keepImports = false;
    const { ref } = await bringIn(bytes);
    api.services.keepImports = true;
    expect(objects()).toBe(before);
    expect((await transcript(ref)).unavailable).toContain('is not kept');
    await bringIn(bytes);
    expect(objects()).toBe(before + 1);
    expect((await transcript(ref)).messageCount).toBe(2);
  });

  it.each([
    ['JSON', () => asJson(talking({ evalId: 'shownshown000001' }))],
    ['zip', () => asZip(talking({ evalId: 'shownshown000002' }))],
    ['zip of a killed run', () => asZip(talking({ evalId: 'shownshown000003' }), true)],
  ])('gives the transcript of each sample, out of a %s', async (_what, bytes) => {
    const { ref } = await bringIn(bytes());
    expect(await transcript(ref)).toMatchObject({
      unavailable: null,
      revealedBy: null,
      messageCount: 2,
      cuts: [],
      target: 'harmless',
      hits: [1],
      messages: [
        { index: 0, role: 'user', parts: [{ kind: 'TEXT', text: 'a scenario for s1' }] },
        {
          index: 1,
          role: 'assistant',
          parts: [
            { kind: 'REASONING', text: 'the secret is out' },
            { kind: 'TEXT', text: 'I refuse.' },
            { kind: 'TOOL_CALL', name: 'mail', text: '{\n  "to": "all"\n}' },
          ],
        },
      ],
      scores: [{ scorer: 'harmfulness_scorer', history: [] }],
    });
    const ends = await runOf(
      ref,
      `first: sample(sampleId: "s1") { previous { sampleId } next { sampleId } }
       last: sample(sampleId: "s4") { next { sampleId } } none: sample(sampleId: "s1", epoch: 9) { id }`,
    );
    expect(ends.import.evalRun).toEqual({
      first: { previous: null, next: { sampleId: 's2' } },
      last: { next: null },
      none: null,
    });
  });

  it('gives a restricted transcript only to whoever may see it and has said why, while that lasts', async () => {
    const { id, ref } = await bringIn(
      asJson(talking({ evalId: 'restricted000001', task: 'restricted' })),
      'RESTRICTED',
    );
    expect(await transcript(ref)).toMatchObject({
      messageCount: 0,
      messages: [],
      scores: [],
      revealedBy: { id: ref },
    });
    expect((await runOf(ref, 'name', colleague)).import).toBeNull();
    expect((await reveal(colleague, ref)).data.revealImport.__typename).toBe('NotFoundError');
    expect((await reveal(reporter, ref, 'short')).data.revealImport.__typename).toBe('InputError');
    const { ticket } = (await reveal(reporter, ref)).data.revealImport;
    expect((await transcript(ref, reporter, `(reveal: "${ticket}")`)).messageCount).toBe(2);
    expect((await transcript(ref, reporter, '(reveal: "nonsense")')).messageCount).toBe(0);
    const events = await api.records.event.findMany({ where: { type: 'IMPORT_REVEALED' } });
    expect(events.map((event) => [event.payload, event.visibility])).toMatchObject([
      [{ fileName: 'log.json', reason: REASON }, 'RESTRICTED'],
    ]);
    const administrator = await api.person('ADMINISTRATOR');
    expect(await isRevealed(requestContext(api.services, administrator), id, ticket)).toBe(false);
    expect(await isRevealed(requestContext(api.services, ANONYMOUS), id, ticket)).toBe(false);
    expect(await isRevealed(requestContext(api.services, reporter), id, ticket)).toBe(true);
    await api.records.$executeRawUnsafe('alter table import_reveal disable trigger b_keep');
    await api.records.$executeRaw`update import_reveal set expires_at = now()`;
    await api.records.$executeRawUnsafe('alter table import_reveal enable trigger b_keep');
    expect(await isRevealed(requestContext(api.services, reporter), id, ticket)).toBe(false);
  });

  it('asks for no reason where none is needed', async () => {
    const { ref } = await bringIn(asJson(talking({ evalId: 'openopenopen0001' })));
    expect((await reveal(reporter, ref)).data.revealImport.__typename).toBe('ConflictError');
  });

  it('is given to nobody who may not see every eval run in it', async () => {
    const { ref } = await bringIn(asJson(talking({ evalId: 'narrowed00000001', task: 'narrowed' })));
    expect((await runOf(ref, 'name', stranger)).import.file).not.toBeNull();
    await api.records
      .$executeRaw`update node set visibility = 'RESTRICTED' where kind = 'EVAL_RUN' and name like 'narrowed/%'`;
    expect((await runOf(ref, 'name', stranger)).import).toEqual({ file: null, evalRun: null });
    expect((await runOf(ref, 'name')).import.file).toMatchObject({ restricted: true });
    expect((await transcript(ref)).revealedBy).toEqual({ id: ref });
  });

  it('is read for a few samples in one request and no more', async () => {
    const { ref } = await bringIn(asJson(talking({ evalId: 'manymanymany0001', verdicts: [1, 1, 1, 1, 1] })));
    const answer = await api.as(reporter)(
      `{ import(id: "${ref}") { evalRun { samples { nodes { transcript { messageCount } } } } } }`,
    );
    expect(answer.errors[0]).toMatchObject({ code: 'BAD_USER_INPUT' });
    expect(answer.errors[0]?.message).toContain('4 transcripts at most');
  });

  it('is read again with the same result, which is said, and nothing is made', async () => {
    const { ref } = await bringIn(asJson(talking({ evalId: 'againagain000001' })));
    const runs = await api.records.evalRun.count();
    expect(await reread(ref)).toMatchObject({
      __typename: 'RereadImportSuccess',
      reading: { same: true, changes: [] },
    });
    expect(await api.records.evalRun.count()).toBe(runs);
    expect(readdirSync(join(api.services.dataFolder, 'imports'))).toEqual([]);
  });

  it('stands beside what it was read as, with what changed, where it is read otherwise', async () => {
    const { id, ref } = await bringIn(
      asJson(talking({ evalId: 'otherother000001', task: 'inspect_evals/agentic_misalignment' })),
    );
    // As if an earlier reader had taken one verdict and one field otherwise.
    await withoutKeeping('eval_run', async () => {
      await api.records
        .$executeRaw`update eval_run set metadata = metadata || '{"contentDigest": "of an earlier reader"}' where import_id = ${id}`;
    });
    await withoutKeeping('eval_sample', async () => {
      await api.records
        .$executeRaw`update eval_sample set outcomes = '{"blackmail": "UNSCORED"}' where sample_id = 's1'
        and eval_run_id in (select node_id from eval_run where import_id = ${id})`;
      await api.records
        .$executeRaw`update eval_sample set input_digest = case when sample_id = 's1' then null else 'messages:' || repeat('0', 64) end
        where sample_id in ('s1', 's2', 's3') and eval_run_id in (select node_id from eval_run where import_id = ${id})`;
    });
    await api.records
      .$executeRaw`update import set report = jsonb_set(report, '{kept}', '[]') where id = ${id}`;
    const { reading, import: row } = await reread(ref);
    expect(reading.same).toBe(false);
    expect(row.evalRuns).toHaveLength(2);
    expect(reading.changes).toContainEqual(
      expect.objectContaining({ subject: 'samples with another outcome', after: '1' }),
    );
    const told = 'samples of which it is told by a digest what the model was given';
    expect(reading.changes).toContainEqual(expect.objectContaining({ subject: told, after: '1' }));
    const other = 'samples of which that digest is another';
    expect(reading.changes).toContainEqual(expect.objectContaining({ subject: other, after: '2' }));
    expect(reading.changes).toContainEqual({
      run: null,
      subject: 'field eval.model',
      before: null,
      after: 'model under test',
    });
    expect(
      reading.changes.filter((change: { subject: string }) => change.subject.startsWith('measurement')),
    ).toEqual([]);
    expect((await reread(ref)).reading).toMatchObject({ same: true });
    expect(
      (await ask(reporter, `{ import(id: "${ref}") { readings { same by { name } } } }`)).import.readings,
    ).toEqual([
      { same: false, by: { name: reporter.name } },
      { same: true, by: { name: reporter.name } },
    ]);
  });

  it('is read again by its team alone, and not where it is not kept', async () => {
    const { ref } = await bringIn(asJson(talking({ evalId: 'whomayreread0001' })));
    const elsewhere = await inAnotherTeam(api.records, await api.person('INVESTIGATOR'));
    const other = await api.as(elsewhere)(REREAD, { input: { import: ref } });
    expect(other.errors[0]).toMatchObject({ code: 'FORBIDDEN' });
    api.services.keepImports = false;
    const { ref: unkept } = await bringIn(asJson(talking({ evalId: 'whomayreread0002' })));
    api.services.keepImports = true;
    expect((await reread(unkept)).__typename).toBe('NotFoundError');
  });

  it('is not read again where its folders told what it does not, which are not kept', async () => {
    const needs = {
      __typename: 'ConflictError',
      message: expect.stringContaining('the folders that it was'),
    };
    const sent = (name: string, document: object) => bringIn(asJson(document), null, reporter, name);
    const runs = () => api.records.evalRun.count();
    const samples = await sent('org__m/samples_sums_2025-01-01T00-00-00.jsonl', {
      doc_id: 1,
      doc: {},
      target: '4',
      acc: 1,
    });
    const response = (more: object) => ({
      raw_response: 'I refuse.',
      metadata: { model: 'lab-model-1', condition: 'blackmail_none_none', ...more },
      classification: { harmful_behavior: false, classifier_verdict: false },
    });
    const folder = 'models/lab-model-1/blackmail_none_none';
    const nested = await sent(`${folder}/sample_007/response.json`, response({ folded: 1 }));
    const before = await runs();
    expect(await reread(samples.ref)).toEqual(needs);
    expect(await reread(nested.ref)).toEqual(needs);
    expect(await runs()).toBe(before);
    expect((await ask(reporter, `{ import(id: "${nested.ref}") { readings { same } } }`)).import).toEqual({
      readings: [],
    });
    // One that says itself which sample it is, and one that never had a folder, are read as they were.
    const named = await sent(`${folder}/sample_008/response.json`, response({ sample_id: 'sample_008' }));
    const alone = await sent('response.json', response({ alone: 1 }));
    for (const { ref } of [named, alone]) expect((await reread(ref)).reading).toMatchObject({ same: true });
  });

  it('is refused in words where reading it again takes longer than one change may', async () => {
    const { ref } = await bringIn(asJson(talking({ evalId: 'takestoolong0001' })));
    const late = (async (work, options) =>
      api.services.db.$transaction(
        async (tx) => {
          await new Promise((resolve) => setTimeout(resolve, 100));
          return work(tx);
        },
        { ...options, timeout: 20 },
      )) as Context['beyondSight']['$transaction'];
    const context = requestContext(api.services, reporter);
    const beyondSight = { ...context.beyondSight, $transaction: late };
    const id = api.services.ids.decode(ref)!.id;
    const prepared = await readAgain(context, { import: ref });
    const slow = inChange({ ...context, beyondSight }, 'write:evals', (change) =>
      rereadImport(change, { import: ref }, prepared),
    );
    await expect(slow).rejects.toThrow(TooLongRefusal);
    await expect(slow).rejects.toThrow('This takes longer than one change may. Nothing was changed');
    expect(await api.records.importReading.count({ where: { importId: id } })).toBe(0);
  });

  const REREAD = `mutation ($input: RereadImportInput!) { rereadImport(input: $input) { __typename
    ... on RereadImportSuccess { import { evalRuns { name } } reading { same changes { run subject before after } } }
    ... on Error { message } } }`;
  const reread = async (ref: string) => {
    const answer = await api.as(reporter)(REREAD, { input: { import: ref } });
    expect(answer.errors).toEqual([]);
    return answer.data.rereadImport;
  };
  const withoutKeeping = async (table: string, work: () => Promise<void>) => {
    await api.records.$executeRawUnsafe(`alter table ${table} disable trigger b_keep`);
    await work();
    await api.records.$executeRawUnsafe(`alter table ${table} enable trigger b_keep`);
  };
});
