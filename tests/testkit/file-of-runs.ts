// One file that tells of many eval runs, always the same of a seed.
import { Dice } from '../access/world/dice.ts';

/** Those that can tell of thousands; of lm-evaluation-harness 5,000 at most. */
export const LAYOUTS = ['every-eval-ever', 'lm-eval'] as const;
export type Layout = (typeof LAYOUTS)[number];

const DATASETS = 40;
const round = (n: number) => Math.round(n * 10_000) / 10_000;

export function fileOfRuns(layout: Layout, runs: number, seed: number): string {
  const dice = new Dice(seed);
  const each = Array.from({ length: runs }, (_, nth) => ({
    name: `task-${String(nth).padStart(5, '0')}`,
    dataset: `org/set-${dice.below(DATASETS)}`,
    value: round(dice.next()),
    error: round(0.001 + dice.next() / 50),
    samples: 50 + dice.below(2_000),
  }));
  return JSON.stringify(layout === 'lm-eval' ? resultsOf(each) : recordOf(each, seed));
}

interface Figure {
  name: string;
  dataset: string;
  value: number;
  error: number;
  samples: number;
}

const recordOf = (each: readonly Figure[], seed: number) => ({
  schema_version: '0.2.1',
  evaluation_id: `runs ${seed}`,
  dedupe_identity: { run_fingerprint: `runs ${seed}`, content_hash: `runs ${seed}` },
  evaluation_timestamp: '1700000000',
  model_info: { id: 'lab/model', name: 'Model' },
  evaluation_results: each.map(({ name, dataset, value, error, samples }) => ({
    evaluation_name: name,
    source_data: { dataset_name: dataset, source_type: 'hf_dataset', hf_repo: dataset },
    metric_config: { metric_name: 'accuracy', lower_is_better: false },
    score_details: {
      score: value,
      uncertainty: { standard_error: { value: error }, num_samples: samples },
    },
  })),
});

const resultsOf = (each: readonly Figure[]) => {
  const of = <V>(value: (one: Figure) => V) => Object.fromEntries(each.map((one) => [one.name, value(one)]));
  return {
    results: of(({ name, value, error }) => ({ alias: name, 'acc,none': value, 'acc_stderr,none': error })),
    configs: of(({ name, dataset }) => ({ task: name, dataset_path: dataset, num_fewshot: 0 })),
    versions: of(() => 1),
    'n-shot': of(() => 0),
    'n-samples': of(({ samples }) => ({ original: samples, effective: samples })),
    config: { model: 'hf', model_args: 'pretrained=lab/model,revision=step143000', batch_size: 16 },
    date: 1_700_000_000,
    model_name: 'lab/model',
  };
};
