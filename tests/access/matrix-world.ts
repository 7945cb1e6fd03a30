// The world of the matrix: of each visibility one incident, with what hangs on it, and one of whatever else has its own.
import type { Stored } from '../../api/src/platform/vault.ts';
import { recordParties, Writer } from './world/generate.ts';
import type { Guard } from './world/principals.ts';
import type { Row } from './world/rows.ts';

const OPEN: Guard = { visibility: 'PUBLIC', team: 'rival', author: 'rivalInvestigator', audience: null };
const own = (visibility: Guard['visibility'], audience: Guard['audience'] = null): Guard => ({
  visibility,
  team: 'lab',
  author: 'author',
  audience,
});
const embargoed = (embargo: 'past' | 'future') => own('PUBLIC', { named: ['named'], embargo });

/** The visibilities of the matrix: one of everything of each. */
export const CASES: Readonly<Record<string, Guard>> = {
  public: own('PUBLIC'),
  members: own('MEMBERS'),
  team: own('TEAM'),
  'team, with a named person': own('TEAM', { named: ['named'], embargo: 'none' }),
  restricted: own('RESTRICTED'),
  'restricted, with a named person': own('RESTRICTED', { named: ['named'], embargo: 'none' }),
  "restricted, said of labReporter's": own('RESTRICTED', {
    named: [],
    embargo: 'none',
    owner: 'labReporter',
  }),
  'public, embargo to come': embargoed('future'),
  'public, embargo past': embargoed('past'),
  'draft, for members': own('MEMBERS'),
};

export interface Placed {
  incident: Row;
  evidence: Row;
  hypothesis: Row;
  claim: Row;
  datasetVersion: Row;
  /** What the incident was shown by; everybody sees it. */
  model: Row;
  modelVersion: Row;
  evalRun: Row;
  import: Row;
  title: string;
  /** Of the incident; null for a draft. */
  key: string | null;
}

/**
 * A world of one of everything for each case, under names that tell which it is; `kept` seals the file of each import,
 * which is a log of one sample.
 */
export async function matrixWorld(
  kept: (log: Buffer) => Promise<Stored>,
  cases = CASES,
): Promise<{ rows: Row[]; placed: Map<string, Placed> }> {
  const write = new Writer(1);
  recordParties(write);
  const placed = new Map<string, Placed>();
  const model = modelVersion(write, OPEN, { namespace: '', name: 'known', title: null });
  const evaluation = evaluationVersion(write);
  for (const [i, [name, guard]] of Object.entries(cases).entries()) {
    const title = `Case${i}word`;
    const key = name.startsWith('draft') ? null : `MBI-2026-0${200 + i}`;
    const { incident, ...parts } = incidentWithParts(write, guard, { key, title, model });
    placed.set(name, {
      ...{ incident, ...parts, model, title, key },
      ...datasetVersion(write, guard, { name: `set-${i}`, title }),
      modelVersion: modelVersion(write, guard, { namespace: 'lab', name: `model-${title}`, title }),
      ...evalRun(write, guard, { title, model, evaluation, file: await kept(logOfOneSample(title)) }),
    });
    write.record('event', {
      guard,
      needs: { node_id: incident },
      values: {
        type: 'INCIDENT_FILED',
        subject_type: null,
        subject_id: null,
        payload: { title, draft: key === null },
      },
    });
  }
  return { rows: write.rows.all, placed };
}

interface Names {
  namespace: string;
  name: string | null;
  version: string | null;
}

const nodeOf = (write: Writer, guard: Guard, kind: string, names: Names): Row =>
  write.assert('node', {
    guard,
    retracted: false,
    values: { kind, ...names, digest: null, replaced_by: null, citation_id: null },
  });

const edgeOf = (write: Writer, guard: Guard, kind: string, downstream: Row, upstream: Row): Row =>
  write.assert('edge', {
    guard,
    retracted: false,
    needs: { downstream, upstream },
    values: {
      kind,
      amount: null,
      amount_unit: null,
      epochs: null,
      occurred_at: null,
      composition_id: null,
      citation_id: null,
    },
  });

function modelVersion(
  write: Writer,
  guard: Guard,
  family: { namespace: string; name: string; title: string | null },
): Row {
  const model = write.rows.add('model', { guard, values: { ...family, description: null, developer: null } });
  const { namespace, name } = family;
  const version = nodeOf(write, guard, 'MODEL_VERSION', { namespace, name, version: '1' });
  write.rows.add('model_version', { id: version.id, needs: { node_id: version, model_id: model } });
  return version;
}

