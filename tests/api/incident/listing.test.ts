import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ANONYMOUS } from '../../../api/src/access/viewer.ts';
import { briefMeasurementsOfRuns } from '../../../api/src/evaluation/read-eval-runs.ts';
import { listIncidentsBriefly } from '../../../api/src/incident/read-incidents.ts';
import { requestContext } from '../../../api/src/request-context.ts';
import { compiledAnswer } from './compiled-plan.ts';
import { type FiledWorld, filedWorld } from './filed-world.ts';

interface IncidentPage {
  totalCount: number;
  nodes: { title: string }[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

describe('incidents', () => {
  let world: FiledWorld;
  beforeAll(async () => {
    world = await filedWorld();
    await world.file('Opus threatened an engineer', {
      behaviors: ['blackmail'],
      modelVersions: ['model:sonnet@4'],
      evalRuns: ['eval-run:opus%20run'],
      occurredAt: '2025-05-22T00:00:00.000Z',
    });
    // Enough for several pages, alike in what most orders go by.
    for (const [i, title] of ['Iota', 'Kappa', 'Lambda', 'Mu', 'Nu', 'Xi', 'Omicron', 'Pi'].entries())
      await world.file(`${title} beside it`, i % 2 === 0 ? { occurredAt: '2025-01-01T00:00:00.000Z' } : {});
  });
  afterAll(() => world.api.close());

  it('are listed by filters, words and order, page by page without a gap', async () => {
    await world.file('Zeta in red teaming', {
      setting: 'RED_TEAM',
      severity: 'CRITICAL',
      behaviors: ['sabotage'],
    });
    await world.file('Eta in red teaming', {
      setting: 'RED_TEAM',
      severity: 'LOW',
      modelVersions: ['model:sonnet@4'],
    });
    await world.file('Theta in red teaming', {
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

  const FIELDS = ['SEVERITY', 'TITLE', 'KEY', 'UPDATED_AT', 'RECORDED_AT', 'OCCURRED_AT'] as const;
  it.each(FIELDS)(
    'refuse a cursor of any other order where they are ordered by %s, as one of nothing',
    async (field) => {
      const page = `query ($orderBy: IncidentOrder, $after: String, $before: String) {
      incidents(orderBy: $orderBy, first: 2, after: $after, before: $before) {
        nodes { title } pageInfo { endCursor } } }`;
      const asked = (variables: Record<string, unknown>) => world.api.as(world.viewer)(page, variables);
      const { data } = await asked({ orderBy: { field } });
      const cursor: string = data.incidents.pageInfo.endCursor;
      expect((await asked({ orderBy: { field }, after: cursor })).errors).toEqual([]);
      const refused = [{ message: 'The cursor is not one of this list.', code: 'BAD_USER_INPUT' }];
      const others = [
        ...FIELDS.filter((other) => other !== field).map((other) => ({ field: other })),
        { field, direction: 'ASC' },
      ];
      for (const orderBy of others)
        for (const where of ['after', 'before'])
          expect((await asked({ orderBy, [where]: cursor })).errors, JSON.stringify(orderBy)).toEqual(
            refused,
          );
      expect((await asked({ orderBy: { field }, after: 'nonsense' })).errors).toEqual(refused);
      // Lists of other things, some of them with as many terms of the same types.
      for (const list of ['models', 'datasets', 'sources', 'search(query: "o")']) {
        const other = list.endsWith(')') ? list.replace(')', ', after: $after)') : `${list}(after: $after)`;
        const query = `query ($after: String) { ${other} { totalCount } }`;
        expect((await world.api.as(world.viewer)(query, { after: cursor })).errors, list).toEqual(refused);
      }
    },
  );

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
    const visibleOne = await world.file('Seen by all');
    const hidden = await world.file('Unspeakable secret matter', {
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

  it('are listed three levels deep in a number of statements that does not grow with them', async () => {
    const query = `{ incidents(first: 100) { totalCount nodes {
      title behaviors { name } filedBy { name } suspects { label } evidence { title } hypotheses { statement assessments { by { name } } }
      evalRuns { name evaluationVersion { label } measurements { rate grader { name } condition { name } } }
      modelVersions { ref incidents(first: 2) { totalCount nodes { key behaviors { name } } } }
    } } }`;
    // Which standings the viewer sees is asked once, by whatever is asked first.
    await world.api.as(world.viewer)(query);
    const before = await world.api.as(world.viewer)(query);
    expect(before.errors).toEqual([]);
    for (let i = 0; i < 10; i += 1)
      await world.file(`Bulk ${i}`, {
        behaviors: ['blackmail'],
        evalRuns: ['eval-run:opus%20run'],
        suspects: ['source:dystopian-books'],
      });
    const after = await world.api.as(world.viewer)(query);
    expect(after.data.incidents.nodes.length).toBe(before.data.incidents.nodes.length + 10);
    expect(after.statements.length).toBe(before.statements.length);
    expect(after.statements.length).toBeLessThan(20);
  });

  it('are listed with their model versions and measurements in three statements, however many there are', async () => {
    const query = `{ incidents(first: 100) { nodes { key title severity status occurredAt modelVersions { label }
      measurements { rate sampleCount behavior { name } } } } }`;
    await world.api.as(world.viewer)(query);
    const { data, statements } = await world.api.as(world.viewer)(query);
    expect(data.incidents.nodes.some((one: { measurements: unknown[] }) => one.measurements.length > 0)).toBe(
      true,
    );
    expect(
      data.incidents.nodes.some((one: { modelVersions: unknown[] }) => one.modelVersions.length > 0),
    ).toBe(true);
    // The page with its facts, the measurements of its runs, and their behaviours; all else is in memory.
    expect(statements.length).toBe(3);
  });

  it('are compiled to read no more than is shown: two statements in brief, and all where anything more is asked', async () => {
    const asked = (incident: string, measurement: string) =>
      `{ incidents(first: 100) { nodes { key title severity ${incident} modelVersions { label }
        measurements { rate sampleCount ${measurement} behavior { name title } } } } }`;
    const both = async (query: string) => {
      const { data } = await world.api.as(world.viewer)(query);
      const answer = await compiledAnswer(world.api.services, world.viewer, query);
      expect(answer.said).toEqual(data.incidents);
      return answer.statements;
    };
    // One that was taken back, and one that is for nobody here: neither is read either way.
    await world.api.records.$executeRaw`
      insert into measurement (eval_run_id, behavior_id, rate, visibility, team_id, actor_id)
      select m.eval_run_id, m.behavior_id, r, v::visibility, m.team_id, m.actor_id
      from (select * from measurement order by id limit 1) m, (values (0.25, 'PUBLIC'), (0.75, 'RESTRICTED')) w(r, v)`;
    await world.api.records.$executeRaw`
      update measurement set retracted_at = now(), retracted_by = actor_id where rate = 0.25`;
    const brief = await both(asked('occurredAt', ''));
    expect(brief).toHaveLength(2);
    expect(brief.join()).not.toMatch(/summary|cursor_0|standard_error|sample_judgement|recorded_at as/);
    expect(await both(asked('summary', ''))).toHaveLength(3);
    expect(await both(asked('', 'standardError'))).toHaveLength(3);
    const [withCursors] = await both('{ incidents(first: 3) { nodes { title } pageInfo { hasNextPage } } }');
    expect(withCursors).not.toContain('cursor_0');
  });

  it('have no cursors where none were read, and no measurements in brief beyond what is taken at once', async () => {
    const context = requestContext(world.api.services, world.viewer);
    const { page } = await listIncidentsBriefly(context, { first: 1 }, false);
    expect(() => page.cursorOf(0)).toThrow('without the cursors');
    expect((await listIncidentsBriefly(context, { first: 1 }, true)).page.cursorOf(0)).toEqual(
      expect.any(String),
    );
    const [run] = await world.api.records.$queryRaw<{ id: bigint; size: number }[]>`
      select m.eval_run_id as id, count(*)::int as size from measurement m join node r on r.id = m.eval_run_id
      where m.visibility <= 'MEMBERS' and r.visibility <= 'MEMBERS' and m.retracted_at is null group by 1 order by 1 limit 1`;
    expect((await briefMeasurementsOfRuns(context, [run!.id], run!.size))?.get(run!.id)).toHaveLength(
      run!.size,
    );
    expect(await briefMeasurementsOfRuns(context, [run!.id], run!.size - 1)).toBeNull();
  });
});
