import type { PictureGraph, PictureNode, Stage } from './picture-graph.ts';

/** The columns of the picture, from the behaviour on the left to where its data came from on the right. */
export const BANDS = ['INCIDENT', 'EVALUATION', 'MODEL', 'TRAINING', 'DATASETS', 'SOURCES'] as const;
export type Band = (typeof BANDS)[number];

export const BAND_TITLES: Record<Band, string> = {
  INCIDENT: 'Incident',
  EVALUATION: 'Evaluation',
  MODEL: 'Model',
  TRAINING: 'Training stages',
  DATASETS: 'Datasets',
  SOURCES: 'Sources',
};

export const STAGE_ORDER: readonly Stage[] = [
  'PRETRAINING',
  'MIDTRAINING',
  'SFT',
  'PREFERENCE',
  'RL',
  'DISTILLATION',
  'MERGE',
  'OTHER',
];

export const STAGE_TITLES: Record<Stage, string> = {
  PRETRAINING: 'Pretraining',
  MIDTRAINING: 'Mid-training',
  SFT: 'Supervised fine-tuning',
  PREFERENCE: 'Preference training',
  RL: 'Reinforcement learning',
  DISTILLATION: 'Distillation',
  MERGE: 'Merge',
  OTHER: 'Other training',
};

/**
 * The band of every node, by id. A model version that was observed (or is asked about) is a subject and stands
 * in the model band; one that only served as the start of a later run stands among the training stages, and
 * one that only wrote text stands with the data that it wrote.
 */
export function assignBands(graph: PictureGraph): Map<string, Band> {
  const observed = new Set<string>([graph.root]);
  const started = new Set<string>();
  const kinds = new Map(graph.nodes.map((n) => [n.id, n.kind]));
  for (const e of graph.edges) {
    if (e.kind === 'EVALUATED' || e.kind === 'EXHIBITED_BY') observed.add(e.upstream);
    if (e.kind === 'INITIALIZED_FROM' || e.kind === 'DISTILLED_FROM' || e.kind === 'REWARDED_BY')
      started.add(e.upstream);
    // Where the runs between them are not shown, a model that another came from is a stage of its training.
    if (e.contracted && kinds.get(e.downstream) === 'MODEL_VERSION') started.add(e.upstream);
  }
  const touched = new Set(graph.edges.map((e) => e.upstream));
  const bandOf = (n: PictureNode): Band => {
    switch (n.kind) {
      case 'INCIDENT':
        return 'INCIDENT';
      case 'EVAL_RUN':
        return 'EVALUATION';
      case 'TRAINING_RUN':
        return 'TRAINING';
      case 'DATASET_VERSION':
      case 'TRANSFORMATION':
        return 'DATASETS';
      case 'SOURCE':
        return 'SOURCES';
      case 'MODEL_VERSION':
        if (observed.has(n.id) || !touched.has(n.id)) return 'MODEL';
        return started.has(n.id) ? 'TRAINING' : 'DATASETS';
    }
  };
  return new Map(graph.nodes.map((n) => [n.id, bandOf(n)]));
}

/**
 * When each training run happened relative to the others: the number of runs that came before it along
 * INITIALIZED_FROM, so that a fine-tuning run stands below the run it started from. A model between two runs
 * gets the half step after the run that made it.
 */
export function trainingOrder(graph: PictureGraph): Map<string, number> {
  const kinds = new Map(graph.nodes.map((n) => [n.id, n.kind]));
  const before = new Map<string, string[]>();
  for (const e of graph.edges) {
    if (
      e.kind === 'INITIALIZED_FROM' ||
      (e.kind === 'GENERATED_BY' && kinds.get(e.upstream) === 'TRAINING_RUN')
    ) {
      before.set(e.downstream, [...(before.get(e.downstream) ?? []), e.upstream]);
    }
  }
  const order = new Map<string, number>();
  const visiting = new Set<string>();
  const visit = (id: string): number => {
    const known = order.get(id);
    if (known !== undefined) return known;
    if (visiting.has(id)) return 0;
    visiting.add(id);
    let step = 0;
    for (const up of before.get(id) ?? []) step = Math.max(step, visit(up) + 0.5);
    visiting.delete(id);
    order.set(id, step);
    return step;
  };
  for (const n of graph.nodes) if (n.kind === 'TRAINING_RUN' || n.kind === 'MODEL_VERSION') visit(n.id);
  return order;
}

/** Which runs, and models between runs, belong to one chain of training, by the name of one of them. */
export function trainingChains(graph: PictureGraph): Map<string, string> {
  const bands = assignBands(graph);
  const inTraining = (id: string) => bands.get(id) === 'TRAINING';
  const head = new Map<string, string>();
  const find = (id: string): string => {
    let at = id;
    for (let up = head.get(at); up !== undefined && up !== at; up = head.get(at)) at = up;
    return at;
  };
  for (const e of graph.edges) {
    if (e.kind !== 'INITIALIZED_FROM' && e.kind !== 'GENERATED_BY') continue;
    if (!inTraining(e.downstream) || !inTraining(e.upstream)) continue;
    head.set(find(e.downstream), find(e.upstream));
  }
  return new Map(graph.nodes.filter((n) => inTraining(n.id)).map((n) => [n.id, find(n.id)]));
}
