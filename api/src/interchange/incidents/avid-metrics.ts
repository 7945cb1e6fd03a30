// AVID's metrics, in every shape that occurs, as reported results: what was counted is told in words, never as counts.

import type { JsonObject } from '../inspect/inspect-log.ts';
import type { JsonValue } from '../inspect/json-value.ts';
import { asNumber, asText, isObject, member, shorten } from '../inspect/plain-values.ts';
import { EXTENSION } from './avid-extension.ts';
import type { PlannedResult } from './planned-incident.ts';

const LONGEST_STATEMENT = 1_000;
/** A report of more figures keeps the rest in the record of what the source says. */
export const MOST_RESULTS = 200;
/** Names under which a row gives its figure, in the order in which they are looked for. */
const FIGURES = ['value', 'score', 'Test Score'];
const SUBJECTS = ['Model', 'model'];

/**
 * Two shapes are in use: `{scorer, metrics, value}`, as Inspect's logs are summed up, and `{name, detection_method,
 * results}`, whose results are lists of rows (garak, 0din) or columns of figures (HONEST). `subject` is what the record
 * says was tested.
 */
export function metricResults(metrics: JsonValue | undefined, subject: string | null): PlannedResult[] {
  if (!Array.isArray(metrics)) return [];
  return metrics.filter(isObject).flatMap((metric) => {
    const named = [asText(metric.scorer), asText(metric.metrics), asText(metric.name)].filter(
      (part) => part !== null,
    );
    const name = named.join(', ') || 'a metric without a name';
    // As a figure is written that was a reported result where the report was exported from.
    if (isObject(metric[EXTENSION]) && asText(metric.name) !== null)
      return [
        {
          statement: name,
          value: figureOf(metric),
          subject: asText(member(metric[EXTENSION], 'subject'), 200),
        },
      ];
    if (metric.value !== undefined) return [resultOf(name, { value: metric.value }, subject)];
    const rows = rowsOf(metric.results);
    if (rows.length > 0) return rows.map((row) => resultOf(name, row, subject));
    return [{ statement: shorten(`${name}${withMethod(metric)}`, LONGEST_STATEMENT), value: null, subject }];
  });
}

function rowsOf(results: JsonValue | undefined): JsonObject[] {
  if (!isObject(results)) return [];
  return Object.values(results).flatMap((part) => (Array.isArray(part) ? part.filter(isObject) : []));
}

function resultOf(name: string, row: JsonObject, subject: string | null): PlannedResult {
  const said = Object.entries(row)
    .filter(([field]) => !SUBJECTS.includes(field))
    .map(([field, value]) => `${field} ${wordOf(value)}`);
  return {
    statement: shorten(`${name}: ${said.join(', ')}`, LONGEST_STATEMENT),
    value: figureOf(row),
    subject:
      SUBJECTS.map((field) => asText(member(row, field), 200)).find((text) => text !== null) ?? subject,
  };
}

function figureOf(row: JsonObject): number | null {
  for (const field of FIGURES) {
    const value = member(row, field);
    const number =
      typeof value === 'string' && /^-?\d+(?:\.\d+)?$/.test(value) ? Number(value) : asNumber(value);
    if (number !== null) return number;
  }
  return null;
}

function withMethod(metric: JsonObject): string {
  const method = asText(member(metric.detection_method, 'name'));
  const told = ['results', 'features'].flatMap((field) =>
    metric[field] === undefined ? [] : [`${field} ${wordOf(metric[field])}`],
  );
  return `${method === null ? '' : ` by ${method}`}${told.length === 0 ? '' : `: ${told.join(', ')}`}`;
}

const wordOf = (value: JsonValue): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value);
