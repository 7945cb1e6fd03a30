import { readdir } from 'node:fs/promises';
import { createServer, request, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApiToken } from '../../../api/src/access/api-tokens.ts';
import type { Principal, Scope } from '../../../api/src/access/viewer.ts';
import { doorkeeper } from '../../../api/src/doorkeeper.ts';
import { importRoute } from '../../../api/src/interchange/import-route.ts';
import { inAnotherTeam } from '../../testkit/in-teams.ts';
import { asJson, type ImportWorld, importWorld, logOf } from './inspect-fixture.ts';

const express = createRequire(import.meta.resolve('../../../api/src/server.ts'))(
  'express',
) as typeof import('express');

describe('POST /import', () => {
  let world: ImportWorld;
  let server: Server;
  let url: string;
  let reporter: Principal;
  let token: string;
  const largest = 100_000;

  beforeAll(async () => {
    world = await importWorld();
    const app = express();
    app.post('/import', importRoute(world.services, { admit: doorkeeper(world.services).admit, largest }));
    server = createServer(app);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/import`;
    reporter = await world.person('REPORTER');
    token = await tokenOf(reporter, ['read', 'write:evals']);
  });
  afterAll(async () => {
    await new Promise((resolve) => server.close(resolve));
    await world.close();
  });

  async function tokenOf(by: Principal, scopes: Scope[]): Promise<string> {
    const teamId = by.teamIds[0]!;
    const made = await world.services.db.$transaction((tx) =>
      createApiToken({ tx, by, teamId, context: world.services }, { name: 'tool', scopes }),
    );
    return made.token;
  }

  async function send(body: Buffer, headers: Record<string, string> = {}, query = '') {
    const response = await fetch(`${url}${query}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, ...headers },
      body: new Uint8Array(body),
    });
    return { status: response.status, answer: await response.json() };
  }

  it('answers 201 with what was kept and left out, then 200 for the same bytes', async () => {
    const first = await send(asJson(logOf()), { 'x-filename': encodeURIComponent('../../etc/größe.json') });
    expect(first.status).toBe(201);
    expect(first.answer).toMatchObject({
      status: 'SUCCEEDED',
      alreadyImported: false,
      format: 'inspect-json',
      evalRun: 'eval-run:inspect_evals/agentic_misalignment/evaluati',
      error: null,
    });
    expect(first.answer.kept.length).toBeGreaterThan(10);
    expect(first.answer.leftOut.length).toBeGreaterThan(0);
    const again = await send(asJson(logOf()));
    expect(again.status).toBe(200);
    expect(again.answer).toMatchObject({
      id: first.answer.id,
      alreadyImported: true,
      evalRun: first.answer.evalRun,
    });
    expect(await world.records.import.findMany({ select: { fileName: true } })).toEqual([
      { fileName: 'größe.json' },
    ]);
  });

  it('takes bytes that a colleague keeps restricted as if they were not there, and each sender finds their own again', async () => {
    const colleague = await world.person('REPORTER');
    const theirs = { authorization: `Bearer ${await tokenOf(colleague, ['read', 'write:evals'])}` };
    // The model and the evaluation are everybody's: a name that something hidden has may be known within a team.
    await send(asJson(logOf({ evalId: 'openrun1' })));
    const body = asJson(logOf({ evalId: 'keptrun1' }));
    const kept = await send(body, theirs, '?visibility=RESTRICTED');
    expect([kept.status, kept.answer.alreadyImported]).toEqual([201, false]);
    const own = await send(body);
    expect([own.status, own.answer.error ?? null]).toEqual([201, null]);
    expect(own.answer).toMatchObject({ status: 'SUCCEEDED', alreadyImported: false });
    expect(own.answer.id).not.toBe(kept.answer.id);
    expect(own.answer.evalRun).not.toBe(kept.answer.evalRun);
    expect(own.answer.warnings).toEqual(kept.answer.warnings);
    const again = await send(body);
    expect([again.status, again.answer.id]).toEqual([200, own.answer.id]);
    const theirsAgain = await send(body, theirs);
    expect([theirsAgain.status, theirsAgain.answer.id]).toEqual([200, kept.answer.id]);
    const third = await world.person('REPORTER');
    const seen = await send(body, {
      authorization: `Bearer ${await tokenOf(third, ['read', 'write:evals'])}`,
    });
    expect([seen.status, seen.answer.id]).toEqual([200, own.answer.id]);
  });

  it('takes a file of incidents that a colleague keeps restricted as if it were not there', async () => {
    const scopes: Scope[] = ['read', 'write:incidents'];
    const colleague = await world.person('REPORTER');
    const theirs = { authorization: `Bearer ${await tokenOf(colleague, scopes)}` };
    const ours = { authorization: `Bearer ${await tokenOf(reporter, scopes)}` };
    const body = asJson({
      data_type: 'AVID',
      metadata: { report_id: 'AVID-2025-R0009' },
      affects: { artifacts: [{ type: 'Model', name: 'quiet-7b' }] },
      problemtype: { description: { value: 'It gave way' } },
      description: { value: 'Under pressure.' },
    });
    const kept = await send(body, theirs, '?visibility=RESTRICTED');
    const own = await send(body, ours);
    expect([kept.status, own.status]).toEqual([201, 201]);
    expect(own.answer).toMatchObject({ status: 'SUCCEEDED', alreadyImported: false, kept: kept.answer.kept });
    expect(own.answer.incidents).toHaveLength(1);
    expect(own.answer.incidents).not.toEqual(kept.answer.incidents);
    expect((await send(body, ours)).answer).toMatchObject({ id: own.answer.id, alreadyImported: true });
  });

  it('makes one import of what two colleagues send at once', async () => {
    const colleague = await world.person('REPORTER');
    const theirs = { authorization: `Bearer ${await tokenOf(colleague, ['read', 'write:evals'])}` };
    const body = asJson(logOf({ evalId: 'at once1' }));
    const [one, other] = await Promise.all([send(body), send(body, theirs)]);
    expect([one.status, other.status].sort()).toEqual([200, 201]);
    expect(one.answer.id).toBe(other.answer.id);
  });

  it('takes the name from Content-Disposition where there is no other', async () => {
    await send(Buffer.from('no log'), { 'content-disposition': 'attachment; filename="notes.txt"' });
    expect(await world.records.import.findFirst({ orderBy: { id: 'desc' } })).toMatchObject({
      fileName: 'notes.txt',
      status: 'FAILED',
    });
  });

  it('answers 422 with the reason where the file is refused', async () => {
    const { status, answer } = await send(Buffer.from('neither'));
    expect(status).toBe(422);
    expect(answer).toMatchObject({
      status: 'FAILED',
      evalRun: null,
      error: expect.stringMatching(
        /^The file is neither JSON nor a zip: it looks like text that begins "neither"\. The formats that are known: Inspect logs/,
      ),
    });
  });

  it('refuses those who may not, each with the code that says why', async () => {
    const before = await world.counts();
    const body = asJson(logOf({ evalId: 'forbidden1' }));
    const anonymous = await send(body, { authorization: '' });
    expect([anonymous.status, anonymous.answer.error.code]).toEqual([401, 'UNAUTHENTICATED']);
    const expired = await send(body, { authorization: 'Bearer hw_nonsense' });
    expect([expired.status, expired.answer.error.code]).toEqual([401, 'UNAUTHENTICATED']);
    const reading = await send(body, { authorization: `Bearer ${await tokenOf(reporter, ['read'])}` });
    expect([reading.status, reading.answer.error.code]).toEqual([403, 'FORBIDDEN']);
    expect(reading.answer.error.message).toContain('write:evals');
    const blind = await send(body, { authorization: `Bearer ${await tokenOf(reporter, ['write:evals'])}` });
    expect([blind.status, blind.answer.error.message]).toEqual([403, 'The token used lacks the scope read.']);
    const viewer = await world.person('VIEWER');
    const viewing = await send(body, { authorization: `Bearer ${await tokenOf(viewer, ['read'])}` });
    expect([viewing.status, viewing.answer.error.code]).toEqual([403, 'FORBIDDEN']);
    expect(await world.counts()).toMatchObject({ ...before, event: expect.any(Number) });
  });

  /** Sends the first half, and the rest once the file has begun to come in and something has happened. */
  async function sendAround(by: string, body: Buffer, meanwhile: () => Promise<unknown>): Promise<number> {
    const headers = { authorization: `Bearer ${by}`, 'content-length': String(body.length) };
    const upload = request(url, { method: 'POST', headers });
    const status = new Promise<number>((resolve) =>
      upload.once('response', (response) => resolve(response.resume().statusCode ?? 0)),
    );
    upload.write(body.subarray(0, body.length / 2));
    await expect
      .poll(() => readdir(join(world.services.dataFolder, 'imports')), { timeout: 10_000 })
      .toHaveLength(1);
    await meanwhile();
    upload.end(body.subarray(body.length / 2));
    return status;
  }

  it.each<[string, number, (person: Principal) => Promise<unknown>]>([
    [
      'the token is revoked',
      401,
      ({ actorId }) => world.records.$executeRaw`
      update api_token set revoked_at = now() where actor_id = ${actorId}`,
    ],
    [
      'the account is disabled',
      401,
      ({ actorId }) => world.records.$executeRaw`
      update actor set disabled_at = now() where id = ${actorId}`,
    ],
    [
      'its sender may only read by then',
      403,
      ({ actorId }) => world.records.$executeRaw`
      update actor set role = 'VIEWER' where id = ${actorId}`,
    ],
  ])('records nothing where %s while the file is on its way', async (what, refused, meanwhile) => {
    const person = await world.person('REPORTER');
    const by = await tokenOf(person, ['read', 'write:evals']);
    const body = asJson(logOf({ evalId: what }));
    expect(await sendAround(by, body, () => meanwhile(person))).toBe(refused);
    expect(await world.records.import.count({ where: { actorId: person.actorId } })).toBe(0);
  });

  it('records for the team of now what was sent by somebody who changed teams meanwhile', async () => {
    const person = await world.person('REPORTER');
    const by = await tokenOf(person, ['read', 'write:evals']);
    const body = asJson(logOf({ evalId: 'changed teams' }));
    expect(await sendAround(by, body, () => inAnotherTeam(world.records, person))).toBe(201);
    const made = await world.records.import.findFirst({ where: { actorId: person.actorId } });
    const now = await world.records.membership.findFirst({ where: { actorId: person.actorId } });
    expect(made?.teamId).toBe(now?.teamId);
  });

  it('answers 202 for a file of many lines, which needs the scope for lineage and no other', async () => {
    const body = Buffer.from('{"node":"source:by-route"}\n');
    const evals = await send(body);
    expect([evals.status, evals.answer.error.message]).toEqual([
      403,
      'The token used lacks the scope write:lineage.',
    ]);
    const lineage = `Bearer ${await tokenOf(reporter, ['read', 'write:lineage'])}`;
    const taken = await send(body, { authorization: lineage });
    expect([taken.status, taken.answer.format]).toEqual([202, 'lineage-jsonl']);
    const log = await send(asJson(logOf({ evalId: 'nolineage1' })), { authorization: lineage });
    expect([log.status, log.answer.error.message]).toEqual([
      403,
      'The token used lacks the scope write:evals.',
    ]);
    await expect
      .poll(() => world.records.import.findFirst({ where: { format: 'lineage-jsonl' } }), { timeout: 10_000 })
      .toMatchObject({ status: 'SUCCEEDED' });
    expect((await send(body, { authorization: lineage })).status).toBe(200);
  });

  it('refuses a body that is too large, told or untold, a form, and an unknown visibility', async () => {
    const large = Buffer.alloc(largest + 1, 32);
    expect((await send(large)).status).toBe(413);
    const chunked = await fetch(url, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: new Blob([new Uint8Array(large)]).stream(),
      duplex: 'half',
    } as RequestInit);
    expect([chunked.status, (await chunked.json()).error.code]).toEqual([413, 'TOO_LARGE']);
    expect((await send(asJson(logOf()), { 'content-type': 'multipart/form-data; boundary=x' })).status).toBe(
      415,
    );
    expect((await send(asJson(logOf()), { 'content-encoding': 'gzip' })).status).toBe(415);
    expect((await send(asJson(logOf()), {}, '?visibility=EVERYONE')).status).toBe(400);
  });

  it('shows the run as widely as was asked for', async () => {
    const { answer } = await send(
      asJson(logOf({ evalId: 'visiblerun', task: 'open', model: 'lab/open' })),
      {},
      '?visibility=PUBLIC',
    );
    expect(answer.status).toBe('SUCCEEDED');
    const run = await world.records.node.findFirst({ where: { name: 'open/visibler' } });
    expect(run?.visibility).toBe('PUBLIC');
  });

  it('masks what goes wrong inside, and keeps no file', async () => {
    const broken = {
      ...world.services,
      db: new Proxy(world.services.db, {
        get: (db, name) => {
          if (name === '$transaction') return () => Promise.reject(new Error('a secret of the house'));
          return Reflect.get(db, name);
        },
      }),
    };
    const app = express();
    app.post('/import', importRoute(broken, { admit: doorkeeper(broken).admit }));
    const other = createServer(app);
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const response = await fetch(`http://127.0.0.1:${(other.address() as AddressInfo).port}/import`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: new Uint8Array(asJson(logOf({ evalId: 'brokenrun1' }))),
    });
    const answer = await response.json();
    await new Promise((resolve) => other.close(resolve));
    expect(response.status).toBe(500);
    expect(answer.error.code).toBe('INTERNAL');
    expect(JSON.stringify(answer)).not.toContain('secret of the house');
    expect(await readdir(join(world.services.dataFolder, 'imports'))).toEqual([]);
  });
});
