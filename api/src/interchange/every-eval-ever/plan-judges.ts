import type { FileReport } from '../formats/file-report.ts';
import type { JsonValue } from '../inspect/json-value.ts';
import { asText, member, shorten } from '../inspect/plain-values.ts';
import { bounded, digestOf, LONGEST_NAME, thingName } from '../plan-values.ts';
import type { PlannedGrader } from '../planned.ts';

const LONGEST_PROMPT = 100_000;

/** The judges of the results, as graders; null for a result that no model judged. */
export function planJudges(
  results: readonly JsonValue[],
  report: FileReport,
): { graders: PlannedGrader[]; graderOf: (number | null)[] } {
  const graders: PlannedGrader[] = [];
  const index = new Map<string, number>();
  const graderOf = results.map((result) => {
    const scoring = member(member(result, 'metric_config'), 'llm_scoring');
    if (scoring === undefined || scoring === null) return null;
    const grader = graderFor(scoring);
    const key = `${grader.name}@${grader.version}`;
    if (!index.has(key)) index.set(key, graders.push(grader) - 1);
    report.keep('evaluation_results[].metric_config.llm_scoring', 'grader, its prompt and model');
    return index.get(key)!;
  });
  return { graders, graderOf };
}

function graderFor(scoring: JsonValue): PlannedGrader {
  const stated = member(scoring, 'judges');
  const names = (Array.isArray(stated) ? stated : []).flatMap((judge) => {
    const info = member(judge, 'model_info');
    return asText(member(info, 'id'), 200) ?? asText(member(info, 'name'), 200) ?? [];
  });
  const prompt = member(scoring, 'input_prompt');
  const [only, ...others] = names;
  const sole = only !== undefined && others.length === 0 ? thingName(only) : '';
  return {
    name: thingName(`judged by ${names.join(' and ') || 'a model'}`),
    version: digestOf(scoring).slice(0, 12),
    kind: others.length > 0 ? 'COMBINED' : 'MODEL',
    prompt: typeof prompt === 'string' && prompt !== '' ? shorten(prompt, LONGEST_PROMPT) : null,
    parser: null,
    model: sole === '' ? null : { name: bounded(sole, LONGEST_NAME), version: 'unspecified' },
  };
}
