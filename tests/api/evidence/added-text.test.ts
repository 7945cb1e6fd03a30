// A text is sealed before the change that records it: whatever comes of that, the store holds what is on record.
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { inChange } from '../../../api/src/access/change.ts';
import { holdIncident } from '../../../api/src/incident/held-incident.ts';
import { recordEvidence } from '../../../api/src/incident/record-evidence.ts';
import { keysOfFolder } from '../../../api/src/platform/master-keys.ts';
import { diskStore } from '../../../api/src/platform/object-store-disk.ts';
import { vault } from '../../../api/src/platform/vault.ts';
import { requestContext } from '../../../api/src/request-context.ts';
import { mutate } from '../incident/world.ts';
import { type EvidenceWorld, evidenceWorld } from './world.ts';

/** Fails as the transaction of evidence of this title commits. */
const FAILING_COMMIT = [
  `create function fail_at_commit() returns trigger language plpgsql as $$
   begin
     if new.title = 'fails at commit' then raise exception 'It was not to be.'; end if;
     return null;
   end $$`,
  `create constraint trigger fail_at_commit after insert on evidence deferrable initially deferred
   for each row execute function fail_at_commit()`,
];

describe('a text that is added as evidence', () => {
  let world: EvidenceWorld;
  let before: { kept: string[]; recorded: [number, number] };
  const add = (title: string, more: object = {}) =>
    mutate(
      world.api,
      world.reporter,
      'addEvidence',
      { incident: world.incident, kind: 'QUOTATION', title, text: title, sensitivity: 'NONE', ...more },
      'evidence { id text }',
    );

  beforeAll(async () => {
    world = await evidenceWorld();
    for (const statement of FAILING_COMMIT) await world.api.records.$executeRawUnsafe(statement);
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    before = { kept: await world.kept(), recorded: await world.recorded() };
  });
  async function nothingCameOfIt(): Promise<void> {
    expect(await world.kept()).toEqual(before.kept);
    expect(await world.recorded()).toEqual(before.recorded);
  }

  it('is kept once, whatever is asked again under its key', async () => {
    const first = await add('once', { idempotencyKey: 'text-1' });
    expect(first.data.result.evidence.text).toBe('once');
    const again = await add('once', { idempotencyKey: 'text-1' });
    expect(again.data.result).toEqual(first.data.result);
    const other = await add('other', { idempotencyKey: 'text-1' });
    expect(other.data.result.__typename).toBe('ConflictError');
    expect(await world.kept()).toHaveLength(before.kept.length + 1);
    expect(await world.recorded()).toEqual([before.recorded[0] + 1, before.recorded[1] + 1]);
  });

  it('leaves nothing where it is refused: the incident, the text or the same text again', async () => {
    await add('twice');
    before = { kept: await world.kept(), recorded: await world.recorded() };
    for (const [refused, refusal] of [
      [await add('twice'), 'ConflictError'],
      [await add('lost', { incident: 'incident:MBI-1999-0001' }), 'NotFoundError'],
      [await add('empty', { text: '' }), 'InputError'],
      [await add(' ', { text: 'untitled' }), 'InputError'],
      [await add('long', { text: 'x'.repeat(200_001) }), 'InputError'],
    ] as const)
      expect(refused.data.result.__typename).toBe(refusal);
    const forbidden = await mutate(
      world.api,
      await world.api.person('VIEWER'),
      'addEvidence',
      { incident: world.incident, kind: 'QUOTATION', title: 'mine', text: 'mine' },
      'evidence { id }',
    );
    expect(forbidden.errors[0]?.code).toBe('FORBIDDEN');
    await nothingCameOfIt();
  });

  it('has a title and a warning that fit where they are shown, and says of which it is too long', async () => {
    const [title, warning] = ['t'.repeat(300), 'w'.repeat(2_000)];
    expect((await add(title, { text: 'fits', warning })).data.result.__typename).toBe('AddEvidenceSuccess');
    before = { kept: await world.kept(), recorded: await world.recorded() };
    for (const [words, path, expected] of [
      [{ title: `${title}t`, warning }, ['title'], 'at most 300 characters'],
      [{ title: 'short', warning: `${warning}w` }, ['warning'], 'at most 2,000 characters'],
    ] as const) {
      const refused = (await add('', { text: 'too long', ...words })).data.result;
      expect(refused).toMatchObject({ __typename: 'InputError', path, expected });
      const headers = { 'x-title': words.title, 'x-warning': words.warning };
      const sent = await world.send('too long', { headers });
      expect([sent.status, sent.answer.error]).toMatchObject([422, { code: 'BAD_USER_INPUT', path }]);
    }
    await nothingCameOfIt();
  });

  it('is read as ever where it was recorded with a longer title and warning', async () => {
    const words = { title: 't'.repeat(5_000), warning: 'w'.repeat(5_000), kind: 'QUOTATION' } as const;
    const context = requestContext(world.services, world.reporter);
    const stored = await world.services.vault.put(Readable.from([Buffer.from('from before')]));
    const id = await inChange(context, 'write:incidents', async (change) => {
      const { node } = await holdIncident(change, world.incident);
      return recordEvidence(change, node, { ...words, sensitivity: 'NONE' }, stored, ['text']);
    });
    const { node } = await world.ask(
      world.reporter,
      'query ($id: ID!) { node(id: $id) { ... on Evidence { title warning text } } }',
      { id: world.services.ids.encode('Evidence', id) },
    );
    expect(node).toEqual({ title: words.title, warning: words.warning, text: 'from before' });
  });

  it('leaves nothing where its change fails once all of it is recorded', async () => {
    expect((await add('fails at commit')).errors).toMatchObject([{ code: 'INTERNAL' }]);
    await nothingCameOfIt();
  });

  it('is answered for as ever where what is not recorded cannot be taken back either', async () => {
    await add('there');
    const first = await add('under a key', { idempotencyKey: 'text-2' });
    const { vault: sound, dataFolder } = world.services;
    const store = diskStore(join(dataFolder, 'evidence'));
    const remove = async () => {
      throw new Error('The store is gone.');
    };
    Object.assign(world.services, { vault: vault(keysOfFolder(dataFolder), { ...store, remove }) });
    try {
      expect((await add('there')).data.result.__typename).toBe('ConflictError');
      expect((await add('under a key', { idempotencyKey: 'text-2' })).data).toEqual(first.data);
      const sent = await world.send('there');
      expect([sent.status, sent.answer.error?.code]).toEqual([409, 'CONFLICT']);
    } finally {
      Object.assign(world.services, { vault: sound });
    }
  });

  it('stays where it is on record, and only the wait for it to be seen failed', async () => {
    vi.spyOn(world.services.certainty, 'reached').mockRejectedValueOnce(new Error('The database is gone.'));
    expect((await add('seen late')).errors).toHaveLength(1);
    expect(await world.kept()).toHaveLength(before.kept.length + 1);
    expect(await world.recorded()).toEqual([before.recorded[0] + 1, before.recorded[1] + 1]);
  });
});
