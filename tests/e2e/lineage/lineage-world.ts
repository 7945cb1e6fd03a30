import { type Remote, signedIn } from '../../testkit/remote.ts';

export interface LineageWorld {
  model: string;
  mixture: string;
  /** A moment before the statement of the mixture was corrected, and before it was disputed. */
  before: string;
  /** A content tag that one of the two datasets is measured to carry. */
  tag: string;
}

const PUBLIC = { visibility: 'PUBLIC' };
const citation = (source: string) => ({
  source,
  certainty: 'PRIMARY',
  locator: 'p. 3',
  quote: 'As we say there.',
});

/**
 * A model that was pretrained on a mixture and fine-tuned on chats. The statement of the mixture was corrected once,
 * by another that takes more from the novels; what it takes from them is disputed. One dataset carries a tag.
 */
export async function writeLineageWorld(instance: Parameters<typeof signedIn>[0]): Promise<LineageWorld> {
  const remote = await signedIn(instance);
  const { write } = remote;
  for (const name of ['reading-room', 'open-lanes', 'helpdesk'])
    await write('registerSource', { name, title: name, ...PUBLIC }, 'source { ref }');
  const version = async (dataset: string, inputs: object[], more: object = {}) => {
    const derivedFrom = {
      unit: 'FRACTION',
      complete: true,
      inputs,
      citation: citation(`The card of ${dataset}`),
    };
    const input = { dataset, version: '1', derivedFrom, ...more, ...PUBLIC };
    return (await write('registerDatasetVersion', input, 'datasetVersion { ref }')).datasetVersion.ref;
  };
  const novels = await version('novels', [{ of: 'source:reading-room', amount: 1 }]);
  const lanes = await version('lanes', [{ of: 'source:open-lanes', amount: 1 }]);
  const chats = await version('chats', [{ of: 'source:helpdesk', amount: 1 }]);
  const mixture = await version('mixture', [
    { of: novels, amount: 0.02 },
    { of: lanes, amount: 0.98 },
  ]);
  await write(
    'recordContentMeasurement',
    {
      datasetVersion: novels,
      tag: 'fiction/unreliable-narrator',
      fraction: 0.2,
      unit: 'TOKENS',
      method: 'CENSUS',
    },
    'contentMeasurement { fraction }',
  );
  const model = await writeModel(remote, mixture, chats);
  const before = await now(remote, mixture);
  await correct(remote, mixture, novels, lanes);
  return { model, mixture, before, tag: 'fiction/unreliable-narrator' };
}

async function writeModel({ write }: Remote, mixture: string, chats: string): Promise<string> {
  const register = async (version: string, name: string, run: object, of: string) => {
    const composition = {
      unit: 'FRACTION',
      complete: true,
      inputs: [{ of, amount: 1 }],
      citation: citation(name),
    };
    const trainedBy = { name, ...run, composition };
    const input = { model: 'lantern', version, trainedBy, ...PUBLIC };
    return (await write('registerModelVersion', input, 'modelVersion { ref }')).modelVersion.ref;
  };
  const base = await register(
    'base',
    'lantern-pretraining',
    { stage: 'PRETRAINING', startedFrom: 'SCRATCH', tokens: 1e9 },
    mixture,
  );
  const tuning = { stage: 'SFT', startedFrom: 'MODEL', initializedFrom: [base], tokens: 1e6 };
  return register('chat', 'lantern-chats', tuning, chats);
}

/** The moment that an answer of the API holds for, by which all that was written before it is certainly known. */
async function now({ ask }: Remote, ref: string): Promise<string> {
  const { lineageNode } = await ask(
    'query ($ref: NodeRef!) { lineageNode(ref: $ref) { lineage { knownOn } } }',
    {
      ref,
    },
  );
  return lineageNode.lineage.knownOn;
}

async function correct(
  { ask, write }: Remote,
  mixture: string,
  novels: string,
  lanes: string,
): Promise<void> {
  const stated = await ask(
    'query ($ref: NodeRef!) { lineageNode(ref: $ref) { ... on DatasetVersion { compositions { id } } } }',
    { ref: mixture },
  );
  const inputs = [
    { of: novels, amount: 0.1 },
    { of: lanes, amount: 0.9 },
  ];
  const composition = { unit: 'FRACTION', complete: true, inputs, citation: citation('An erratum') };
  const corrected = await write(
    'assertComposition',
    {
      node: mixture,
      composition,
      replaces: stated.lineageNode.compositions[0].id,
      reason: 'It was misread.',
    },
    'composition { inputs { id upstream { ref } } }',
  );
  const ofNovels = corrected.composition.inputs.find(
    (e: { upstream: { ref: string } }) => e.upstream.ref === novels,
  );
  await write(
    'dispute',
    {
      target: ofNovels.id,
      statement: 'We counted twice as many novels.',
      shareLower: 0.2,
      shareUpper: 0.25,
      citation: citation('A recount'),
    },
    'dispute { id }',
  );
}
