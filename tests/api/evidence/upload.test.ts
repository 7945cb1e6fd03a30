import { randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Principal } from '../../../api/src/access/viewer.ts';
import { inAnotherTeam } from '../../testkit/in-teams.ts';
import { type EvidenceWorld, evidenceWorld, LARGEST, sha256 } from './world.ts';

describe('POST /evidence', () => {
  let world: EvidenceWorld;
  let before: { kept: string[]; recorded: [number, number] };

  beforeAll(async () => {
    world = await evidenceWorld();
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    before = { kept: await world.kept(), recorded: await world.recorded() };
  });

  async function nothingCameOfIt(): Promise<void> {
    expect(await world.kept()).toEqual(before.kept);
    expect(await world.recorded()).toEqual(before.recorded);
  }

  it('keeps what is on record, where only the wait for it to be seen failed', async () => {
    const bytes = randomBytes(1_000);
    vi.spyOn(world.services.certainty, 'reached').mockRejectedValueOnce(new Error('The database is gone.'));
    expect((await world.send(bytes)).status).toBe(500);
    const [row] = await world.api.records.$queryRaw<{ id: bigint }[]>`
      select id from evidence where digest = ${sha256(bytes)}`;
    const response = await world.get(world.services.ids.encode('Evidence', row!.id), world.reporterToken);
    expect(response.status).toBe(200);
    expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true);
  });

  it('keeps a file as it is, says its digest, and gives it out again', async () => {
    const bytes = randomBytes(200_001);
    const { status, answer } = await world.send(bytes, {
      kind: 'FILE',
      sensitivity: 'NONE',
      headers: {
        'content-type': 'image/png',
        'x-filename': encodeURIComponent('../größe "1".png'),
        'x-title': encodeURIComponent('A picture — of größe'),
        'x-warning': encodeURIComponent('Nothing to see.'),
        'x-citation': encodeURIComponent(JSON.stringify({ source: 'A paper', certainty: 'PRIMARY' })),
      },
    });
    expect([status, answer.digest, answer.bytes]).toEqual([201, sha256(bytes), bytes.length]);
    const { node } = await world.ask(
      world.stranger,
      `query ($id: ID!) { node(id: $id) { ... on Evidence {
        title kind fileName digest bytes mediaType sensitivity warning text restricted visibility citation { source } addedBy { name } } } }`,
      { id: answer.id },
    );
    expect(node).toEqual({
      title: 'A picture — of größe',
      kind: 'FILE',
      fileName: 'größe "1".png',
      digest: sha256(bytes),
      bytes: String(bytes.length),
      mediaType: 'image/png',
      sensitivity: 'NONE',
      warning: 'Nothing to see.',
      text: null,
      restricted: false,
      visibility: 'MEMBERS',
      citation: { source: 'A paper' },
      addedBy: { name: world.reporter.name },
    });
    const response = await world.get(answer.id, world.strangerToken);
    expect(response.status).toBe(200);
    expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true);
    const headers = Object.fromEntries(response.headers);
    expect(headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-length': String(bytes.length),
      'content-disposition': `attachment; filename="gr__e _1_.png"; filename*=UTF-8''gr%C3%B6%C3%9Fe%20%221%22.png`,
      'content-security-policy': "sandbox; default-src 'none'",
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      'repr-digest': `sha-256=:${Buffer.from(sha256(bytes), 'hex').toString('base64')}:`,
    });
    const { lineageNode } = await world.ask(
      world.stranger,
      `query ($ref: NodeRef!) { lineageNode(ref: $ref) { ... on Incident { timeline { nodes { type payload } } } } }`,
      { ref: world.incident },
    );
    expect(lineageNode.timeline.nodes.at(-1)).toEqual({
      type: 'EVIDENCE_ADDED',
      payload: { title: 'A picture — of größe', kind: 'FILE', digest: sha256(bytes) },
    });
  });

  it('shows a file of text as text, whatever it would do in a browser', async () => {
    for (const [type, body] of [
      ['text/html', '<script>alert(1)</script>'],
      ['image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
    ] as const) {
      const id = await world.added(body, { sensitivity: 'NONE', headers: { 'content-type': type } });
      const { node } = await world.ask(world.reporter, `{ node(id: "${id}") { ... on Evidence { text } } }`);
      expect(node.text).toBe(body);
      const response = await world.get(id);
      expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
      expect(response.headers.get('content-disposition')).toMatch(/^attachment; /);
      expect(await response.text()).toBe(body);
    }
  });

  it('shows no text where the bytes are none, or are told to be of another encoding', async () => {
    for (const headers of [
      { 'content-type': 'text/plain' },
      { 'content-type': 'text/plain; charset=latin1' },
    ]) {
      const bytes = Buffer.concat([Buffer.from([0xff, 0xfe, 0x00]), randomBytes(20)]);
      const id = await world.added(bytes, { sensitivity: 'NONE', headers });
      const { node } = await world.ask(world.reporter, `{ node(id: "${id}") { ... on Evidence { text } } }`);
      expect(node.text).toBeNull();
      expect(Buffer.from(await (await world.get(id)).arrayBuffer()).equals(bytes)).toBe(true);
    }
  });

  it('refuses those who may not, each with the code that says why, and keeps nothing', async () => {
    const code = async (token: string) => {
      const { status, answer } = await world.send('words', {}, token);
      return [status, answer.error.code];
    };
    expect(await code('')).toEqual([401, 'UNAUTHENTICATED']);
    expect(await code('hw_nonsense')).toEqual([401, 'UNAUTHENTICATED']);
    expect(await code(await world.tokenOf(world.reporter, ['read']))).toEqual([403, 'FORBIDDEN']);
    expect(await code(await world.tokenOf(world.reporter, ['write:incidents']))).toEqual([403, 'FORBIDDEN']);
    const viewer = await world.api.person('VIEWER');
    expect(await code(await world.tokenOf(viewer, ['read']))).toEqual([403, 'FORBIDDEN']);
    await nothingCameOfIt();
  });

  it('answers for a hidden incident as for one that is not there', async () => {
    const hidden = await world.filed('Hidden from strangers', { visibility: 'TEAM' });
    const absent = 'incident:MBI-1999-0001';
    const one = await world.send('words', { incident: hidden.ref }, world.strangerToken);
    const two = await world.send('words', { incident: absent }, world.strangerToken);
    expect([one.status, two.status]).toEqual([404, 404]);
    const words = (answer: object, ref: string) => JSON.stringify(answer).replaceAll(ref, 'REF');
    expect(words(one.answer, hidden.ref)).toBe(words(two.answer, absent));
    await nothingCameOfIt();
  });

  it('refuses what is wrong in itself, saying what, and keeps nothing', async () => {
    const refusals: [Parameters<EvidenceWorld['send']>[1], string, number][] = [
      [{ incident: '' }, 'words', 400],
      [{ incident: 'nonsense' }, 'words', 422],
      [{ kind: 'POEM' }, 'words', 400],
      [{ sensitivity: 'SOME' }, 'words', 400],
      [{ visibility: 'EVERYONE' }, 'words', 400],
      [{ headers: { 'x-title': '%' } }, 'words', 400],
      [{ headers: { 'x-title': '%20' } }, 'words', 422],
      [{ headers: { 'x-warning': '%00' } }, 'words', 422],
      [{ headers: { 'x-citation': encodeURIComponent('{"source":1}') } }, 'words', 400],
      [{ headers: { 'content-type': 'nonsense' } }, 'words', 422],
      [{ headers: { 'content-type': 'multipart/form-data; boundary=x' } }, 'words', 415],
      [{ headers: { 'content-encoding': 'gzip' } }, 'words', 415],
      [{ headers: { 'idempotency-key': 'k'.repeat(201) } }, 'words', 422],
      [{ headers: { 'x-citation': encodeURIComponent('{"source":" ","certainty":"PRIMARY"}') } }, 'w', 422],
      [{}, '', 422],
    ];
    for (const [sending, body, status] of refusals) {
      const refused = await world.send(body, sending);
      expect([refused.status, typeof refused.answer.error?.message], JSON.stringify(sending)).toEqual([
        status,
        'string',
      ]);
    }
    await nothingCameOfIt();
  });

  it('refuses what is too large, told or untold, and keeps nothing', async () => {
    const large = Buffer.alloc(LARGEST + 1, 32);
    const told = await world.send(large);
    expect([told.status, told.answer.error.code]).toEqual([413, 'TOO_LARGE']);
    const untold = await fetch(`${world.url}/evidence?incident=${encodeURIComponent(world.incident)}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${world.reporterToken}` },
      body: new Blob([new Uint8Array(large)]).stream(),
      duplex: 'half',
    } as RequestInit);
    expect([untold.status, (await untold.json()).error.code]).toEqual([413, 'TOO_LARGE']);
    expect((await world.send(large.subarray(1), { sensitivity: 'NONE' })).status).toBe(201);
    before = { kept: before.kept, recorded: before.recorded };
    expect(await world.recorded()).toEqual([before.recorded[0] + 1, before.recorded[1] + 1]);
    expect(await world.kept()).toHaveLength(before.kept.length + 1);
  });

  it('keeps nothing of an upload that breaks off', async () => {
    const upload = request(`${world.url}/evidence?incident=${encodeURIComponent(world.incident)}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${world.reporterToken}`, 'content-length': '300000' },
    });
    const broken = new Promise((resolve) => upload.once('error', resolve));
    upload.write(randomBytes(150_000));
    // It has begun: a file is being written.
    await vi.waitFor(async () => expect((await world.kept()).length).toBe(before.kept.length + 1), {
      timeout: 10_000,
    });
    upload.destroy(new Error('gone'));
    await broken;
    await vi.waitFor(nothingCameOfIt, { timeout: 10_000 });
  });

  it('takes eight files at once of one account, and the next once one of them has ended', async () => {
    const address = `${world.url}/evidence?incident=${encodeURIComponent(world.incident)}`;
    const headers = { authorization: `Bearer ${world.reporterToken}`, 'content-length': '300000' };
    const slow = Array.from({ length: 8 }, () => request(address, { method: 'POST', headers }));
    for (const upload of slow) {
      upload.on('error', () => undefined);
      upload.write(randomBytes(150_000));
    }
    const begun = (count: number) =>
      vi.waitFor(async () => expect((await world.kept()).length).toBe(before.kept.length + count), {
        timeout: 10_000,
      });
    await begun(8);
    const refused = await world.send(randomBytes(10), { sensitivity: 'NONE' });
    expect([refused.status, refused.answer.error.code]).toEqual([429, 'RATE_LIMITED']);
    slow[0]!.destroy();
    await begun(7);
    await vi.waitFor(
      async () => expect((await world.send(randomBytes(10), { sensitivity: 'NONE' })).status).toBe(201),
      { timeout: 10_000 },
    );
    for (const upload of slow) upload.destroy();
    await begun(1);
  });

  it.each<[string, number, (person: Principal) => Promise<unknown>]>([
    [
      'the token is revoked',
      401,
      ({ actorId }) => world.api.records.$executeRaw`
      update api_token set revoked_at = now() where actor_id = ${actorId}`,
    ],
    [
      'the account is disabled',
      401,
      ({ actorId }) => world.api.records.$executeRaw`
      update actor set disabled_at = now() where id = ${actorId}`,
    ],
    [
      'its sender may only read by then',
      403,
      ({ actorId }) => world.api.records.$executeRaw`
      update actor set role = 'VIEWER' where id = ${actorId}`,
    ],
    ['its sender is in another team by then', 404, (person) => inAnotherTeam(world.api.records, person)],
  ])('records nothing where %s while the file is on its way', async (_what, refused, meanwhile) => {
    const person = await world.api.person('REPORTER');
    const token = await world.tokenOf(person);
    const { ref } = await world.filed('Of the team', { visibility: 'TEAM' });
    const upload = request(`${world.url}/evidence?incident=${encodeURIComponent(ref)}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-length': '200000' },
    });
    const status = new Promise((resolve) =>
      upload.once('response', (response) => resolve(response.statusCode)),
    );
    upload.write(randomBytes(150_000));
    await vi.waitFor(async () => expect((await world.kept()).length).toBe(before.kept.length + 1), {
      timeout: 10_000,
    });
    await meanwhile(person);
    upload.end(randomBytes(50_000));
    expect(await status).toBe(refused);
    await nothingCameOfIt();
  });

  it('answers whoever is still sending, instead of breaking the connection under them', async () => {
    const piece = Buffer.alloc(64 * 1024);
    async function* slowly() {
      for (let n = 0; n < 272; n += 1) {
        yield piece;
        if (n % 8 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
      }
    }
    for (let times = 0; times < 5; times += 1) {
      const response = await fetch(`${world.url}/evidence?incident=${encodeURIComponent(world.incident)}`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${world.reporterToken}`,
          'content-length': String(272 * piece.length),
        },
        body: Readable.from(slowly()) as never,
        duplex: 'half',
      } as RequestInit);
      expect([response.status, (await response.json()).error.code]).toEqual([413, 'TOO_LARGE']);
    }
  });

  it('answers the same for the same key and file, and refuses the key for another', async () => {
    const headers = { 'idempotency-key': 'upload-1' };
    const bytes = randomBytes(1_000);
    const first = await world.send(bytes, { headers });
    const kept = await world.kept();
    const again = await world.send(bytes, { headers });
    expect([again.status, again.answer]).toEqual([201, first.answer]);
    const other = await world.send(randomBytes(1_000), { headers });
    expect([other.status, other.answer.error.code]).toEqual([409, 'CONFLICT']);
    expect(await world.kept()).toEqual(kept);
    expect(await world.recorded()).toEqual([before.recorded[0] + 1, before.recorded[1] + 1]);
  });

  it('refuses the same file twice, and never tells of one that the sender may not see', async () => {
    const bytes = randomBytes(1_000);
    await world.added(bytes, { visibility: 'TEAM' });
    const again = await world.send(bytes);
    expect([again.status, again.answer.error.code, again.answer.error.path]).toEqual([
      409,
      'CONFLICT',
      ['body'],
    ]);
    // The stranger holds the same file, and must not learn that somebody else has it too.
    const own = await world.send(bytes, {}, world.strangerToken);
    expect(own.status).toBe(201);
    expect(new Set(await world.kept()).size).toBe(before.kept.length + 2);
  });

  it('leaves the date of the incident alone where evidence is added that not all may see who see the incident', async () => {
    const made = await world.filed('Dated');
    const updated = async () =>
      (
        await world.ask(
          world.stranger,
          `{ incident(key: "${made.key}") { updatedAt evidence { id } timeline { totalCount } } }`,
        )
      ).incident;
    const first = await updated();
    await world.added(randomBytes(100), { incident: made.ref, visibility: 'TEAM' });
    expect(await updated()).toEqual(first);
  });
});
