// Which samples of a log share a scenario: only where their metadata says so under one name that leaves no doubt.
import type { FieldReport } from './field-report.ts';
import type { InspectSample } from './inspect-log.ts';
import type { JsonValue } from './json-value.ts';

/** By these names alone; a category, a topic or a difficulty is no scenario. */
export const SCENARIO_FIELDS: ReadonlySet<string> = new Set(['scenario', 'scenario_id', 'scenario_name']);
const LONGEST = 200;

export interface StatedScenario {
  field: string;
  name: string;
}

/** Null where the sample names none, or two that differ. A text too long for a name is what the model was given. */
export function statedScenario(metadata: ReadonlyMap<string, JsonValue>): StatedScenario | null {
  const named = [...SCENARIO_FIELDS].flatMap((field) => {
    const value = metadata.get(field);
    const whole = typeof value === 'number' && Number.isSafeInteger(value);
    const name = typeof value === 'string' ? value.trim() : whole ? String(value) : '';
    return name === '' || name.length > LONGEST ? [] : [{ field, name }];
  });
  return named.length === 1 ? named[0]! : null;
}

/**
 * The samples with their scenarios where all of them name one, under the same name, and no item has two; else without,
 * since some would count as one cluster and others, for want of a word, as many.
 */
export function withScenarios(
  samples: InspectSample[],
  report: FieldReport,
  warnings: string[],
): InspectSample[] {
  const stated = samples.flatMap(({ scenario }) => scenario ?? []);
  if (stated.length === 0) return samples;
  const [{ field }] = stated as [StatedScenario];
  const ofItem = new Map<string, string>();
  const clear = samples.every(({ id, scenario }) => {
    if (scenario?.field !== field) return false;
    const before = ofItem.get(id) ?? scenario.name;
    ofItem.set(id, before);
    return before === scenario.name;
  });
  if (clear) {
    report.keep(
      `samples[].metadata.${field}`,
      'scenario that samples share: standard errors are clustered by it',
    );
    return samples;
  }
  warnings.push(
    'The metadata of some samples names a scenario, and not that of all in the same way: none is taken, and each item counts for itself.',
  );
  return samples.map((sample) => ({ ...sample, scenario: null }));
}
