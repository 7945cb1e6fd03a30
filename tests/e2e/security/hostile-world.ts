import { type Remote, signedIn } from '../../testkit/remote.ts';
import { HOSTILE_TEXTS } from './hostile-texts.ts';

export interface HostileWorld {
  /** Every page that shows some of it to anybody. */
  paths: string[];
  /** Pages that only members see: a behaviour is registered for them. */
  membersOnly: string[];
  /** The page of the incident that has all of it. */
  incident: string;
}

const PUBLIC = { visibility: 'PUBLIC' };
const NAME_LENGTH = 200;

/** As a name may be: no space around it, not too long. `index` keeps names of one kind apart. */
const named = (index: number): string => `n${index} ${HOSTILE_TEXTS[index]}`.slice(0, NAME_LENGTH).trim();

/** Texts put together, as many as fit into `length`. */
export function chunks(length: number, texts: readonly string[] = HOSTILE_TEXTS): string[] {
  const found: string[] = [];
  for (const text of texts) {
    const last = found.at(-1);
    if (last !== undefined && last.length + text.length + 1 <= length)
      found[found.length - 1] = `${last} ${text}`;
    else found.push(text);
  }
  return found;
}

const citation = (text: string) => ({
  certainty: 'PRIMARY',
  source: text,
  locator: text,
  quote: text,
  note: text,
  url: `https://example.org/?q=${encodeURIComponent(text)}`,
});

export async function inTurns<T, Made>(items: readonly T[], make: (item: T, index: number) => Promise<Made>) {
  const made: Made[] = new Array(items.length);
  let next = 0;
  const work = async () => {
    for (let at = next++; at < items.length; at = next++) made[at] = await make(items[at] as T, at);
  };
  await Promise.all(Array.from({ length: 6 }, work));
  return made;
}

const refPath = (kind: string, ref: string): string => {
  const rest = ref.slice(ref.indexOf(':') + 1);
  const at = rest.lastIndexOf('@');
  const parts = at > 0 ? [rest.slice(0, at), rest.slice(at + 1)] : [rest];
  return `/${kind}/${parts.map(encodeURIComponent).join('/')}`;
};

/** Writes every hostile text into every kind of place that a page shows, public, so that anybody reads it. */
export async function writeHostileWorld(instance: Parameters<typeof signedIn>[0]): Promise<HostileWorld> {
  const remote = await signedIn(instance);
  const { write } = remote;
  const sources = await inTurns(HOSTILE_TEXTS, async (text, i) => {
    const input = { name: named(i), title: text, description: text, license: text, citation: citation(text) };
    return (await write('registerSource', { ...input, ...PUBLIC }, 'source { id ref }')).source;
  });
  const data = await writeData(remote, sources);
  const { model, run, evalRun, evaluation, behavior } = await writeModel(remote, data.id);
  const key = await writeIncident(remote, { data, model, evalRun, sources });
  const some = sources.filter((_, i) => i % 40 === 0);
  const incident = `/incidents/${key}`;
  return {
    incident,
    membersOnly: [`/behaviors/${encodeURIComponent(behavior)}`],
    paths: [
      '/',
      '/incidents',
      '/incidents?search=pwned',
      `/incidents?peek=${key}`,
      incident,
      `${incident}?view=table`,
      '/datasets',
      `/datasets/${encodeURIComponent(named(0))}`,
      refPath('datasets', data.ref),
      '/models',
      `/models/${encodeURIComponent(named(30))}`,
      refPath('models', model.ref),
      `/models/diff?from=${encodeURIComponent(model.ref)}&to=${encodeURIComponent(model.ref)}`,
      '/evaluations',
      `/evaluations/${encodeURIComponent(evaluation)}`,
      '/eval-runs',
      refPath('eval-runs', evalRun.ref),
      '/behaviors',
      `/lineage/${encodeURIComponent(run.ref)}`,
      '/sources',
      '/sources?search=script',
      ...some.map(({ ref }) => refPath('sources', ref)),
    ],
  };
}

async function writeData({ write }: Remote, sources: { id: string }[]) {
  const inputs = sources.map(({ id }) => ({ of: id, amount: 1 }));
  const text = HOSTILE_TEXTS.join('\n');
  const { datasetVersion } = await write(
    'registerDatasetVersion',
    {
      dataset: named(0),
      version: named(6),
      title: named(27),
      description: text,
      license: text,
      citation: citation(text),
      derivedFrom: { unit: 'DOCUMENTS', inputs, citation: citation(named(31)) },
      ...PUBLIC,
    },
    'datasetVersion { id ref }',
  );
  const about = { datasetVersion: datasetVersion.id, unit: 'DOCUMENTS', method: 'CLASSIFIER' };
  await inTurns(HOSTILE_TEXTS.slice(0, 40), (one, i) =>
    write(
      'recordContentMeasurement',
      { ...about, tag: named(i), fraction: 0.1, methodVersion: one, citation: citation(one) },
      'contentMeasurement { id }',
    ),
  );
  for (const property of ['TITLE', 'DESCRIPTION', 'LICENSE'])
    await write(
      'assertClaim',
      { node: datasetVersion.id, property, text, citation: citation(text) },
      'claim { id }',
    );
  return datasetVersion as { id: string; ref: string };
}

