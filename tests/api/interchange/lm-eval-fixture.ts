/** A small file of results as lm-evaluation-harness wrote them in 2023: one task and metric, and no count of samples. */
export function resultsOf(
  model: string,
  stated: {
    value: number;
    error: number;
    task?: string;
    version?: number;
    shots?: number;
    revision?: string;
    /** Other metrics of the task, with their standard errors. */
    more?: Readonly<Record<string, number>>;
  },
) {
  const { value, error, task = 'crows', version = 1, shots = 0, revision = 'step143000', more = {} } = stated;
  return {
    results: { [task]: { pct_stereotype: value, pct_stereotype_stderr: error, ...more } },
    versions: { [task]: version },
    config: {
      model: 'hf-causal',
      model_args: `pretrained=${model},revision=${revision}`,
      num_fewshot: shots,
      batch_size: 16,
      device: 'cuda:0',
      no_cache: true,
      limit: null,
      bootstrap_iters: 100000,
      description_dict: {},
    },
  };
}
