import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApiToken } from '../../../api/src/access/api-tokens.ts';
import { ANONYMOUS, type Principal, type Viewer } from '../../../api/src/access/viewer.ts';
import { revealedText } from '../../../api/src/incident/read-evidence.ts';
import { requestContext } from '../../../api/src/request-context.ts';
import { rows } from '../incident/world.ts';
import { type EvidenceWorld, evidenceWorld } from './world.ts';

const REASON = 'To judge whether the grader was right.';
const TEXT = 'how to do harm, in detail';
const FIELDS = 'evidence { id text } text ticket expiresAt';

describe('restricted evidence', () => {
  let world: EvidenceWorld;
  let hazardous: string;
  /** How many reveals had been committed whenever the vault was asked to open something. */
  const openedAfter: number[] = [];

  beforeAll(async () => {
    world = await evidenceWorld({
      services: (own, records) => {
        const { vault } = own;
        const watched: typeof vault = {
          ...vault,
          async *get(object) {
            openedAfter.push(await records.evidenceReveal.count());
            yield* vault.get(object);
          },
        };
        return { ...own, vault: watched };
      },
    });
    // GraphQL is asked without a socket, over the services of the world's own.
    Object.assign(world.api.services, { vault: world.services.vault });
    hazardous = await world.added(TEXT, {
      sensitivity: 'HAZARDOUS',
      headers: { 'content-type': 'text/plain', 'x-title': 'A%20recipe' },
    });
  });
  afterAll(() => world.close());

  const reveal = (as: Viewer, input: object, fields = FIELDS) =>
    world.run(as, 'revealEvidence', input, fields);
  const textFor = async (as: Viewer, id: string) =>
    (await world.ask(as, `{ node(id: "${id}") { ... on Evidence { text restricted } } }`)).node;

  it('gives not a byte without a reason, to its author and to administrators neither', async () => {
    openedAfter.length = 0;
    const administrator = await world.api.person('ADMINISTRATOR');
    for (const viewer of [world.reporter, world.stranger, administrator])
      expect(await textFor(viewer, hazardous)).toEqual({ text: null, restricted: true });
    for (const token of [world.reporterToken, await world.tokenOf(administrator)]) {
      const response = await world.get(hazardous, token);
      expect([response.status, (await response.json()).error.code]).toEqual([403, 'REVEAL_REQUIRED']);
      expect((await world.get(hazardous, token, 'HEAD')).headers.get('content-disposition')).toBeNull();
    }
    expect(openedAfter).toEqual([]);
  });

  it.each([
    ['hazardous', { sensitivity: 'HAZARDOUS' }, true],
    ['for named people', { sensitivity: 'NONE', visibility: 'RESTRICTED' }, true],
    ['sensitive', { sensitivity: 'SENSITIVE' }, false],
    ['for a team', { sensitivity: 'NONE', visibility: 'TEAM' }, false],
  ])('is what is %s', async (what, sending, restricted) => {
    const id = await world.added(`evidence ${what}`, {
      ...sending,
      headers: { 'content-type': 'text/plain' },
    });
    expect(await textFor(world.reporter, id)).toEqual({
      text: restricted ? null : `evidence ${what}`,
      restricted,
    });
  });

  it('is what belongs to a restricted incident, too', async () => {
    const made = await world.filed('For few', { visibility: 'RESTRICTED' });
    const id = await world.added('few words', {
      incident: made.ref,
      sensitivity: 'NONE',
      visibility: 'PUBLIC',
    });
    expect(await textFor(world.reporter, id)).toEqual({ text: null, restricted: true });
  });

  it('is opened by a reason, which is committed before the first byte is read', async () => {
    openedAfter.length = 0;
    const before = await rows(world.api, 'evidence_reveal');
    const made = await reveal(world.stranger, { id: hazardous, reason: `  ${REASON} ` });
    expect(made).toMatchObject({ text: TEXT, evidence: { id: hazardous, text: null } });
    expect(openedAfter).toEqual([before + 1]);
    const response = await world.get(`${hazardous}?reveal=${made.ticket}`, world.strangerToken);
    expect([response.status, await response.text()]).toEqual([200, TEXT]);
    expect(openedAfter).toEqual([before + 1, before + 1]);
  });

  it('lists the last thousand of its reveals and says how many there are, reading no more', async () => {
    const id = await world.added('often asked for', { sensitivity: 'HAZARDOUS' });
    await reveal(world.reporter, { id, reason: REASON });
    await world.api.records.$executeRaw`
      insert into evidence_reveal (evidence_id, reason, expires_at, visibility, team_id, actor_id)
      select v.evidence_id, 'reason ' || g, v.expires_at, v.visibility, v.team_id, v.actor_id
      from evidence_reveal v join evidence e on e.id = v.evidence_id, generate_series(1, 1100) g
      where e.id = ${world.services.ids.decode(id)!.id}`;
    const { data, statements } = await world.api.as(world.reporter)(
      `{ node(id: "${id}") { ... on Evidence { reveals { reason } truncations { field shown total } } } }`,
    );
    const { reveals, truncations } = data.node;
    expect([reveals.length, reveals[0].reason]).toEqual([1_000, 'reason 1100']);
    expect(truncations).toEqual([{ field: 'reveals', shown: 1_000, total: 1_101 }]);
    const reading = statements.filter((sql) => /from evidence_reveal r/.test(sql));
    expect(reading).toHaveLength(1);
    expect(reading[0]).toContain('"listPlace" <=');
  });

  it('opens to nobody but whoever gave the reason, and nothing else by it', async () => {
    const { ticket } = await reveal(world.stranger, { id: hazardous, reason: REASON });
    const another = await world.added('another', { sensitivity: 'HAZARDOUS' });
    const auditor = await world.api.person('AUDITOR');
    const auditing = await world.services.db.$transaction((tx) =>
      createApiToken(
        { tx, by: auditor, teamId: auditor.teamIds[0]!, context: world.services },
        { name: 'audit', scopes: ['read'] },
      ),
    );
    openedAfter.length = 0;
    for (const [path, token] of [
      [`${hazardous}?reveal=${ticket}`, world.reporterToken],
      [`${hazardous}?reveal=${ticket}`, auditing.token],
      [`${another}?reveal=${ticket}`, world.strangerToken],
      [`${hazardous}?reveal=`, world.strangerToken],
      [`${hazardous}?reveal=nonsense`, world.strangerToken],
      [`${hazardous}?reveal=${hazardous}`, world.strangerToken],
      [`${hazardous}?reveal=${ticket}&reveal=${ticket}`, world.strangerToken],
    ] as const)
      expect((await world.get(path, token)).status, path).toBe(403);
    expect((await world.get(`${hazardous}?reveal=${ticket}`, null)).status).toBe(404);
    expect(openedAfter).toEqual([]);
  });

  it('opens to no token of theirs that may not read', async () => {
    const { ref: incident } = await world.filed('Hazardous, told to all', { visibility: 'PUBLIC' });
    const id = await world.added(TEXT, { incident, sensitivity: 'HAZARDOUS' });
    const { ticket } = await reveal(world.stranger, { id, reason: REASON });
    const blind = await world.tokenOf(world.stranger, ['write:incidents']);
    expect((await world.get(`${id}?reveal=${ticket}`, blind)).status).toBe(403);
    expect((await world.get(`${id}?reveal=${ticket}`, world.strangerToken)).status).toBe(200);
  });

  it('is closed again when its time is over, under an idempotency key too', async () => {
    const input = { id: hazardous, reason: REASON, idempotencyKey: 'reveal-1' };
    const first = await reveal(world.reporter, input);
    const again = await reveal(world.reporter, input);
    expect([again.ticket, again.text]).toEqual([first.ticket, TEXT]);
    const { ids } = world.services;
    const evidenceId = ids.decode(hazardous)!.id;
    const teamId = world.reporter.teamIds[0]!;
    const { actorId } = world.reporter;
    const over = await world.api.records.evidenceReveal.create({
      data: { evidenceId, reason: REASON, teamId, actorId, expiresAt: new Date(Date.now() - 1_000) },
    });
    const ticket = ids.encode('EvidenceReveal', over.id);
    expect((await world.get(`${hazardous}?reveal=${ticket}`)).status).toBe(403);
    const context = requestContext(world.services, world.reporter);
    expect(await revealedText(context, { evidenceId, revealId: over.id })).toBeNull();
  });

  it('refuses a reason that is none, what is hidden, what is open, and who is not signed in, recording nothing', async () => {
    const open = await world.added('open words', { sensitivity: 'SENSITIVE' });
    const hidden = await world.added('hidden words', { sensitivity: 'HAZARDOUS', visibility: 'RESTRICTED' });
    const absent = world.services.ids.encode('Evidence', 999_999n);
    const before = [await rows(world.api, 'evidence_reveal'), await rows(world.api, 'event')];
    openedAfter.length = 0;
    for (const reason of ['', 'because', ' '.repeat(40), 'x'.repeat(2_001)])
      expect(await reveal(world.stranger, { id: hazardous, reason })).toMatchObject({
        __typename: 'InputError',
        path: ['reason'],
      });
    const refusals = [];
    for (const id of [hidden, absent]) {
      const refused = await reveal(world.stranger, { id, reason: REASON });
      expect(refused.__typename).toBe('NotFoundError');
      refusals.push(JSON.stringify(refused).replaceAll(id, 'ID'));
    }
    expect(refusals[0]).toBe(refusals[1]);
    expect(await reveal(world.stranger, { id: world.incident, reason: REASON })).toMatchObject({
      __typename: 'InputError',
      path: ['id'],
    });
    expect(await reveal(world.stranger, { id: open, reason: REASON })).toMatchObject({
      __typename: 'ConflictError',
    });
    const mutation = `mutation { revealEvidence(input: { id: "${hazardous}", reason: "${REASON}" }) { __typename } }`;
    expect((await world.api.as(ANONYMOUS)(mutation)).errors).toMatchObject([{ code: 'UNAUTHENTICATED' }]);
    const blind: Principal = { ...world.stranger, scopes: new Set(['write:incidents'] as const) };
    expect((await world.api.as(blind)(mutation)).errors).toMatchObject([{ code: 'FORBIDDEN' }]);
    expect([await rows(world.api, 'evidence_reveal'), await rows(world.api, 'event')]).toEqual(before);
    expect(openedAfter).toEqual([]);
  });

  it('tells auditors, administrators and the incident’s team who opened it and why, and nobody else', async () => {
    const made = await world.filed('Opened by some');
    const id = await world.added('opened words', { incident: made.ref, sensitivity: 'HAZARDOUS' });
    await reveal(world.stranger, { id, reason: REASON });
    const query = `query ($id: ID!, $key: String!) {
      node(id: $id) { ... on Evidence { reveals { reason by { name } } } }
      incident(key: $key) { timeline { nodes { type payload } totalCount } } }`;
    const seenBy = (viewer: Viewer) => world.ask(viewer, query, { id, key: made.key });
    const told = [{ reason: REASON, by: { name: world.stranger.name } }];
    for (const viewer of [
      world.reporter,
      await world.api.person('AUDITOR'),
      await world.api.person('ADMINISTRATOR'),
    ]) {
      const seen = await seenBy(viewer);
      expect(seen.node.reveals).toEqual(told);
      expect(seen.incident.timeline.nodes.at(-1)).toMatchObject({
        type: 'EVIDENCE_REVEALED',
        payload: { reason: REASON },
      });
    }
    const elsewhere = { ...(await world.api.person('INVESTIGATOR')), teamIds: [] };
    const seen = await seenBy(elsewhere);
    expect(seen.node.reveals).toBeNull();
    expect(JSON.stringify(seen)).not.toContain(REASON);
    expect(seen.incident.timeline.totalCount).toBe(seen.incident.timeline.nodes.length);
  });

  it('does not tell the team by its timeline of evidence that only some of them may see', async () => {
    const made = await world.filed('With something for few');
    const id = await world.added('for few', {
      incident: made.ref,
      visibility: 'RESTRICTED',
      headers: { 'x-title': 'Secret%20title' },
    });
    await reveal(world.reporter, { id, reason: REASON });
    const colleague = await world.api.person('REPORTER');
    const query = `{ incident(key: "${made.key}") { evidence { id } timeline { totalCount nodes { type payload } } } }`;
    const seen = await world.ask(colleague, query);
    expect(seen.incident.evidence).toEqual([]);
    expect(seen.incident.timeline.nodes).toHaveLength(1);
    expect(JSON.stringify(seen)).not.toMatch(/Secret title|judge/);
    // Nor when the incident is opened to more.
    await world.run(
      world.reporter,
      'updateIncident',
      { incident: made.ref, visibility: 'PUBLIC' },
      'incident { id }',
    );
    expect(JSON.stringify(await world.ask(ANONYMOUS, query))).not.toMatch(/Secret title|judge|REVEALED/);
  });

  it('is never told of by its words: not in an event, not in a refusal', async () => {
    const [row] = await world.api.records.$queryRaw<
      [{ all: string }]
    >`select string_agg(payload::text, ' ') as all from event`;
    expect(row.all).toContain(REASON);
    expect(row.all).not.toContain(TEXT);
  });
});
