import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ANONYMOUS } from '../../../api/src/access/viewer.ts';
import { evalRun, incident, makeWorld, mutate, rows, type World } from './world.ts';

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
const counts = (world: World) => Promise.all(TABLES.map((table) => rows(world.api, table)));

interface IncidentPage {
  totalCount: number;
  nodes: { title: string }[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

describe('incidents', () => {
  let world: World;
  beforeAll(async () => {
    world = await makeWorld();
    const measurements = [{ behavior: 'blackmail', exhibited: 96, notExhibited: 4, grader: 'classifier@1' }];
    await world.run(world.reporter, 'recordEvalRun', evalRun('opus run', { measurements }), 'evalRun { id }');
    await world.run(
      world.reporter,
      'recordEvalRun',
      evalRun('sonnet run', { modelVersion: 'model:sonnet@4' }),
      'evalRun { id }',
    );
  });
  afterAll(() => world.api.close());

  const file = async (
    title: string,
    more: object = {},
    fields = 'incident { id key status ref updatedAt }',
    as = world.reporter,
  ) => {
    const result = await world.run(as, 'fileIncident', incident(title, more), fields);
    expect(result.__typename, JSON.stringify(result)).toBe('FileIncidentSuccess');
    return result.incident;
  };

  it('are filed in one call with all their links, under a key of the year they happened in', async () => {
    const made = await file(
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
    const draft = await file('A draft', { draft: true });
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
    const many = await Promise.all(Array.from({ length: 8 }, (_, i) => file(`Concurrent ${i}`)));
    expect(new Set(many.map((m) => m.key)).size).toBe(8);
  });

  it('move along the table of their life, and nowhere else', async () => {
    const made = await file('Moves');
    const move = (as: World['reporter'], to: string, more: object = {}) =>
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
    const original = await file('The original');
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
    const made = await file('Edited', { occurredAt: '2025-01-01T00:00:00.000Z' });
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
    const made = await file('Linked');
    const other = await file('Another');
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
    const made = await file('Evidenced');
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

  it('are listed by filters, words and order, page by page without a gap', async () => {
    await file('Zeta in red teaming', { setting: 'RED_TEAM', severity: 'CRITICAL', behaviors: ['sabotage'] });
    await file('Eta in red teaming', {
      setting: 'RED_TEAM',
      severity: 'LOW',
      modelVersions: ['model:sonnet@4'],
    });
    await file('Theta in red teaming', {
      setting: 'RED_TEAM',
      severity: 'HIGH',
      evalRuns: ['eval-run:opus%20run'],
    });
    const list = `query ($filter: IncidentFilter, $search: String, $orderBy: IncidentOrder, $first: Int, $after: String, $last: Int, $before: String) {
      incidents(filter: $filter, search: $search, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before) {
        totalCount nodes { title } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;
    const titles = async (variables: object) =>
      (await world.ask(world.viewer, list, variables as Record<string, unknown>)).incidents.nodes.map(
        (n: { title: string }) => n.title.split(' ')[0],
      );
    const filter = { setting: ['RED_TEAM'] };
    expect(await titles({ filter, orderBy: { field: 'SEVERITY' } })).toEqual(['Zeta', 'Theta', 'Eta']);
    expect(await titles({ filter, orderBy: { field: 'TITLE', direction: 'ASC' } })).toEqual([
      'Eta',
      'Theta',
      'Zeta',
    ]);
    expect(await titles({ filter: { ...filter, behavior: ['sabotage'] } })).toEqual(['Zeta']);
    expect(await titles({ filter: { ...filter, model: ['opus'] } })).toEqual(['Theta']);
    expect(await titles({ filter: { ...filter, model: ['sonnet'] } })).toEqual(['Eta']);
    expect(await titles({ search: 'teaming THETA' })).toEqual(['Theta']);
    expect(await titles({ search: '100%_' })).toEqual([]);
    expect(await titles({ filter: { filedByMe: true } })).toEqual([]);
    for (const field of ['SEVERITY', 'TITLE', 'KEY', 'UPDATED_AT', 'RECORDED_AT', 'OCCURRED_AT']) {
      const whole = await titles({ orderBy: { field }, first: 100 });
      const seen: string[] = [];
      let after: string | null = null;
      do {
        const answer = await world.ask(world.viewer, list, { orderBy: { field }, first: 4, after });
        const page: IncidentPage = answer.incidents;
        expect(page.totalCount).toBe(whole.length);
        seen.push(...page.nodes.map((n) => n.title.split(' ')[0] ?? ''));
        after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
      } while (after !== null);
      expect(seen, field).toEqual(whole);
      const lastPage = (await world.ask(world.viewer, list, { orderBy: { field }, last: 3 })).incidents;
      expect(
        lastPage.nodes.map((n: { title: string }) => n.title.split(' ')[0]),
        field,
      ).toEqual(whole.slice(-3));
      expect(lastPage.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    }
  });

  it('are found again before they are filed twice, with what makes them alike', async () => {
    const found = await world.ask(
      world.viewer,
      `{ similarIncidents(title: "Opus threatened the engineer", modelVersions: ["model:opus@4"], behaviors: ["blackmail"]) { similarity reasons incident { title } } }`,
    );
    expect(found.similarIncidents[0].incident.title).toBe('Opus threatened an engineer');
    expect(found.similarIncidents[0].reasons).toEqual(
      expect.arrayContaining(['similar title', 'same behaviour: blackmail', 'same model version: opus@4']),
    );
    const none = await world.ask(world.viewer, '{ similarIncidents(title: "Qwxyz") { similarity } }');
    expect(none.similarIncidents).toEqual([]);
  });

  it('that are restricted do not exist for others: in no list, count, search, likeness, model, relation or by id', async () => {
    const visibleOne = await file('Seen by all');
    const hidden = await file('Unspeakable secret matter', {
      visibility: 'RESTRICTED',
      behaviors: ['sabotage'],
      modelVersions: ['model:opus@4'],
      evalRuns: ['eval-run:opus%20run'],
    });
    await world.run(
      world.reporter,
      'linkIncident',
      { incident: hidden.ref, related: [{ incident: visibleOne.ref, relation: 'explains' }] },
      'incident { id }',
    );
    const query = `query ($id: ID!, $key: String!, $seen: String!) {
      node(id: $id) { id } incident(key: $key) { id }
      incidents(search: "unspeakable") { totalCount nodes { title } }
      all: incidents(first: 100) { totalCount nodes { title } }
      search(query: "unspeakable") { totalCount nodes { label } }
      similarIncidents(title: "Unspeakable secret matter", modelVersions: ["model:opus@4"], first: 20) { incident { title } }
      lineageNode(ref: "model:opus@4") { ... on ModelVersion { incidents(first: 100) { totalCount nodes { title } } impact { incidents { totalCount nodes { title } } } } }
      run: lineageNode(ref: "eval-run:opus%20run") { ... on EvalRun { incidents(first: 100) { totalCount nodes { title } } } }
      behavior(name: "sabotage") { incidents(first: 100) { totalCount nodes { title } } }
      seen: incident(key: $seen) { related { relation } timeline { nodes { summary } } }
    }`;
    const variables = { id: hidden.id, key: hidden.key, seen: visibleOne.key };
    const others = await world.ask(world.other, query, variables);
    expect(others).toMatchObject({
      node: null,
      incident: null,
      incidents: { totalCount: 0, nodes: [] },
      search: { totalCount: 0, nodes: [] },
    });
    expect(others.seen.related).toEqual([]);
    expect(JSON.stringify(others)).not.toContain('Unspeakable');
    for (const list of [
      others.all,
      others.lineageNode.incidents,
      others.run.incidents,
      others.behavior.incidents,
      others.lineageNode.impact.incidents,
    ])
      expect(list.totalCount).toBe(list.nodes.length);
    const own = await world.ask(world.reporter, query, variables);
    expect(own.incident.id).toBe(hidden.id);
    expect(own.all.totalCount).toBe(others.all.totalCount + 1);
    expect(own.lineageNode.incidents.totalCount).toBe(others.lineageNode.incidents.totalCount + 1);
    expect(own.run.incidents.totalCount).toBe(others.run.incidents.totalCount + 1);
    expect(own.behavior.incidents.totalCount).toBe(others.behavior.incidents.totalCount + 1);
    expect(own.seen.related).toHaveLength(1);
    const refused = await world.run(
      world.other,
      'addEvidence',
      { incident: hidden.ref, kind: 'QUOTATION', title: 'x', text: 'x' },
      'evidence { id }',
    );
    expect(refused).toMatchObject({ __typename: 'NotFoundError', path: ['incident'], candidates: [] });
    const citation = { source: 'A cited paper', certainty: 'PRIMARY' };
    await world.run(
      world.reporter,
      'addEvidence',
      { incident: hidden.ref, kind: 'QUOTATION', title: 'A quotation', text: 'words', citation },
      'evidence { id }',
    );
    // Made public, it and what was recorded with it can be read without signing in.
    await world.run(
      world.reporter,
      'updateIncident',
      { incident: hidden.ref, visibility: 'PUBLIC' },
      'incident { id }',
    );
    const asked = `query ($key: String!) { incident(key: $key) {
      title modelVersions { ref } evidence { title citation { source } } timeline { nodes { type } } } }`;
    const open = await world.ask(ANONYMOUS, asked, { key: hidden.key });
    expect(open.incident).toEqual({
      title: 'Unspeakable secret matter',
      modelVersions: [],
      evidence: [{ title: 'A quotation', citation: { source: 'A cited paper' } }],
      timeline: {
        nodes: [{ type: 'INCIDENT_FILED' }, { type: 'EVIDENCE_ADDED' }, { type: 'INCIDENT_UPDATED' }],
      },
    });
    await world.run(
      world.reporter,
      'updateIncident',
      { incident: hidden.ref, visibility: 'RESTRICTED' },
      'incident { id }',
    );
    expect((await world.ask(ANONYMOUS, asked, { key: hidden.key })).incident).toBeNull();
    expect((await world.ask(world.other, asked, { key: hidden.key })).incident).toBeNull();
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

  it('are edited and unlinked only by those who may', async () => {
    const db = world.api.records;
    const [team] = await db.$queryRaw<{ id: bigint }[]>`
      insert into team (namespace, name) values ('lab', 'Lab') returning id`;
    const reporter = await world.api.person('REPORTER');
    const stranger = { ...reporter, teamIds: [team?.id ?? 0n] };
    const made = await file('Ours', { modelVersions: ['model:opus@4'] });
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
    const investigator = { ...(await world.api.person('INVESTIGATOR')), teamIds: [team?.id ?? 0n] };
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

  it('are listed three levels deep in a number of statements that does not grow with them', async () => {
    const query = `{ incidents(first: 100) { totalCount nodes {
      title behaviors { name } filedBy { name } suspects { label } evidence { title } hypotheses { statement assessments { by { name } } }
      evalRuns { name evaluationVersion { label } measurements { rate grader { name } condition { name } } }
      modelVersions { ref incidents(first: 2) { totalCount nodes { key behaviors { name } } } }
    } } }`;
    const before = await world.api.as(world.viewer)(query);
    expect(before.errors).toEqual([]);
    for (let i = 0; i < 10; i += 1)
      await file(`Bulk ${i}`, {
        behaviors: ['blackmail'],
        evalRuns: ['eval-run:opus%20run'],
        suspects: ['source:dystopian-books'],
      });
    const after = await world.api.as(world.viewer)(query);
    expect(after.data.incidents.nodes.length).toBe(before.data.incidents.nodes.length + 10);
    expect(after.statements.length).toBe(before.statements.length);
    expect(after.statements.length).toBeLessThan(40);
  });
});
