import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ANONYMOUS } from '../../../api/src/access/viewer.ts';
import { type FiledWorld, filedWorld } from './filed-world.ts';
import { incident, mutate, rows } from './world.ts';

const TABLES = [
  'node',
  'edge',
  'incident',
  'incident_behavior',
  'suspect',
  'report',
  'related_incident',
  'content_tag',
  'event',
];
const counts = (world: FiledWorld) => Promise.all(TABLES.map((table) => rows(world.api, table)));

describe('incidents', () => {
  let world: FiledWorld;
  beforeAll(async () => {
    world = await filedWorld();
  });
  afterAll(() => world.api.close());

  it('are filed in one call with all their links, under a key of the year they happened in', async () => {
    const made = await world.file(
      'Opus threatened an engineer',
      {
        behaviors: ['blackmail'],
        modelVersions: ['model:sonnet@4'],
        evalRuns: ['eval-run:opus%20run'],
        suspects: ['source:dystopian-books'],
        suspectTags: ['fiction/dystopian-ai'],
        occurredAt: '2025-05-22T00:00:00.000Z',
        reports: [{ title: 'It threatened', url: 'https://example.org/a', publisher: 'A paper' }],
      },
      `incident {
        id key ref status severity setting occurredAt filedBy { name } team { name } visibility
        behaviors { name } modelVersions { ref } evalRuns { ref } measurements { rate behavior { name } }
        suspects { kind label node { ref } contentTag { name } } reports { title url } canEdit { allowed reason }
        timeline { totalCount nodes { type summary by { name } } }
        lineage { nodes { ref } }
      }`,
    );
    expect(made.key).toMatch(/^MBI-2025-\d{4}$/);
    expect(made).toMatchObject({
      ref: `incident:${made.key}`,
      status: 'SUBMITTED',
      visibility: 'MEMBERS',
      behaviors: [{ name: 'blackmail' }],
      evalRuns: [{ ref: 'eval-run:opus%20run' }],
      measurements: [{ rate: 0.96, behavior: { name: 'blackmail' } }],
      reports: [{ title: 'It threatened', url: 'https://example.org/a' }],
      canEdit: { allowed: true, reason: null },
    });
    // Linked, or examined by a linked run.
    expect(made.modelVersions).toEqual([{ ref: 'model:sonnet@4' }, { ref: 'model:opus@4' }]);
    expect(made.suspects).toEqual([
      { kind: 'SOURCE', label: 'dystopian-books', node: { ref: 'source:dystopian-books' }, contentTag: null },
      {
        kind: 'CONTENT_TAG',
        label: 'fiction/dystopian-ai',
        node: null,
        contentTag: { name: 'fiction/dystopian-ai' },
      },
    ]);
    expect(made.timeline.nodes).toEqual([
      {
        type: 'INCIDENT_FILED',
        summary: 'Filed the incident: Opus threatened an engineer',
        by: { name: made.filedBy.name },
      },
    ]);
    expect(made.lineage.nodes.map((n: { ref: string }) => n.ref)).toEqual(
      expect.arrayContaining([made.ref, 'model:opus@4', 'model:sonnet@4', 'eval-run:opus%20run']),
    );
    const byKey = await world.ask(
      world.viewer,
      'query ($key: String!) { incident(key: $key) { id canEdit { allowed reason } } }',
      { key: made.key },
    );
    expect(byKey.incident).toMatchObject({
      id: made.id,
      canEdit: { allowed: false, reason: expect.stringContaining('viewer') },
    });
  });

  it.each([
    ['an empty title', { title: ' ' }, 'InputError', ['title']],
    ['an unknown behaviour', { behaviors: ['blackmail', 'nonsense'] }, 'NotFoundError', ['behaviors', '1']],
    [
      'an unknown model',
      { modelVersions: ['model:opus@4', 'model:none@1'] },
      'NotFoundError',
      ['modelVersions', '1'],
    ],
    ['a suspect that cannot be one', { suspects: ['model:opus@4'] }, 'InputError', ['suspects', '0']],
    [
      'a model named twice',
      { modelVersions: ['model:opus@4', 'model:opus@4'] },
      'InputError',
      ['modelVersions', '1'],
    ],
    ['a suspect named twice', { suspectTags: ['new-tag', 'new-tag'] }, 'InputError', ['suspectTags', '1']],
    [
      'an address that is none',
      { reports: [{ title: 'x', url: 'javascript:alert(1)' }] },
      'InputError',
      ['reports', '0', 'url'],
    ],
  ])('are refused whole for %s, at its place', async (_what, wrong, type, path) => {
    const before = await counts(world);
    const result = await world.run(
      world.reporter,
      'fileIncident',
      incident('Refused', { evalRuns: ['eval-run:opus%20run'], ...wrong }),
      'incident { id }',
    );
    expect(result).toMatchObject({ __typename: type, path });
    expect(await counts(world)).toEqual(before);
  });

  it('are filed by nobody who may not', async () => {
    const before = await counts(world);
    expect(
      (await mutate(world.api, world.viewer, 'fileIncident', incident('No'), 'incident { id }')).errors[0]
        ?.code,
    ).toBe('FORBIDDEN');
    expect(
      (await mutate(world.api, ANONYMOUS, 'fileIncident', incident('No'), 'incident { id }')).errors[0]?.code,
    ).toBe('UNAUTHENTICATED');
    expect(await counts(world)).toEqual(before);
  });

  it('get a key when a draft is submitted, each another, and keep it', async () => {
    const draft = await world.file('A draft', { draft: true });
    expect(draft).toMatchObject({ key: null, status: 'DRAFT' });
    const submitted = await world.run(
      world.reporter,
      'changeIncidentStatus',
      { incident: draft.id, to: 'SUBMITTED' },
      'incident { id key ref submittedAt }',
    );
    expect(submitted.incident.key).toMatch(new RegExp(`^MBI-${new Date().getUTCFullYear()}-\\d{4}$`));
    expect(submitted.incident.id).toBe(draft.id);
    expect(submitted.incident.submittedAt).not.toBeNull();
    const many = await Promise.all(Array.from({ length: 8 }, (_, i) => world.file(`Concurrent ${i}`)));
    expect(new Set(many.map((m) => m.key)).size).toBe(8);
  });

  it('are filed once by a repeated request, and another request under its key is refused', async () => {
    const input = incident('Sent twice', { idempotencyKey: 'only-once', evalRuns: ['eval-run:opus%20run'] });
    const held = await rows(world.api, 'incident');
    const one = await world.run(world.reporter, 'fileIncident', input, 'incident { key }');
    const two = await world.run(world.reporter, 'fileIncident', input, 'incident { key }');
    expect(two).toEqual(one);
    expect(await rows(world.api, 'incident')).toBe(held + 1);
    const other = await world.run(
      world.reporter,
      'fileIncident',
      { ...input, title: 'Another' },
      'incident { key }',
    );
    expect(other).toMatchObject({ __typename: 'ConflictError', path: ['idempotencyKey'] });
  });
});
