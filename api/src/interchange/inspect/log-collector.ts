// What is taken out of the stream of a log: the header's small parts, and of each sample its verdicts.
import { MemoryBudget } from '../formats/memory-budget.ts';
import { type FieldReport, KEPT } from './field-report.ts';
import type { Decision, JsonHandlers, JsonPath } from './json-scanner.ts';
import type { JsonValue } from './json-value.ts';
import { Refusal } from './refusal.ts';
import { LONG_CHOICES, type SampleInput, sampleInput } from './sample-input.ts';
import { SCENARIO_FIELDS } from './sample-scenario.ts';

export interface RawScore {
  value?: JsonValue;
  answer?: JsonValue;
  /** How many edits its history tells of; 0 where it was never edited. */
  edits: number;
}

/** A sample as the log has it, cut to what is kept of it. */
export interface RawSample {
  fields: Map<string, JsonValue>;
  /** What of its metadata may name a scenario. */
  metadata: Map<string, JsonValue>;
  scores: Map<string, RawScore>;
  retries: number;
  /** What the model was given; null where that is not stated, or longer than any value that is kept. */
  input: SampleInput | null;
  /** Where it stands in a JSON log, in bytes; null where it is a member of a zip. */
  place: SamplePlace | null;
}

export interface SamplePlace {
  offset: number;
  length: number;
}

/** The header of a log as it stands, cut to what is kept of it. Keys are dotted paths. */
export interface RawHeader {
  fields: Map<string, JsonValue>;
  resultScores: JsonValue[];
  idsSelected: number | null;
  /** The names at the top of the document. */
  topLevel: Set<string>;
}

const SAMPLE_FIELDS = new Set([
  'id',
  'epoch',
  'target',
  'limit',
  'total_time',
  'model_usage',
  'invalidation',
  'retries',
  'choices',
]);
/** Of these the reader takes parts. */
const ENTERED = new Set(['scores', 'score', 'error', 'metadata']);
const SCORES_A_SAMPLE = 500;
/** Logs written while streaming in 2024 name the only scorer by this word. */
export const PLACEHOLDER_SCORER = '88F74D2C';

export class SampleCollector {
  #sample: RawSample = newSample();
  readonly #report: FieldReport;
  readonly #onSample: (sample: RawSample) => void;
  readonly #position: () => number | null;
  readonly #keptBytes: number;
  #budget: MemoryBudget;
  #begun: number | null = null;
  /** Entries in the place of samples that are none. */
  strays = 0;

  /** `position` tells how far the document has been read, where samples are to be found in it again. */
  constructor(
    report: FieldReport,
    onSample: (sample: RawSample) => void,
    { position = () => null, keptBytes }: { position?: () => number | null; keptBytes: number },
  ) {
    this.#report = report;
    this.#onSample = onSample;
    this.#position = position;
    this.#keptBytes = keptBytes;
    this.#budget = budgetOf('sample', keptBytes);
  }

  /** `from` is the length of the path of the sample itself. */
  decide(path: JsonPath, from: number): Decision {
    const depth = path.length - from;
    if (depth === 0) {
      this.#begun = this.#position();
      return 'descend';
    }
    const field = String(path[from]);
    if (depth === 1) {
      if (ENTERED.has(field)) return 'descend';
      return SAMPLE_FIELDS.has(field) || field === 'input' ? 'build' : 'skip';
    }
    if (field === 'metadata') return SCENARIO_FIELDS.has(String(path[from + 1])) ? 'build' : 'skip';
    if (field === 'error') return path[from + 1] === 'message' ? 'build' : 'skip';
    if (field === 'score') return isVerdict(path[from + 1]) ? 'build' : 'skip';
    if (depth === 2) return 'descend';
    return isVerdict(path[from + 2]) ? 'build' : 'skip';
  }

  value(path: JsonPath, from: number, value: JsonValue): void {
    const field = String(path[from]);
    const depth = path.length - from;
    if (depth === 0) {
      this.strays += 1;
      this.#report.leaveOut('samples[]', 1, 'no object, and so no sample');
      return;
    }
    if (depth === 1 && field === 'input') {
      // The text stays in the file, however long it is: what is kept of it is what tells it from others.
      this.#sample.input = sampleInput(value);
      return;
    }
    this.#budget.take(value);
    if (field === 'error') this.#sample.fields.set('error', value);
    else if (field === 'metadata') this.#metadata(path[from + 1], value);
    else if (field === 'score' && depth === 2)
      this.#verdict(PLACEHOLDER_SCORER, String(path[from + 1]), value);
    else if (field === 'scores' && depth === 3) {
      this.#verdict(String(path[from + 1]), String(path[from + 2]), value);
    } else if (depth === 1 && field !== 'scores' && field !== 'score') this.#sample.fields.set(field, value);
  }

