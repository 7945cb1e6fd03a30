import { randomBytes } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bytesOf, type EvidenceWorld, everythingRecorded, evidenceWorld } from './world.ts';

describe('GET /evidence', () => {
  let world: EvidenceWorld;

  beforeAll(async () => {
    world = await evidenceWorld();
  });
  afterAll(() => world.close());

  /** All that an answer tells but the moment. */
  async function told(path: string, token: string | null): Promise<string> {
    const response = await world.get(path, token);
    // What is left of the caller's budget goes by what they asked for and by the clock, here and there alike.
    const headers = [...response.headers]
      .map(([name, value]) => (name === 'date' || name === 'ratelimit' ? [name] : [name, value]))
      .sort();
    return JSON.stringify([response.status, headers, await response.text()]);
  }

  it('answers for what is hidden exactly as for what is not there', async () => {
    const hidden = await world.added('a hidden thing', { visibility: 'TEAM', sensitivity: 'NONE' });
    const locked = await world.added('a locked thing', {
      visibility: 'RESTRICTED',
      sensitivity: 'HAZARDOUS',
    });
    expect((await world.get(hidden)).status).toBe(200);
    for (const token of [world.strangerToken, null]) {
      const absent = await told(world.services.ids.encode('Evidence', 999_999n), token);
      expect(absent).toContain('404');
      for (const path of [
        hidden,
        locked,
        `${hidden}?reveal=${hidden}`,
        `${locked}?reveal=x`,
        world.services.ids.encode('Actor', 1n),
        'nonsense',
      ])
        expect(await told(path, token), path).toBe(absent);
    }
  });

  it('gives what is public to whoever asks, and refuses a bad token instead of taking it for none', async () => {
    const open = await world.filed('Open', { visibility: 'PUBLIC' });
    const id = await world.added('open to all', { incident: open.ref, sensitivity: 'SENSITIVE' });
    expect(await (await world.get(id, null)).text()).toBe('open to all');
    const refused = await world.get(id, 'hw_nonsense');
    expect([refused.status, (await refused.json()).error.code]).toEqual([401, 'UNAUTHENTICATED']);
  });

  it('tells with HEAD what GET would, without the bytes', async () => {
    const id = await world.added('only told of', { sensitivity: 'NONE' });
    const response = await world.get(id, world.reporterToken, 'HEAD');
    expect([response.status, response.headers.get('content-length'), await response.text()]).toEqual([
      200,
      '12',
      '',
    ]);
  });

  it('gives a text that was added by a mutation, named after its title', async () => {
    const text = '\ufeffWas ich weiß\r\n\ttab  ';
    const added = await world.run(
      world.reporter,
      'addEvidence',
      { incident: world.incident, kind: 'TRANSCRIPT', title: 'What it wrote', text, sensitivity: 'NONE' },
      'evidence { id text fileName }',
    );
    expect(added.evidence).toMatchObject({ text, fileName: 'what-it-wrote.txt' });
    const response = await world.get(added.evidence.id);
    expect(Buffer.from(await response.arrayBuffer()).toString()).toBe(text);
  });

  it('gives a text that was recorded before there was sealing', async () => {
    const { ids } = world.services;
    const [row] = await world.api.records.$queryRaw<[{ id: bigint }]>`
      insert into evidence (incident_id, kind, title, text, digest, media_type, bytes, sensitivity, team_id, actor_id)
      select incident_id, kind, 'Old', 'old words', digest, 'text/plain', 9, 'NONE', team_id, actor_id from evidence order by id limit 1
      returning id`;
    const id = ids.encode('Evidence', row.id);
    expect(await (await world.get(id)).text()).toBe('old words');
    const { node } = await world.ask(world.reporter, `{ node(id: "${id}") { ... on Evidence { text } } }`);
    expect(node.text).toBe('old words');
  });

  it('answers no more text at once than it would hold in memory, and says so', async () => {
    const made = await world.filed('Very long');
    const id = await world.added('short', { incident: made.ref, sensitivity: 'NONE' });
    await world.api.records.$executeRaw`
      insert into evidence (incident_id, kind, title, text, digest, media_type, bytes, sensitivity, team_id, actor_id)
      select incident_id, kind, 'Long', repeat('x', 1000000), digest, 'text/plain', 1000000, 'NONE', team_id, actor_id
      from evidence, generate_series(1, 18) where id = ${world.services.ids.decode(id)!.id}`;
    const asked = `{ incident(key: "${made.key}") { evidence { text } } }`;
    const { data, errors } = await world.api.as(world.reporter)(asked);
    expect(errors.length).toBeGreaterThanOrEqual(2);
    expect(new Set(errors.map((error) => error.code))).toEqual(new Set(['BAD_USER_INPUT']));
    const long = data.incident.evidence.filter(
      (one: { text: string | null }) => one.text?.length === 1_000_000,
    );
    expect(long).toHaveLength(16);
  });

  it('keeps what is retracted, for whoever may see it', async () => {
    const made = await world.filed('Retracted evidence');
    const id = await world.added('taken back', { incident: made.ref, sensitivity: 'NONE' });
    const kept = await world.kept();
    await world.run(world.reporter, 'linkIncident', { incident: made.ref, unlink: [id] }, 'incident { id }');
    const { incident } = await world.ask(
      world.reporter,
      `{ incident(key: "${made.key}") { evidence { id } } }`,
    );
    expect(incident.evidence).toEqual([]);
    expect(await world.kept()).toEqual(kept);
    expect(await (await world.get(id)).text()).toBe('taken back');
  });

  it('gives not one byte of an object whose beginning was altered, and masks why', async () => {
    const before = new Set(await world.kept());
    const id = await world.added('words that were altered', { sensitivity: 'NONE' });
    const [path] = (await world.kept()).filter((one) => !before.has(one));
    const bytes = await readFile(path!);
    bytes.writeUInt8(bytes.readUInt8(20) ^ 1, 20);
    await writeFile(path!, bytes);
    const response = await world.get(id);
    const answer = await response.text();
    expect([response.status, JSON.parse(answer).error.code]).toEqual([500, 'INTERNAL']);
    expect(answer).not.toMatch(/seal|evidence\//i);
    expect(response.headers.get('content-disposition')).toBeNull();
    const other = await world.added('words that were not', { sensitivity: 'NONE' });
    const { data, errors } = await world.api.as(world.reporter)(
      `{ nodes(ids: ["${id}", "${other}"]) { ... on Evidence { text } } }`,
    );
    expect(errors).toMatchObject([{ code: 'INTERNAL' }]);
    expect(data.nodes).toEqual([{ text: null }, { text: 'words that were not' }]);
    await rm(path!);
    expect((await world.get(id)).status).toBe(500);
  });

  it('breaks off where a later part was altered or is missing, so that nobody takes it for the whole', async () => {
    const before = new Set(await world.kept());
    const content = randomBytes(300_000);
    const id = await world.added(content, { sensitivity: 'NONE' });
    const [path] = (await world.kept()).filter((one) => !before.has(one));
    const whole = await readFile(path!);
    const altered = Buffer.from(whole);
    altered.writeUInt8(altered.readUInt8(250_000) ^ 1, 250_000);
    for (const wrong of [altered, whole.subarray(0, 16 + 2 * (65_536 + 16))]) {
      await writeFile(path!, wrong);
      const response = await world.get(id);
      await expect(response.arrayBuffer()).rejects.toThrow();
    }
    await writeFile(path!, whole);
    expect(Buffer.from(await (await world.get(id)).arrayBuffer()).equals(content)).toBe(true);
  });

  it('is all that tells the words: neither the database nor the store has them in clear', async () => {
    const marker = randomBytes(24).toString('hex');
    await world.run(
      world.reporter,
      'addEvidence',
      {
        incident: world.incident,
        kind: 'QUOTATION',
        title: 'Marked',
        text: `typed ${marker}`,
        sensitivity: 'NONE',
        idempotencyKey: 'marked',
      },
      'evidence { id text }',
    );
    const file = `${'sent '.repeat(20_000)}${marker}`;
    await world.added(file, { sensitivity: 'NONE', headers: { 'content-type': 'text/plain' } });
    await world.api.as(world.reporter)(
      `query ($ref: NodeRef!) { lineageNode(ref: $ref) { ... on Incident { evidence { text } } } }`,
      {
        ref: world.incident,
      },
    );
    const recorded = await everythingRecorded(world.api);
    expect(recorded).toContain('Marked');
    for (const words of [marker, Buffer.from(marker).toString('hex'), Buffer.from(marker).toString('base64')])
      expect(recorded).not.toContain(words);
    const stored = await bytesOf(await world.kept());
    expect(stored.length).toBeGreaterThan(file.length);
    expect(stored.includes(marker)).toBe(false);
  });
});
