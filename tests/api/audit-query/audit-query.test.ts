import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seedExampleData } from '../../../prisma/seed/seed.ts';
import { type TestApi, testApi } from '../../testkit/api.ts';
import { AUDIT } from './audit.ts';

interface Stage {
  stage: string | null;
  unaccounted: number;
  shares: { source: { label: string } | null; share: number; tokens: string | null }[];
}

describe('the audit query on the example data', () => {
  let api: TestApi;
  let pythiaKey: string;

  beforeAll(async () => {
    api = await testApi();
    await seedExampleData(api.services);
    const found = await api.anonymous('{ incidents(search: "pythia") { nodes { key title } } }');
    pythiaKey = found.data.incidents.nodes[0].key;
  }, 120_000);
  afterAll(() => api.close());

  it('answers whole for the flagship: what was measured, and that its training data is not published', async () => {
    const { data, errors } = await api.anonymous(AUDIT, { key: 'MBI-2025-0001' });
    expect(errors).toEqual([]);
    const incident = data.incident;
    expect(incident.key).toBe('MBI-2025-0001');
    const rates = incident.measurements as { rate: number; sampleCount: number | null; interval: unknown }[];
    expect(rates.find((m) => m.rate === 0.84)).toMatchObject({ sampleCount: null, interval: null });
    const headline = incident.measurements.find((m: { rate: number }) => m.rate === 0.96);
    expect(headline.sampleCount).toBe(100);
    expect(headline.interval.lower).toBeCloseTo(0.902, 3);
    expect(headline.interval.upper).toBeCloseTo(0.984, 3);
    const opus = incident.modelVersions.find((m: { label: string }) => /opus 4|opus-4/i.test(m.label));
    const stages = opus.exposure.stages as Stage[];
    expect(stages.length).toBeGreaterThan(0);
    for (const stage of stages) expect(stage).toMatchObject({ unaccounted: 1, shares: [] });
    expect(incident.lineage.truncated).toBeNull();
    expect(incident.hypotheses.length).toBeGreaterThanOrEqual(2);
  });

  it('answers whole for the Pythia incident, down to the sources of the Pile with shares that add up', async () => {
    const { data, errors } = await api.anonymous(AUDIT, { key: pythiaKey });
    expect(errors).toEqual([]);
    const stages = data.incident.modelVersions.flatMap(
      (model: { exposure: { stages: Stage[] } }) => model.exposure.stages,
    ) as Stage[];
    const pretraining = stages.find((stage) => stage.shares.length >= 22)!;
    const share = (name: RegExp) => pretraining.shares.find((s) => name.test(s.source?.label ?? ''))?.share;
    expect(share(/pile-cc/i)).toBeCloseTo(0.1811, 6);
    expect(share(/books3/i)).toBeCloseTo(0.1207, 6);
    for (const stage of stages) {
      const sum = stage.shares.reduce((total, s) => total + s.share, stage.unaccounted);
      expect(sum).toBeCloseTo(1, 9);
    }
    const kinds = new Set(data.incident.lineage.nodes.map((node: { kind: string }) => node.kind));
    for (const kind of [
      'INCIDENT',
      'EVAL_RUN',
      'MODEL_VERSION',
      'TRAINING_RUN',
      'DATASET_VERSION',
      'SOURCE',
    ]) {
      expect(kinds).toContain(kind);
    }
  });

  it('takes no more statements for the Pythia incident than for one without lineage, bar a constant', async () => {
    const pythia = await api.anonymous(AUDIT, { key: pythiaKey });
    const flagship = await api.anonymous(AUDIT, { key: 'MBI-2025-0001' });
    expect(pythia.statements.length).toBeLessThan(80);
    expect(flagship.statements.length).toBeLessThan(80);
  });

  it('goes forward from a source to the incident that it reached', async () => {
    const { data } = await api.anonymous(`{ lineageNode(ref: "source:books3") {
      impact { incidents { totalCount nodes { key } } modelVersions { totalCount } } } }`);
    const keys = data.lineageNode.impact.incidents.nodes.map((node: { key: string }) => node.key);
    expect(keys).toContain(pythiaKey);
    expect(data.lineageNode.impact.modelVersions.totalCount).toBeGreaterThan(0);
  });
});