function datasetVersion(write: Writer, guard: Guard, { name, title }: { name: string; title: string }) {
  const dataset = write.rows.add('dataset', {
    guard,
    values: { namespace: 'lab', name, title, description: null },
  });
  const version = nodeOf(write, guard, 'DATASET_VERSION', { namespace: 'lab', name, version: '1' });
  write.rows.add('dataset_version', { id: version.id, needs: { node_id: version, dataset_id: dataset } });
  const claim = write.assert('claim', {
    guard,
    retracted: false,
    needs: { node_id: version },
    values: {
      property: 'TOKENS',
      value_number: 5,
      value_text: null,
      value_time: null,
      unit: null,
      citation_id: null,
    },
  });
  return { datasetVersion: version, claim };
}

function incidentWithParts(
  write: Writer,
  guard: Guard,
  { key, title, model }: { key: string | null; title: string; model: Row },
) {
  const draft = key === null;
  const named = { namespace: draft ? 'lab' : '', name: key, version: null };
  const incident = nodeOf(write, guard, 'INCIDENT', named);
  write.rows.add('incident', {
    id: incident.id,
    needs: { node_id: incident },
    values: {
      key,
      title,
      summary: 'What happened.',
      setting: 'RED_TEAM',
      severity: 'HIGH',
      status: draft ? 'DRAFT' : 'SUBMITTED',
      occurred_at: null,
      submitted_at: draft ? null : write.moment(),
      updated_at: write.moment(),
      duplicate_of: null,
    },
  });
  edgeOf(write, guard, 'EXHIBITED_BY', incident, model);
  const said = { guard, retracted: false, needs: { incident_id: incident } };
  const evidence = write.assert('evidence', {
    ...said,
    values: {
      kind: 'QUOTATION',
      title,
      text: 'Said.',
      digest: 'ab'.repeat(32),
      media_type: 'text/plain',
      bytes: 5,
      sensitivity: 'SENSITIVE',
      warning: null,
      citation_id: null,
    },
  });
  const hypothesis = write.assert('hypothesis', {
    ...said,
    values: { statement: 'It was taught.', status: 'OPEN', proposed_by: null, citation_id: null },
  });
  return { incident, evidence, hypothesis };
}

function evaluationVersion(write: Writer): Row {
  const evaluation = write.rows.add('evaluation', {
    guard: OPEN,
    values: { namespace: '', name: 'known', title: null, description: null, url: null },
  });
  return write.record('evaluation_version', {
    guard: OPEN,
    needs: { evaluation_id: evaluation },
    values: { version: '1', released_at: null, citation_id: null },
  });
}

function evalRun(
  write: Writer,
  guard: Guard,
  { title, model, evaluation, file }: { title: string; model: Row; evaluation: Row; file: Stored },
) {
  const brought = importOf(write, guard, title, file);
  const run = nodeOf(write, guard, 'EVAL_RUN', { namespace: 'lab', name: `run-${title}`, version: null });
  write.rows.add('eval_run', {
    id: run.id,
    needs: { node_id: run, evaluation_version_id: evaluation, import_id: brought },
    values: {
      status: 'SUCCESS',
      started_at: null,
      epochs: 1,
      sample_count: 1,
      samples_declared: 1,
      metadata: null,
    },
  });
  edgeOf(write, guard, 'EVALUATED', run, model);
  write.record('eval_sample', {
    needs: { eval_run_id: run },
    values: {
      sample_id: 's1',
      epoch: 1,
      input: null,
      target: null,
      scores: {},
      outcomes: {},
      error: null,
      limit_reached: null,
      scenario: null,
      invalidated: false,
      input_digest: `messages:${'5'.repeat(64)}`,
    },
  });
  return { evalRun: run, import: brought };
}

function importOf(write: Writer, guard: Guard, title: string, file: Stored): Row {
  const object = write.record('sealed_object', {
    values: {
      name: file.name,
      master_key_id: file.masterKeyId,
      wrapped_key: `\\x${Buffer.from(file.wrappedKey).toString('hex')}`,
    },
  });
  return write.record('import', {
    guard,
    needs: { sealed_object_id: object },
    values: {
      format: 'inspect-json',
      file_name: `${title}.json`,
      digest: file.digest,
      bytes: file.bytes,
      status: 'SUCCEEDED',
      error: null,
      progress: null,
      report: { kept: [], leftOut: [], warnings: [], recordedBefore: null },
      finished_at: null,
    },
  });
}

/** An Inspect log of which a transcript can be read. */
const logOfOneSample = (said: string) =>
  Buffer.from(
    JSON.stringify({
      version: 2,
      status: 'success',
      samples: [{ id: 's1', epoch: 1, messages: [{ role: 'user', content: said }] }],
    }),
  );
