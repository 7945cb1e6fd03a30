// The least that each format of results tells of one model, so that what it is called can be looked at.
import { zipOf } from '../../../api/src/interchange/inspect/zip-fixture.ts';
import { asJson, logOf } from './inspect-fixture.ts';
import { resultsOf } from './lm-eval-fixture.ts';

/** A file; another `nth` is of another run. */
export interface FileOfModel {
  name: string;
  bytes: Buffer;
}

const ofLines = (lines: readonly object[]) =>
  Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));

/** Of several providers, each of which is a model. */
export function promptfooOf(providers: readonly string[], nth: number): FileOfModel {
  const results = providers.map((id) => ({
    ...{ promptIdx: 0, testIdx: 0, promptId: 'p1', provider: { id, label: '' } },
    ...{ prompt: { raw: 'a prompt', label: 'greeting' }, vars: { name: 'somebody' } },
    ...{ response: { output: 'an answer' }, success: true, score: 1, namedScores: {} },
  }));
  const timestamp = '2025-01-15T10:30:00.000Z';
  return {
    name: 'promptfoo.json',
    bytes: asJson({
      evalId: `eval-${providers[0]}-${nth}`,
      results: { version: 3, timestamp, prompts: [], results },
      config: { description: 'Greetings' },
    }),
  };
}

interface FormatOfModel {
  format: string;
  /** A name of a model that this format can have. */
  model: string;
  /** Whether it can state a version, which is then `revision`. */
  states: boolean;
  file(model: string, revision: string, nth: number): FileOfModel;
}

export const FORMATS_OF_MODELS: readonly FormatOfModel[] = [
  {
    format: 'inspect-json',
    // Of a provider that loads weights by itself: of others the argument is no revision.
    model: 'hf/opus-4',
    states: true,
    file: (model, revision, nth) => {
      const log = logOf({ model, evalId: `namedrun${String(nth).padStart(8, '0')}` });
      return { name: 'log.json', bytes: asJson({ ...log, eval: { ...log.eval, model_args: { revision } } }) };
    },
  },
  {
    format: 'lm-eval-results',
    model: 'opus-4-l',
    states: true,
    file: (model, revision, nth) => ({
      name: 'results.json',
      bytes: asJson(resultsOf(model, { value: nth, error: 0.1, revision })),
    }),
  },
  {
    format: 'lm-eval-samples',
    model: 'opus/4-s',
    states: false,
    file: (model, _revision, nth) => ({
      name: `results/${model.replace('/', '__')}/samples_sums${nth}_2025-01-02T03-04-05.678.jsonl`,
      bytes: ofLines([
        {
          ...{ doc_id: nth, doc: { q: 'a question' }, arguments: [['a prompt']], target: '9' },
          ...{ resps: [['9']], filter: 'none', metrics: ['acc'], acc: 1 },
        },
      ]),
    }),
  },
  {
    format: 'every-eval-ever',
    model: 'opus-4-e',
    states: true,
    file: (model, revision, nth) => ({
      name: 'record.json',
      bytes: asJson({
        schema_version: '0.2.1',
        evaluation_id: `sums/${nth}`,
        evaluation_timestamp: '1700000000',
        model_info: { name: model, id: model, additional_details: { revision } },
        evaluation_results: [
          {
            evaluation_name: 'Sums',
            source_data: { dataset_name: 'sums', source_type: 'hf_dataset' },
            metric_config: { evaluation_description: 'Accuracy', score_type: 'continuous' },
            score_details: { score: 0.5 },
          },
        ],
      }),
    }),
  },
  {
    format: 'every-eval-ever-samples',
    model: 'opus-4-n',
    states: false,
    file: (model_id, _revision, nth) => ({
      name: 'samples.jsonl',
      bytes: ofLines([
        {
          ...{ evaluation_id: `sums/${nth}`, model_id, evaluation_name: 'Sums', sample_id: '1' },
          ...{ input: { raw: 'a question' }, evaluation: { score: 1, is_correct: true } },
        },
      ]),
    }),
  },
  {
    format: 'promptfoo',
    model: 'opus-4-p',
    states: false,
    file: (model, _revision, nth) => promptfooOf([model], nth),
  },
  {
    format: 'openai-evals',
    model: 'opus-4-o',
    states: false,
    file: (model, _revision, nth) => {
      const common = { run_id: `23010100000${nth}ABCDEFGH`, created_at: '2023-05-01 10:20:31+00:00' };
      const spec = { completion_fns: [model], eval_name: 'sums.dev.v2', created_by: '', ...common };
      const match = { event_id: 1, sample_id: 'sums.dev.0', type: 'match', data: { correct: true } };
      return {
        name: 'log.jsonl',
        bytes: ofLines([{ spec }, { ...match, ...common }, { final_report: { accuracy: 1 } }]),
      };
    },
  },
  {
    format: 'agentic-misalignment',
    model: 'opus-4-a',
    states: false,
    file: (model, _revision, nth) => {
      const response = {
        raw_response: 'x',
        metadata: { model, condition: 'murder_none_none', sample_id: `sample_${nth}` },
        classification: { harmful_behavior: false, classifier_type: 'murder', classifier_model: 'lab/judge' },
      };
      const name = `models/${model}/murder_none_none/sample_${nth}/response.json`;
      return { name: 'tree.zip', bytes: zipOf([{ name, data: JSON.stringify(response) }]) };
    },
  },
];
