import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inAnotherTeam } from '../../testkit/in-teams.ts';
import { type FiledWorld, filedWorld } from './filed-world.ts';
import { mutate } from './world.ts';

describe('incidents', () => {
  let world: FiledWorld;
  beforeAll(async () => {
    world = await filedWorld();
  });
  afterAll(() => world.api.close());

  it('move along the table of their life, and nowhere else', async () => {
    const made = await world.file('Moves');
    const move = (as: FiledWorld['reporter'], to: string, more: object = {}) =>
      world.run(
        as,
        'changeIncidentStatus',
        { incident: made.ref, to, ...more },
        'incident { status transitions { to allowed needsComment } timeline(last: 1) { nodes { summary } } }',
      );
    const wrong = await move(world.investigator, 'CLOSED');
    expect(wrong).toMatchObject({ __typename: 'TransitionError', path: ['to'], from: 'SUBMITTED' });
    expect(wrong.allowed).toContain('TRIAGED');
    const asReporter = await mutate(
      world.api,
      world.reporter,
      'changeIncidentStatus',
      { incident: made.ref, to: 'TRIAGED' },
      'incident { id }',
    );
    expect(asReporter.errors[0]?.code).toBe('FORBIDDEN');
    expect(await move(world.investigator, 'REJECTED')).toMatchObject({
      __typename: 'InputError',
      path: ['comment'],
    });
    expect(await move(world.investigator, 'DUPLICATE')).toMatchObject({
      __typename: 'InputError',
      path: ['duplicateOf'],
    });
    expect(await move(world.investigator, 'DUPLICATE', { duplicateOf: made.ref })).toMatchObject({
      __typename: 'InputError',
      path: ['duplicateOf'],
    });
    for (const to of ['TRIAGED', 'INVESTIGATING', 'MITIGATED', 'RESOLVED', 'CLOSED'])
      expect((await move(world.investigator, to, { comment: 'On it' })).incident.status).toBe(to);
    const regressed = await move(world.investigator, 'INVESTIGATING', { comment: 'It came back' });
    expect(regressed.incident.status).toBe('INVESTIGATING');
    expect(regressed.incident.timeline.nodes).toEqual([
      { summary: 'Moved from closed to investigating: It came back' },
    ]);
    const original = await world.file('The original');
    await move(world.investigator, 'DUPLICATE', { duplicateOf: original.ref });
    const related = await world.ask(
      world.viewer,
      'query ($key: String!) { incident(key: $key) { related { relation incident { title } } } }',
      { key: original.key },
    );
    expect(related.incident.related).toEqual([
      { relation: 'duplicate of (as the other incident says)', incident: { title: 'Moves' } },
    ]);
  });

  it('are edited only as they were seen', async () => {
    const made = await world.file('Edited', { occurredAt: '2025-01-01T00:00:00.000Z' });
    const first = await world.run(
      world.reporter,
      'updateIncident',
      {
        incident: made.ref,
        title: 'Edited once',
        severity: 'LOW',
        behaviors: ['sabotage'],
        occurredAt: null,
        expectedUpdatedAt: made.updatedAt,
      },
      'incident { title severity occurredAt behaviors { name } key }',
    );
    expect(first.incident).toEqual({
      title: 'Edited once',
      severity: 'LOW',
      occurredAt: null,
      behaviors: [{ name: 'sabotage' }],
      key: made.key,
    });
    const stale = await world.run(
      world.reporter,
      'updateIncident',
      { incident: made.ref, title: 'Lost', expectedUpdatedAt: made.updatedAt },
      'incident { id }',
    );
    expect(stale).toMatchObject({
      __typename: 'ConflictError',
      path: ['expectedUpdatedAt'],
      existing: { id: made.id },
    });
  });

  it('are linked and unlinked, and the same thing is not linked twice', async () => {
    const made = await world.file('Linked');
    const other = await world.file('Another');
    const fields =
      'incident { modelVersions { id ref } evalRuns { id } suspects { id label reason } related { relation incident { id } } }';
    const linked = await world.run(
      world.reporter,
      'linkIncident',
      {
        incident: made.ref,
        modelVersions: ['model:opus@4'],
        evalRuns: ['eval-run:sonnet%20run'],
        suspects: ['source:dystopian-books'],
        suspectReason: 'it is full of it',
        related: [{ incident: other.ref, relation: 'follows' }],
      },
      fields,
    );
    const { modelVersions, suspects, related, evalRuns } = linked.incident;
    expect(modelVersions.map((m: { ref: string }) => m.ref)).toEqual(['model:opus@4', 'model:sonnet@4']);
    expect(suspects[0]).toMatchObject({ label: 'dystopian-books', reason: 'it is full of it' });
    expect(related).toEqual([{ relation: 'follows', incident: { id: other.id } }]);
    const twice = await world.run(
      world.reporter,
      'linkIncident',
      { incident: made.ref, modelVersions: ['model:opus@4'] },
      fields,
    );
    expect(twice).toMatchObject({ __typename: 'ConflictError', path: ['modelVersions', '0'] });
    const unlinked = await world.run(
      world.reporter,
      'linkIncident',
      {
        incident: made.ref,
        unlink: [modelVersions[0].id, evalRuns[0].id, suspects[0].id, other.id],
        reason: 'mistaken',
      },
      fields,
    );
    expect(unlinked.incident).toEqual({ modelVersions: [], evalRuns: [], suspects: [], related: [] });
    const gone = await world.run(
      world.reporter,
      'linkIncident',
      { incident: made.ref, unlink: [suspects[0].id] },
      fields,
    );
    expect(gone).toMatchObject({ __typename: 'NotFoundError', path: ['unlink', '0'] });
  });

  it('hold evidence by the digest of its bytes, once', async () => {
    const made = await world.file('Evidenced');
    const text = 'Ich weiß, was du getan hast.';
    const input = {
      incident: made.ref,
      kind: 'TRANSCRIPT',
      title: 'What it wrote',
      text,
      warning: 'A threat.',
    };
    const added = await world.run(
      world.other,
      'addEvidence',
      input,
      'evidence { digest bytes sensitivity warning text mediaType }',
    );
    expect(added.evidence).toEqual({
      digest: createHash('sha256').update(text).digest('hex'),
      bytes: String(Buffer.byteLength(text)),
      sensitivity: 'SENSITIVE',
      warning: 'A threat.',
      text,
      mediaType: 'text/plain; charset=utf-8',
    });
    const again = await world.run(world.other, 'addEvidence', input, 'evidence { id }');
    expect(again).toMatchObject({ __typename: 'ConflictError', path: ['text'] });
  });

  it('are edited and unlinked only by those who may', async () => {
    const { records } = world.api;
    const stranger = await inAnotherTeam(records, await world.api.person('REPORTER'));
    const made = await world.file('Ours', { modelVersions: ['model:opus@4'] });
    const edit = await mutate(
      world.api,
      stranger,
      'updateIncident',
      { incident: made.ref, title: 'Theirs' },
      'incident { id }',
    );
    expect(edit.errors[0]).toMatchObject({
      code: 'FORBIDDEN',
      message: expect.stringContaining('team that filed it'),
    });
    // An investigator of another team may edit, but takes back no link that his team did not assert.
    const investigator = await inAnotherTeam(records, await world.api.person('INVESTIGATOR'));
    const model = await world.ask(world.viewer, '{ lineageNode(ref: "model:opus@4") { id } }');
    const unlink = { incident: made.ref, unlink: [model.lineageNode.id] };
    const taken = await mutate(world.api, investigator, 'linkIncident', unlink, 'incident { id }');
    expect(taken.errors[0]).toMatchObject({
      code: 'FORBIDDEN',
      message: expect.stringContaining('asserted this link'),
    });
    const byAdministrator = await world.run(
      world.administrator,
      'linkIncident',
      unlink,
      'incident { modelVersions { ref } }',
    );
    expect(byAdministrator.incident.modelVersions).toEqual([]);
  });
});