  skipped(path: JsonPath, from: number, count: number): void {
    // Told once for all that is in it, whatever that is called.
    if (path[from] === 'metadata') {
      this.#report.leaveOut('samples[].metadata', 1);
      return;
    }
    if (path[from] === 'error_retries') this.#sample.retries = count;
    // A score that was edited begins its history with what it was before; one that was not has none.
    if (path[from] === 'scores' && path[from + 2] === 'history' && path.length === from + 3)
      this.#score(String(path[from + 1])).edits = count;
    this.#report.leaveOut(dotted('samples[]', path, from), count);
  }

  tooLarge(path: JsonPath, from: number): void {
    if (path.length === from + 1 && path[from] === 'choices')
      this.#sample.fields.set('choices', LONG_CHOICES);
    this.#report.leaveOut(dotted('samples[]', path, from), 1, 'larger than any value that is kept');
  }

  closed(path: JsonPath, from: number): void {
    if (path.length === from + 1 && path[from] === 'metadata') this.#report.leaveOut('samples[].metadata', 0);
    if (path.length === from + 2 && path[from] === 'scores') this.#score(String(path[from + 1]));
    if (path.length !== from) return;
    const end = this.#position();
    const sample = this.#sample;
    if (this.#begun !== null && end !== null)
      sample.place = { offset: this.#begun, length: end - this.#begun };
    this.#sample = newSample();
    this.#budget = budgetOf('sample', this.#keptBytes);
    this.#onSample(sample);
  }

  #metadata(name: string | number | undefined, value: JsonValue): void {
    if (name === undefined) this.#report.leaveOut('samples[].metadata', value === null ? 0 : 1);
    else this.#sample.metadata.set(String(name), value);
  }

  #verdict(scorer: string, part: string, value: JsonValue): void {
    const score = this.#score(scorer);
    if (part === 'value') score.value = value;
    else score.answer = value;
  }

  #score(scorer: string): RawScore {
    let score = this.#sample.scores.get(scorer);
    if (!score) {
      if (this.#sample.scores.size >= SCORES_A_SAMPLE) {
        throw new Refusal(`A sample has more than ${SCORES_A_SAMPLE} scores.`);
      }
      this.#budget.take(scorer);
      score = { edits: 0 };
      this.#sample.scores.set(scorer, score);
    }
    return score;
  }
}

/** Handlers for a document that is a sample, or a list of them. */
export function sampleHandlers(collector: SampleCollector, listed: boolean): JsonHandlers {
  const from = listed ? 1 : 0;
  return {
    decide: (path) => (path.length < from ? 'descend' : collector.decide(path, from)),
    value: (path, value) => {
      if (path.length >= from) collector.value(path, from, value);
    },
    skipped: (path, count) => collector.skipped(path, from, count),
    tooLarge: (path) => collector.tooLarge(path, from),
    closed: (path) => {
      if (path.length >= from) collector.closed(path, from);
    },
  };
}

const HEADER_SECTIONS = new Set(['eval', 'plan', 'results', 'stats', 'error', 'samples']);
const SECTION_FIELDS: Readonly<Record<string, ReadonlySet<string>>> = {
  plan: new Set(['steps', 'config']),
  results: new Set(['scorer', 'metrics', 'total_samples', 'completed_samples']),
  stats: new Set(['started_at', 'completed_at']),
  error: new Set(['message']),
};
/** What becomes of these is told once it is known which model is under test. */
const OF_THE_MODEL = new Set(['eval.model_args']);
const TOO_LARGE = 'too large';
const SCORES_A_LOG = 5000;

/** Handlers for the header, or for a whole log whose samples go to the collector. */
export class HeaderCollector implements JsonHandlers {
  readonly header: RawHeader = {
    fields: new Map(),
    resultScores: [],
    idsSelected: null,
    topLevel: new Set(),
  };
  readonly #report: FieldReport;
  readonly #samples: SampleCollector | null;
  readonly #budget: MemoryBudget;

