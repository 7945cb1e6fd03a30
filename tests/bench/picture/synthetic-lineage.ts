// A lineage as the API would answer it, of any size, in which nothing folds: every node has its own set of dependents.

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const AT = '2026-01-01T00:00:00.000Z';
/** Layers of datasets between the training run and the sources. */
const LAYERS = 4;
/** Of each node, how many inputs; most lie near one another, as what was made together does. */
const INPUTS = 2;
const NEAR = 12;
const FAR = 0.05;

type Kind = 'MODEL_VERSION' | 'TRAINING_RUN' | 'DATASET_VERSION' | 'SOURCE';
const TYPES: Record<Kind, string> = {
  MODEL_VERSION: 'ModelVersion',
  TRAINING_RUN: 'TrainingRun',
  DATASET_VERSION: 'DatasetVersion',
  SOURCE: 'Source',
};

const node = (id: string, kind: Kind) => ({
  __typename: TYPES[kind],
  id,
  ref: `synthetic:${id}`,
  kind,
  label: id,
  recordedAt: AT,
  retractedAt: null,
  ...(kind === 'TRAINING_RUN' && { stage: 'PRETRAINING', startedFrom: 'SCRATCH', trainedTokens: '1000000' }),
});

const edge = (downstream: string, kind: string, upstream: string, share: number | null) => ({
  id: `${downstream} ${upstream}`,
  kind,
  downstream: { id: downstream },
  upstream: { id: upstream },
  amount: share,
  unit: share === null ? null : 'FRACTION',
  epochs: null,
  share,
  shareUpper: share,
  contracted: false,
  status: 'ASSERTED',
  recordedAt: AT,
  retractedAt: null,
  occurredAt: null,
  assertedBy: { name: 'someone' },
  team: { name: 'a team' },
  citation: null,
  disputes: [],
});

/** The answer to the explorer's question: a model, a chain of runs, layers of datasets and a layer of sources. */
export function syntheticLineage(size: number, seed = 1) {
  const next = random(seed);
  // So many that each dataset of the first layer has a pair of runs to itself, and does not fold with others.
  const perLayer = Math.floor(size / (LAYERS + 1.05));
  const runs = Array.from({ length: Math.ceil(Math.sqrt(2 * perLayer)) + 2 }, (_, i) =>
    node(`run-${i}`, 'TRAINING_RUN'),
  );
  const sources = size - 1 - runs.length - perLayer * LAYERS;
  const layers = Array.from({ length: LAYERS + 1 }, (_, layer) =>
    Array.from({ length: layer === LAYERS ? sources : perLayer }, (_, i) =>
      node(
        `${layer === LAYERS ? 'source' : `data-${layer}`}-${i}`,
        layer === LAYERS ? 'SOURCE' : 'DATASET_VERSION',
      ),
    ),
  );
  const nodes = [node('model', 'MODEL_VERSION'), ...runs, ...layers.flat()];
  const edges = [edge('model', 'GENERATED_BY', 'run-0', null)];
  for (let i = 1; i < runs.length; i++)
    edges.push(edge(`run-${i - 1}`, 'INITIALIZED_FROM', `run-${i}`, null));
  const pairs = runs.flatMap((a, i) => runs.slice(i + 1).map((b) => [a.id, b.id] as const));
  layers[0]?.forEach((n, i) => {
    for (const run of pairs[i]!) edges.push(edge(run, 'USED', n.id, 1 / perLayer));
  });
  layers.forEach((layer, depth) => {
    const below = layers[depth + 1];
    if (!below) return;
    layer.forEach((n, i) => {
      const first = i % below.length;
      const others = Array.from({ length: INPUTS - 1 }, () =>
        next() < FAR
          ? Math.floor(next() * below.length)
          : (first + 1 + Math.floor(next() * NEAR)) % below.length,
      );
      for (const at of new Set([first, ...others])) {
        edges.push(edge(n.id, 'DERIVED_FROM', below[at]!.id, 0.2 + 0.6 * next()));
      }
    });
  });
  return {
    data: {
      lineageNode: {
        id: 'model',
        label: 'model',
        kind: 'MODEL_VERSION',
        lineage: { knownOn: AT, root: { id: 'model' }, nodes, edges, unaccounted: [], truncated: null },
      },
    },
  };
}
