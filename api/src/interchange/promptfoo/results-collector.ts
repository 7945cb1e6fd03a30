import type { FileReport } from '../formats/file-report.ts';
import type { Decision, JsonHandlers, JsonPath } from '../inspect/json-scanner.ts';
import type { JsonValue } from '../inspect/json-value.ts';
import { UNKNOWN_FIELD } from '../unknown-field.ts';
import { ResultTree } from './result-tree.ts';

const AT_TOP = new Set(['evalId', 'metadata', 'version', 'timestamp', 'createdAt']);
const BODY = 'prompts, variables and answers stay in the file, which its digest names';
const TOO_LARGE = 'larger than is kept of one value (131,072 bytes)';
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

/** What of a result is not read, told once the result is known to be one. */
export function leaveOutOf(tree: ResultTree, report: FileReport): void {
  for (const [field, count] of tree.passed) report.leaveOut(`results[].${field}`, count, BODY);
  for (const field of tree.tooLargeAt) report.leaveOut(`results[].${field}`, 1, TOO_LARGE);
  if (tree.isCut)
    report.warn('A result states more assertions and variables than are read of one (1 MiB): not all are.');
}

/** Takes promptfoo's results one by one, whether they stand at the top or, with the settings, one level below. */
export class ResultsCollector implements JsonHandlers {
  readonly top = new Map<string, JsonValue>();
  readonly #report: FileReport;
  readonly #take: (tree: ResultTree) => void;
  #tree = new ResultTree();

  constructor(report: FileReport, take: (tree: ResultTree) => void) {
    this.#report = report;
    this.#take = take;
  }

  decide(path: JsonPath): Decision {
    const at = inResults(path);
    if (at === null) return this.#decideTop(path);
    return at.length < 2 ? 'descend' : this.#tree.decide(at.slice(1));
  }

  value(path: JsonPath, value: JsonValue): void {
    const at = inResults(path);
    if (at === null) this.top.set(String(path.at(-1)), value);
    else if (at.length > 1) this.#tree.value(at.slice(1), value);
  }

  skipped(path: JsonPath, count: number): void {
    const at = inResults(path);
    if (at === null) this.#report.leaveOut(path.join('.'), count, whyLeftOut(path));
    else if (at.length > 1) this.#tree.skipped(at.slice(1), count);
  }

  tooLarge(path: JsonPath): void {
    const at = inResults(path);
    if (at === null) this.#report.leaveOut(path.join('.'), 1, TOO_LARGE);
    else if (at.length > 1) this.#tree.tooLarge(at.slice(1));
  }

  closed(path: JsonPath): void {
    const at = inResults(path);
    if (at !== null && at.length > 1) this.#tree.closed(at.slice(1));
    if (at?.length !== 1) return;
    leaveOutOf(this.#tree, this.#report);
    this.#take(this.#tree);
    this.#tree = new ResultTree();
  }

  #decideTop(path: JsonPath): Decision {
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
