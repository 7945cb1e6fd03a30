import type { FileReport } from '../formats/file-report.ts';
import type { JsonHandlers, JsonPath } from '../inspect/json-scanner.ts';
import type { JsonValue } from '../inspect/json-value.ts';
import { UNKNOWN_FIELD } from '../unknown-field.ts';

/** Looked at, to tell the tests of one file from those of another, and not kept. */
export const OF_A_TEST = ['vars', 'testCase'] as const;

/** Of a result, what judges the answer and says what was asked of whom; nothing of what was said. */
export const OF_A_RESULT = new Set([
  'testIdx',
  'promptIdx',
  'promptId',
  'provider',
  'prompt',
  'success',
  'failureReason',
  'score',
  'namedScores',
  'error',
  ...OF_A_TEST,
]);
const AT_TOP = new Set(['evalId', 'metadata', 'version', 'timestamp', 'createdAt']);
export const BODY = 'prompts, variables and answers stay in the file, which its digest names';
const WHY: Readonly<Record<string, string>> = {
  stats: 'counted from the results themselves',
  prompts: 'the results say the same, one by one',
  table: 'repeats the results',
  shareableUrl: 'an address at which anyone may read the results',
};

const whyLeftOut = (path: JsonPath) =>
  path[0] === 'config'
    ? 'settings of the whole evaluation, which may hold credentials'
    : (WHY[String(path.at(-1))] ?? UNKNOWN_FIELD);

/** Takes promptfoo's results one by one, whether they stand at the top or, with the settings, one level below. */
export class ResultsCollector implements JsonHandlers {
  readonly top = new Map<string, JsonValue>();
  readonly #report: FileReport;
  readonly #take: (result: ReadonlyMap<string, JsonValue>) => void;
  #result = new Map<string, JsonValue>();

  constructor(report: FileReport, take: (result: ReadonlyMap<string, JsonValue>) => void) {
    this.#report = report;
    this.#take = take;
  }

  decide(path: JsonPath): 'descend' | 'build' | 'skip' {
    const at = inResults(path);
    if (at === null) return this.#decideTop(path);
    if (at.length < 2) return 'descend';
    return OF_A_RESULT.has(String(at[1])) ? 'build' : 'skip';
  }

  value(path: JsonPath, value: JsonValue): void {
    const at = inResults(path);
    if (at !== null && at.length === 2) this.#result.set(String(at[1]), value);
    else if (at === null) this.top.set(String(path.at(-1)), value);
  }

  skipped(path: JsonPath, count: number): void {
    const at = inResults(path);
    if (at !== null && at.length > 0) this.#report.leaveOut(`results[].${String(at[1])}`, count, BODY);
    else this.#report.leaveOut(path.join('.'), count, whyLeftOut(path));
  }

  tooLarge(path: JsonPath): void {
    const name = path.filter((part) => typeof part === 'string').join('.');
    this.#report.leaveOut(name, 1, 'larger than is kept of one value (131,072 bytes)');
  }

  closed(path: JsonPath): void {
    if (inResults(path)?.length !== 1) return;
    this.#take(this.#result);
    this.#result = new Map();
  }

  #decideTop(path: JsonPath): 'descend' | 'build' | 'skip' {
    if (path.length === 0 || path.at(-1) === 'results') return 'descend';
    if (path[0] === 'config')
      return path.length === 1 ? 'descend' : path[1] === 'description' ? 'build' : 'skip';
    return AT_TOP.has(String(path.at(-1))) && (path.length === 1 || path[0] === 'results') ? 'build' : 'skip';
  }
}

/** The path within the list of results, from the index on; null outside of it. */
function inResults(path: JsonPath): JsonPath | null {
  if (path[0] !== 'results') return null;
  const from = path[1] === 'results' ? 2 : 1;
  return typeof path[from] === 'number' ? path.slice(from) : null;
}
