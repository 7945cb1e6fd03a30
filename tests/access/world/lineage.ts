// Sources, datasets, transformations, models and training runs, with what is stated of them.
import { recordDocuments } from './documents.ts';
import type { Writer } from './generate.ts';
import { edge, namespaced, node, refOf } from './nodes.ts';
import type { Guard } from './principals.ts';
import type { Row } from './rows.ts';
import { describe, dispute } from './sayings.ts';

export interface Lineage {
  sources: Row[];
  datasetVersions: Row[];
  modelVersions: Row[];
  trainingRuns: Row[];
  transformations: Row[];
  tags: Row[];
  edges: Row[];
}

export function recordLineage(write: Writer): Lineage {
  const made: Lineage = {
    sources: [],
    datasetVersions: [],
    modelVersions: [],
    trainingRuns: [],
    transformations: [],
    tags: [],
    edges: [],
  };
  const { dice } = write;
  for (let i = 0; i < 4; i += 1) made.sources.push(source(write, i));
  for (let i = 0; i < 3; i += 1) made.tags.push(tag(write, i));
  const datasets = Array.from({ length: 4 }, (_, i) => family(write, 'dataset', i));
  const models = Array.from({ length: 3 }, (_, i) => family(write, 'model', i));
  for (let i = 0; i < 7; i += 1) datasetVersion(write, made, datasets[i % 4]!, i);
  for (let i = 0; i < 5; i += 1) modelVersion(write, made, models[i % 3]!, i);
  recordDocuments(write, made);
  for (const node of write.nodes) describe(write, made, node);
  for (const edge of made.edges) if (dice.chance(0.12)) dispute(write, 'edge_id', edge);
  return made;
}

function source(write: Writer, i: number): Row {
  const row = node(write, 'SOURCE', write.guard(), `source-${i}`, null);
  write.rows.add('source', {
    id: row.id,
    needs: { node_id: row },
    values: { title: write.words(), description: write.words(), url: null },
  });
  write.event('SOURCE_REGISTERED', row, { ref: refOf(row) }, []);
  return row;
}

function tag(write: Writer, i: number): Row {
  const guard = write.guard();
  return write.rows.add('content_tag', {
    guard,
    values: { namespace: namespaced(guard), name: `tag-${i}`, description: write.words() },
  });
}

/** A dataset or model: two of one name may stand in two teams' namespaces. */
function family(write: Writer, table: 'dataset' | 'model', i: number): Row {
  const guard = write.guard();
  const more: Record<string, string> = table === 'model' ? { developer: write.words() } : {};
  const name = `${table}-${Math.floor(i / 2)}${i % 2 === 1 && guard.team === 'lab' ? 'b' : ''}${i}`;
  return write.rows.add(table, {
    guard,
    values: {
      namespace: namespaced(guard),
      name: write.dice.chance(0.5) ? `${table}-x${i}` : name,
      title: write.words(),
      description: write.words(),
      ...more,
    },
  });
}

function version(write: Writer, kind: string, of: Row, i: number): Row {
  const { namespace, name } = of.values as Record<string, string>;
  return node(write, kind, write.guardWithin(of), name ?? '', `${i}`, namespace);
}

/** One party's statement of what a node was made of. */
function composition(
  write: Writer,
  made: Lineage,
  of: Row,
  kind: string,
  from: readonly Row[],
  output: Row | null = null,
): void {
  const { dice } = write;
  const inputs = dice.some(from, 1 + dice.below(3));
  if (inputs.length === 0) return;
  const unit = dice.pick(['FRACTION', 'FRACTION', 'TOKENS', 'ROWS']);
  const known = dice.chance(0.8);
  const shares = inputs.map(() => Math.round((1000 * dice.next()) / inputs.length) / 1000);
  const scale = unit === 'FRACTION' ? 1 : 10_000;
  const total = dice.chance(0.5) ? scale : null;
  const row = write.assert('composition', {
    needs: { node_id: of, ...(output === null ? {} : { output_id: output }) },
    leads: { citation_id: write.citation() },
    values: {
      unit,
      basis: dice.chance(0.8) ? 'CONTRIBUTED' : 'READ',
      total,
      complete: dice.chance(0.6),
      ...(output === null ? { output_id: null } : {}),
    },
  });
  const retracted = row.values.retracted_at !== null;
  for (const [i, input] of inputs.entries()) {
    const amount = known ? shares[i]! * scale : null;
    state(row, edge(write, made, kind, of, input, { amount, unit, composition: row, retracted }));
  }
  if (dice.chance(0.2)) dispute(write, 'composition_id', row);
  write.event('COMPOSITION_ASSERTED', of, { node: refOf(of), replaced: false, reason: null }, inputs);
}

/** An activity is no wider than what it made (LINEAGE, Visibility), and mostly as wide. */
function guardOfMaker(write: Writer, made: Row): Guard {
  return made.guard !== null && write.dice.chance(0.7) ? made.guard : write.guardWithin(made);
}

