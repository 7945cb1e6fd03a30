import type { FileReport } from '../formats/file-report.ts';
import { MemoryBudget } from '../formats/memory-budget.ts';
import type { JsonObject } from '../inspect/inspect-log.ts';
import type { Decision, JsonHandlers, JsonPath } from '../inspect/json-scanner.ts';
import type { JsonValue } from '../inspect/json-value.ts';
import { UnfitLog } from '../plan-values.ts';
import { KEPT, whyLeftOut } from './results-fields.ts';
import type { ResultsMaterial, TaskRow } from './results-material.ts';

const MOST_ROWS = 5_000;
const MOST_METRICS = 100_000;
/** Of a name in a field's path, which is put together for each value below it. */
const LONGEST_NAME = 200;
const ROWS = new Set(['results', 'table_results', 'groups']);
/** Of each task, one value. */
const SECTIONS = new Set([
  'configs',
  'versions',
  'n-shot',
  'higher_is_better',
  'n-samples',
  'task_hashes',
  'group_subtasks',
]);
const TEXTS = new Set(['task_name', 'prompt_name', 'alias']);

/** Takes a results file apart while it is read; holds a line of figures a task, and its settings. */
export class ResultsCollector implements JsonHandlers {
  readonly material: ResultsMaterial = {
    rows: new Map(),
    groups: new Map(),
    subtasks: new Map(),
    versions: new Map(),
    sections: new Map(),
    settings: {},
    top: new Map(),
  };
  readonly #report: FileReport;
  #literal = '';
  #metrics = 0;
  readonly #budget = new MemoryBudget();

  constructor(report: FileReport) {
    this.#report = report;
  }

  decide(path: JsonPath): Decision {
    const field = path[0];
    if (field === undefined) return 'descend';
    if (typeof field === 'number' || !Object.hasOwn(KEPT, field)) return 'skip';
    if (ROWS.has(field)) return path.length < 3 ? 'descend' : 'build';
    if (SECTIONS.has(field) || field === 'config') return path.length < 2 ? 'descend' : 'build';
    return 'build';
  }

  literal(text: string): void {
    this.#literal = text;
  }

  value(path: JsonPath, value: JsonValue): void {
    const [field, key, metric] = path;
    if (typeof field !== 'string') return;
    this.#budget.take(value);
    this.#report.keep(field, KEPT[field] ?? 'as it is');
    if (ROWS.has(field)) this.#row(field, key, metric, value);
    else if (key === undefined) this.material.top.set(field, value);
    else if (field === 'config') this.#setting(String(key), value);
    else this.#section(field, String(key), value);
  }

  skipped(path: JsonPath, count: number): void {
    this.#leaveOut(path, count);
  }

  tooLarge(path: JsonPath): void {
    this.#report.leaveOut(fieldOf(path), 1, 'larger than is kept of one value (131,072 bytes)');
  }

  closed(path: JsonPath): void {
    const [field, key] = path;
    if (typeof field !== 'string') return;
    this.#report.keep(field, KEPT[field] ?? 'as it is');
    // A task without a single figure is still one that the file names.
    if (ROWS.has(field) && path.length === 2 && key !== undefined) this.#rowOf(field, key);
  }

  #leaveOut(path: JsonPath, count: number): void {
    this.#report.leaveOut(fieldOf(path), count, whyLeftOut(String(path[0])));
  }

  #row(
    field: string,
    key: string | number | undefined,
    metric: string | number | undefined,
    value: JsonValue,
  ) {
    if (key === undefined || metric === undefined) {
      this.#report.leaveOut(fieldOf([field]), 1, 'stands where the figures of a task should');
      return;
    }
    const row = this.#rowOf(field, key);
    const name = String(metric);
    if (name === 'task_name' && typeof value === 'string') row.task = value;
    else if (name === 'prompt_name' && typeof value === 'string') row.prompt = value;
    if (TEXTS.has(name)) return;
    this.#metrics += 1;
    if (this.#metrics > MOST_METRICS)
      throw new UnfitLog(`The file states more than ${MOST_METRICS.toLocaleString('en')} figures.`);
    row.metrics.set(name, value);
  }

  #rowOf(field: string, key: string | number): TaskRow {
    const rows = field === 'groups' ? this.material.groups : this.material.rows;
    const name = String(key);
    let row = rows.get(name);
    if (row === undefined) {
      if (rows.size >= MOST_ROWS)
        throw new UnfitLog(`The file tells of more than ${MOST_ROWS.toLocaleString('en')} tasks.`);
      row = { task: name, prompt: null, metrics: new Map() };
      rows.set(name, row);
    }
    return row;
  }

  #setting(name: string, value: JsonValue): void {
    if (name === '__proto__') return;
    (this.material.settings as JsonObject)[name] = value;
  }

  #section(section: string, task: string, value: JsonValue): void {
    const { versions, subtasks, sections } = this.material;
    const scalar = value !== null && typeof value !== 'object';
    if (section === 'versions' && scalar)
      versions.set(task, typeof value === 'number' ? this.#literal : String(value));
    else if (section === 'group_subtasks')
      subtasks.set(task, Array.isArray(value) ? value.filter((name) => typeof name === 'string') : []);
    else {
      const known = sections.get(section) ?? new Map<string, JsonValue>();
      sections.set(section, known.set(task, value));
    }
  }
}

/** Tasks are many and alike: a field below one is told for all of them. */
function fieldOf(path: JsonPath): string {
  const [field, ...below] = path.map((part) => String(part).slice(0, LONGEST_NAME));
  if (below.length === 0) return String(field);
  const inner = below
    .slice(1)
    .map((part) => `.${part}`)
    .join('');
  return field === 'config' ? `config.${below.join('.')}` : `${field}[]${inner}`;
}