  constructor(report: FieldReport, samples: SampleCollector | null, keptBytes: number) {
    this.#report = report;
    this.#samples = samples;
    this.#budget = budgetOf('log', keptBytes);
  }

  decide(path: JsonPath): Decision {
    const [section, field] = path;
    if (path.length === 0) return 'descend';
    if (path.length === 1) {
      if (this.header.topLevel.size < 1000) {
        this.#budget.take(String(section));
        this.header.topLevel.add(String(section));
      }
      if (typeof section !== 'string' || !Object.hasOwn(KEPT, section)) return 'skip';
      this.#report.keep(section);
      return HEADER_SECTIONS.has(section) ? 'descend' : 'build';
    }
    if (section === 'samples') return this.#samples ? this.#samples.decide(path, 2) : 'skip';
    if (section === 'eval') return this.#decideEval(path);
    if (section === 'results' && field === 'scores') return path.length === 2 ? 'descend' : 'build';
    return SECTION_FIELDS[String(section)]?.has(String(field)) ? 'build' : 'skip';
  }

  #decideEval(path: JsonPath): Decision {
    const name = `eval.${path[1]}`;
    if (path.length === 2) {
      if (!Object.hasOwn(KEPT, name)) return 'skip';
      if (!OF_THE_MODEL.has(name)) this.#report.keep(name);
      return name === 'eval.dataset' ? 'descend' : 'build';
    }
    return path[2] === 'sample_ids' ? 'skip' : 'build';
  }

  value(path: JsonPath, value: JsonValue): void {
    if (path[0] === 'samples' && path.length >= 2) {
      this.#samples?.value(path, 2, value);
      return;
    }
    this.#budget.take(value);
    if (path[0] === 'results' && path[1] === 'scores') {
      if (path.length < 3) return;
      if (this.header.resultScores.length >= SCORES_A_LOG) {
        throw new Refusal(`The results hold more than ${SCORES_A_LOG} scores.`);
      }
      this.header.resultScores.push(value);
      return;
    }
    const field = path.join('.');
    this.header.fields.set(field, value);
    // Looked at, to be compared with what the samples give, and not kept.
    if (field === 'results.total_samples' || field === 'results.completed_samples')
      this.#report.leaveOut(field, value === null ? 0 : 1);
  }

  skipped(path: JsonPath, count: number): void {
    if (path[0] === 'samples' && path.length > 2 && this.#samples) {
      this.#samples.skipped(path, 2, count);
      return;
    }
    if (path[1] === 'dataset' && path[2] === 'sample_ids') this.header.idsSelected = count;
    this.#report.leaveOut(dotted('', path, 0), count);
  }

  tooLarge(path: JsonPath): void {
    if (path[0] === 'samples' && path.length > 2) this.#samples?.tooLarge(path, 2);
    // That there are arguments which are not kept is told with the settings of the run.
    else if (OF_THE_MODEL.has(path.join('.'))) this.header.fields.set(path.join('.'), TOO_LARGE);
    else this.#report.leaveOut(dotted('', path, 0), 1, 'larger than any value that is kept');
  }

  closed(path: JsonPath): void {
    if (path[0] === 'samples' && path.length >= 2) this.#samples?.closed(path, 2);
  }
}

const budgetOf = (what: 'log' | 'sample', bytes: number) =>
  new MemoryBudget(
    bytes,
    (most) =>
      new Refusal(
        `${what === 'log' ? 'The log' : 'A sample of the log'} says more, beside its transcripts, than is kept of one (${Math.round(most / 1024 ** 2)} MiB).`,
      ),
  );

function isVerdict(part: string | number | undefined): boolean {
  return part === 'value' || part === 'answer';
}

function newSample(): RawSample {
  return { fields: new Map(), metadata: new Map(), scores: new Map(), retries: 0, input: null, place: null };
}

/** A path as the loss report names it: positions as [], the names of scorers as one. */
function dotted(start: string, path: JsonPath, from: number): string {
  let name = start;
  for (let at = from; at < path.length; at += 1) {
    const part = path[at]!;
    if (typeof part === 'number') name += '[]';
    else
      name += `${name === '' ? '' : '.'}${at === from + 1 && path[from] === 'scores' ? '*' : part.slice(0, 100)}`;
  }
  return name;
}
