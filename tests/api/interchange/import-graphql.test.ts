import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Principal, Viewer } from '../../../api/src/access/viewer.ts';
import { importFile } from '../../../api/src/interchange/import-file.ts';
import type { VisibilityWord } from '../../../api/src/lineage/node.ts';
import { requestContext } from '../../../api/src/request-context.ts';
import { type TestApi, testApi } from '../../testkit/api.ts';
import { asJson, logOf } from './inspect-fixture.ts';

const IMPORT = `query ($id: ID!) {
  import(id: $id) {
    id format fileName digest bytes status error alreadyImported warnings recordedAt
    importedBy { name }
    kept { field how }
    leftOut { field count reason }
    evalRun { ref import { id } }
  }
  node(id: $id) { id __typename }
}`;

describe('imports in GraphQL', () => {
  let api: TestApi;
  let reporter: Principal;
  let folder: string;
  beforeAll(async () => {
    api = await testApi();
    folder = await mkdtemp(join(tmpdir(), 'headwater-import-graphql-'));
    reporter = await api.person('REPORTER');
  });
  afterAll(async () => {
    await api.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function bringIn(viewer: Viewer, bytes: Buffer, visibility: VisibilityWord = 'MEMBERS') {
    const path = join(folder, 'log');
    await writeFile(path, bytes);
    const context = requestContext(api.services, viewer);
    const { id } = await importFile(context, { path, name: 'log.json', visibility });
    return api.services.ids.encode('Import', id);
  }

  it('tell what was kept, what was left out and why, and lead to the eval run and back', async () => {
    const id = await bringIn(reporter, asJson(logOf()));
    const { data, errors } = await api.as(reporter)(IMPORT, { id });
    expect(errors).toEqual([]);
    expect(data.import).toMatchObject({
      id,
      format: 'inspect-json',
      fileName: 'log.json',
      status: 'SUCCEEDED',
      error: null,
      alreadyImported: false,
      importedBy: { name: reporter.name },
      evalRun: { ref: 'eval-run:inspect_evals/agentic_misalignment/evaluati', import: { id } },
    });
    expect(data.import.bytes).toBe(String(asJson(logOf()).length));
    expect(data.import.kept).toContainEqual({ field: 'eval.model', how: 'model under test' });
    expect(data.import.leftOut.every((loss: { reason: string }) => loss.reason.length > 5)).toBe(true);
    expect(data.node).toEqual({ id, __typename: 'Import' });
  });

  it('stand under an incident, whose lineage ends honestly where training is not recorded', async () => {
    await bringIn(reporter, asJson(logOf({ evalId: 'forincident' })));
    const evalRun = 'eval-run:inspect_evals/agentic_misalignment/forincid';
    const filed = await api.as(reporter)(
      `mutation ($evalRuns: [NodeRef!]) {
        fileIncident(input: { title: "Blackmail in a test", summary: "Two of three.", setting: SAFETY_TEST, severity: HIGH, evalRuns: $evalRuns }) {
          __typename
          ... on FileIncidentSuccess { incident { key } }
          ... on NotFoundError { message }
        }
      }`,
      { evalRuns: [evalRun] },
    );
    expect(filed.data?.fileIncident).toMatchObject({ __typename: 'FileIncidentSuccess' });
    const { data, errors } = await api.as(reporter)(
      `query ($key: String!) {
        incident(key: $key) {
          measurements { rate sampleCount unscored condition { name } grader { name version } interval { lower upper } }
          modelVersions { ref trainingRuns { id } exposure { stages { recorded unaccounted losses { reason } } } }
          lineage { nodes { kind ref } edges { kind } truncated { reason } }
        }
      }`,
      { key: filed.data.fileIncident.incident.key },
    );
    expect(errors).toEqual([]);
    expect(data.incident.measurements).toMatchObject([
      { sampleCount: 3, unscored: 1, grader: { name: 'harmfulness_scorer' } },
    ]);
    expect(data.incident.measurements[0].rate).toBeCloseTo(2 / 3);
    expect(data.incident.measurements[0].interval.upper).toBeLessThan(1);
    expect(data.incident.modelVersions).toEqual([
      {
        ref: 'model:lab/model-1@unspecified',
        trainingRuns: [],
        exposure: {
          stages: [{ recorded: false, unaccounted: 1, losses: [{ reason: 'TRAINING_NOT_RECORDED' }] }],
        },
      },
    ]);
    expect(data.incident.lineage.truncated).toBeNull();
    expect(data.incident.lineage.nodes.map((node: { ref: string }) => node.ref)).toContain(evalRun);
    expect(data.incident.lineage.nodes.at(-1)).toEqual({
      kind: 'MODEL_VERSION',
      ref: 'model:lab/model-1@unspecified',
    });
  });

  it('show a refused file with its reason', async () => {
    const id = await bringIn(reporter, Buffer.from('[]'));
    const { data } = await api.as(reporter)(IMPORT, { id });
    expect(data.import).toMatchObject({ status: 'FAILED', evalRun: null, kept: [], leftOut: [] });
    expect(data.import.error).toContain('a JSON list');
  });

  it('are absent for whoever may not see them, as if they were not', async () => {
    const id = await bringIn(reporter, asJson(logOf({ evalId: 'restricted' })), 'RESTRICTED');
    const colleague = await api.person('INVESTIGATOR');
    for (const answer of [await api.as(colleague)(IMPORT, { id }), await api.anonymous(IMPORT, { id })]) {
      expect(answer.data).toEqual({ import: null, node: null });
      expect(answer.errors).toEqual([]);
    }
    const members = await bringIn(reporter, asJson(logOf({ evalId: 'formembers' })));
    expect((await api.anonymous(IMPORT, { id: members })).data.import).toBeNull();
    expect((await api.as(colleague)(IMPORT, { id: members })).data.import.status).toBe('SUCCEEDED');
  });

  it('tell nothing of the fields of a file one of whose runs is hidden, whichever run leads there', async () => {
    const result = (evaluation: string, dataset: string) => ({
      evaluation_name: evaluation,
      source_data: { dataset_name: dataset, source_type: 'hf_dataset', hf_repo: `org/${dataset}` },
      metric_config: { metric_name: 'accuracy', lower_is_better: false },
      score_details: { score: 0.5 },
    });
    const record = (id: string, ...results: object[]) =>
      asJson({
        schema_version: '0.2.1',
        evaluation_id: id,
        model_info: { id: 'lab/of-several', name: 'M' },
        evaluation_results: results,
        [`unknown of ${id}`]: 1,
      });
    const open = result('Open sums', 'open-set');
    const secret = result('Secret sums', 'secret-set');
    await bringIn(reporter, record('one', open));
    await bringIn(reporter, record('two', secret), 'TEAM');
    const id = await bringIn(reporter, record('three', open, secret));
    const source = `query ($id: ID!) { import(id: $id) { status evalRuns { name import {
      kept { field how } leftOut { field } warnings rulesToPropose { scorer } alreadyImported } } } }`;
    const told = async (viewer: Viewer) => {
      const { data, errors } = await api.as(viewer)(source, { id });
      expect(errors).toEqual([]);
      return data.import;
    };
    const whole = await told(reporter);
    expect(whole.evalRuns).toHaveLength(2);
    expect(JSON.stringify(whole)).toContain('secret-set');
    expect(whole.evalRuns[0].import.leftOut).toContainEqual({ field: 'unknown of three' });
    expect(whole.evalRuns[0].import.warnings.join(' ')).toContain('the eval run is visible as TEAM');
    const stranger = { ...(await api.person('VIEWER')), teamIds: [] };
    expect(await told(stranger)).toEqual({
      status: 'SUCCEEDED',
      evalRuns: [
        {
          name: expect.stringContaining('Open sums'),
          import: { kept: [], leftOut: [], warnings: [], rulesToPropose: [], alreadyImported: false },
        },
      ],
    });
    // A file of the same run alone tells them everything.
    const alone = await bringIn(reporter, record('four', open));
    const { data } = await api.as(stranger)(IMPORT, { id: alone });
    expect(data.import.kept.length).toBeGreaterThan(0);
  });

  it('refuse an id of something else', async () => {
    const { errors } = await api.as(reporter)(IMPORT, { id: api.services.ids.encode('Actor', 1n) });
    expect(errors).toMatchObject([{ code: 'BAD_USER_INPUT' }]);
  });
});