async function writeModel({ write }: Remote, data: string) {
  const text = HOSTILE_TEXTS.join('\n');
  const { modelVersion } = await write(
    'registerModelVersion',
    {
      model: named(30),
      version: named(2),
      title: named(12),
      developer: text,
      citation: citation(text),
      trainedBy: {
        name: named(45),
        stage: 'SFT',
        objective: text,
        startedFrom: 'SCRATCH',
        composition: { unit: 'TOKENS', inputs: [{ of: data, amount: 10 }] },
      },
      ...PUBLIC,
    },
    'modelVersion { id ref trainingRuns { ref } }',
  );
  const behavior = named(8);
  const mappings = [{ taxonomy: named(23), code: named(9), label: text, url: citation('<script>').url }];
  await write(
    'registerBehavior',
    { name: behavior, title: named(10), description: text, mappings },
    '__typename',
  );
  await write(
    'publishStandard',
    {
      name: named(4),
      version: '1',
      kind: named(5),
      title: named(11),
      text,
      authors: HOSTILE_TEXTS.slice(0, 30),
    },
    '__typename',
  );
  await write(
    'registerGrader',
    {
      name: named(13),
      version: '1',
      kind: 'MODEL',
      title: named(14),
      prompt: text,
      parser: text,
      owner: text,
      approvedBy: text,
      standard: named(4),
      standardVersion: '1',
      citation: citation(text),
    },
    '__typename',
  );
  const evaluation = named(15);
  const conditions = [{ name: named(16), description: text }];
  await write(
    'registerEvaluation',
    { name: evaluation, version: named(17), title: named(18), description: text, conditions, ...PUBLIC },
    '__typename',
  );
  const { evalRun } = await write(
    'recordEvalRun',
    {
      name: named(19),
      evaluation,
      evaluationVersion: named(17),
      modelVersion: modelVersion.id,
      measurements: [
        { behavior, condition: named(16), grader: `${named(13)}@1`, exhibited: 1, notExhibited: 1 },
      ],
      scores: [{ metric: named(20), value: 0.5, note: text }],
      citation: citation(text),
      ...PUBLIC,
    },
    'evalRun { id ref }',
  );
  return { model: modelVersion, run: modelVersion.trainingRuns[0], evalRun, evaluation, behavior };
}

interface Parts {
  data: { id: string };
  model: { id: string };
  evalRun: { id: string };
  sources: { id: string }[];
}

async function writeIncident({ write }: Remote, { data, model, evalRun, sources }: Parts): Promise<string> {
  const text = HOSTILE_TEXTS.join('\n');
  const common = { setting: 'RED_TEAM', severity: 'LOW', summary: text, ...PUBLIC };
  const titles = chunks(300);
  const reports = HOSTILE_TEXTS.map((title) => ({
    title: `${title} `,
    publisher: title,
    author: title,
    url: citation(title).url,
  }));
  const [first] = await inTurns(titles, async (title, i) => {
    const links =
      i === 0 ? { reports, modelVersions: [model.id], evalRuns: [evalRun.id], suspects: [data.id] } : {};
    return (await write('fileIncident', { ...common, title, ...links }, 'incident { id key }')).incident;
  });
  const incident = first.id as string;
  await write(
    'linkIncident',
    { incident, suspects: sources.slice(0, 3).map(({ id }) => id), suspectReason: text },
    '__typename',
  );
  await write(
    'linkIncident',
    { incident, suspectTags: HOSTILE_TEXTS.slice(0, 60).map((_, i) => named(i)) },
    '__typename',
  );
  for (const mediaType of ['text/plain', 'text/markdown', 'text/html', 'image/svg+xml'])
    await write(
      'addEvidence',
      {
        incident,
        kind: 'TRANSCRIPT',
        title: named(21),
        text: `${mediaType}\n${text}`,
        mediaType,
        sensitivity: 'NONE',
        warning: named(29),
      },
      '__typename',
    );
  await inTurns(chunks(1500), async (statement) => {
    const about = { incident, statement, proposedBy: named(24), citation: citation(named(25)) };
    const { hypothesis } = await write('openHypothesis', about, 'hypothesis { id }');
    const evidence = { direction: 'SUPPORTS', method: 'OTHER', score: 1, scoreMeaning: named(26) };
    await write('addHypothesisEvidence', { hypothesis: hypothesis.id, ...evidence, statement }, '__typename');
    const judged = {
      confidence: named(27),
      reasoning: statement,
      assessor: named(28),
      citation: citation(named(32)),
    };
    await write('assessHypothesis', { hypothesis: hypothesis.id, ...judged }, '__typename');
  });
  await write(
    'recordIntervention',
    {
      incident,
      title: named(22),
      description: text,
      outcome: 'NULL_RESULT',
      caveat: text,
      addedDescription: text,
    },
    '__typename',
  );
  return first.key as string;
}