function datasetVersion(write: Writer, made: Lineage, of: Row, i: number): void {
  const { dice } = write;
  const row = version(write, 'DATASET_VERSION', of, i);
  write.rows.add('dataset_version', { id: row.id, needs: { node_id: row, dataset_id: of } });
  const upstream = [...made.sources, ...made.datasetVersions];
  if (i < 2 || dice.chance(0.5)) {
    composition(write, made, row, 'DERIVED_FROM', upstream);
    if (dice.chance(0.4)) composition(write, made, row, 'DERIVED_FROM', upstream);
  } else {
    // An activity is no wider than what it made (LINEAGE, Visibility).
    const transformation = node(write, 'TRANSFORMATION', write.guardWithin(row), `transformation-${i}`, null);
    write.rows.add('transformation', {
      id: transformation.id,
      needs: { node_id: transformation },
      values: {
        effect: dice.pick(['PRESERVES', 'SELECTS', 'REWRITES', 'UNKNOWN']),
        code: null,
        config: { words: write.words() },
        occurred_at: null,
      },
    });
    made.transformations.push(transformation);
    generation(write, made, row, transformation);
    composition(write, made, transformation, 'USED', upstream, dice.chance(0.3) ? row : null);
    if (dice.chance(0.3) && made.modelVersions.length > 0)
      edge(write, made, 'SYNTHESIZED_BY', transformation, dice.pick(made.modelVersions));
  }
  if (dice.chance(0.3) && made.datasetVersions.length > 0)
    edge(write, made, 'REVISES', row, dice.pick(made.datasetVersions));
  if (dice.chance(0.6)) {
    const tag = dice.pick(made.tags);
    write.assert('content_measurement', {
      needs: { dataset_version_id: row, content_tag_id: tag },
      leads: { citation_id: write.citation() },
      values: {
        fraction: 0.25,
        lower: 0.125,
        upper: 0.5,
        level: 0.95,
        unit: 'FRACTION',
        method: dice.pick(['CENSUS', 'CLASSIFIER', 'ESTIMATE']),
        method_version: null,
        sample_size: 40,
        measured_at: '2026-01-01T00:00:00Z',
      },
    });
  }
  made.datasetVersions.push(row);
  write.event('DATASET_VERSION_REGISTERED', row, { ref: refOf(row), inputs: 1 }, []);
}

/** That a transformation made a version, by itself or as a statement of it. */
function generation(write: Writer, made: Lineage, row: Row, transformation: Row): void {
  if (write.dice.chance(0.6)) {
    edge(write, made, 'GENERATED_BY', row, transformation);
    return;
  }
  const statement = write.assert('composition', {
    needs: { node_id: row },
    retracted: false,
    values: {
      unit: 'FRACTION',
      basis: 'CONTRIBUTED',
      total: null,
      complete: true,
      output_id: null,
      citation_id: null,
    },
  });
  const joined = edge(write, made, 'GENERATED_BY', row, transformation, {
    amount: 1,
    unit: 'FRACTION',
    composition: statement,
    retracted: false,
  });
  state(statement, joined);
}

/** A statement and its inputs are recorded and retracted together. */
function state(statement: Row, input: Row): void {
  input.values.recorded_at = statement.values.recorded_at ?? null;
  input.values.retracted_at = statement.values.retracted_at ?? null;
  statement.inputs.push(input);
}

function modelVersion(write: Writer, made: Lineage, of: Row, i: number): void {
  const { dice } = write;
  const row = version(write, 'MODEL_VERSION', of, i);
  write.rows.add('model_version', { id: row.id, needs: { node_id: row, model_id: of } });
  const run = node(write, 'TRAINING_RUN', guardOfMaker(write, row), `run-${i}`, null);
  write.rows.add('training_run', {
    id: run.id,
    needs: { node_id: run },
    values: {
      stage: dice.pick(['PRETRAINING', 'SFT', 'RL', 'DISTILLATION']),
      objective: write.words(),
      started_from: i === 0 ? 'SCRATCH' : dice.pick(['SCRATCH', 'MODEL', 'UNKNOWN']),
      occurred_at: null,
    },
  });
  made.trainingRuns.push(run);
  const seen = dice.chance(0.3);
  edge(write, made, 'GENERATED_BY', row, run, seen ? { amount: 5000, unit: 'TOKENS' } : {});
  composition(write, made, run, 'USED', [...made.sources, ...made.datasetVersions]);
  if (dice.chance(0.3)) composition(write, made, run, 'USED', [...made.sources, ...made.datasetVersions]);
  const earlier = made.modelVersions;
  if (earlier.length > 0) {
    if (dice.chance(0.6)) edge(write, made, 'INITIALIZED_FROM', run, dice.pick(earlier));
    if (dice.chance(0.3)) edge(write, made, 'DISTILLED_FROM', run, dice.pick(earlier));
    if (dice.chance(0.3)) edge(write, made, 'REWARDED_BY', run, dice.pick(earlier));
    if (dice.chance(0.3)) edge(write, made, 'REVISES', row, dice.pick(earlier));
  }
  made.modelVersions.push(row);
  write.event('MODEL_VERSION_REGISTERED', row, { ref: refOf(row), trainingRun: refOf(run) }, [run]);
}
