import type { FileReport } from '../formats/file-report.ts';
import type { JsonObject } from '../inspect/inspect-log.ts';
import type { JsonValue } from '../inspect/json-value.ts';
import { shorten } from '../inspect/plain-values.ts';
import { digestOf, thingName } from '../plan-values.ts';
import type { GraderKind, PlannedGrader } from '../planned.ts';
import type { Judge } from './judges-of-result.ts';
import type { JudgesOfRun } from './judges-of-run.ts';

const LONGEST_PROMPT = 100_000;
const MOST_TOLD = 50;
const NAMED = 'namedScores/';
const OF_EVERY_RESULT = new Set(['success', 'score']);

export interface PlannedJudges {
  graders: PlannedGrader[];
  /** As logs of other harnesses name theirs in what is recorded of the run. */
  told: JsonObject[];
  /** Null for a score of which it is not told who gave it, and of every score where code alone compared. */
  graderOf(score: string): number | null;
}

/** The graders of the scores of a run. One that code alone computed has none; in one that has any, code is told as one. */
export function planJudges(
  judges: JudgesOfRun,
  scores: readonly string[],
  report: FileReport,
): PlannedJudges {
  const graders: PlannedGrader[] = [];
  const told: JsonObject[] = [];
  const index = new Map<string, number>();
  const byKey = new Map<string, number>();
  if (judges.isJudged)
    for (const score of scores) {
      const given = judges.of(score);
      if (given.length === 0) continue;
      const grader = graderOf(score, given, report);
      const key = `${grader.name}@${grader.version}`;
      if (!byKey.has(key)) {
        byKey.set(key, graders.push(grader) - 1);
        told.push(toldOf(grader, given));
      }
      index.set(score, byKey.get(key)!);
    }
  return { graders, told, graderOf: (score) => index.get(score) ?? null };
}

function graderOf(score: string, judges: readonly Judge[], report: FileReport): PlannedGrader {
  report.keep(
    'results[].gradingResult.componentResults[].assertion',
    'graders of the scores: their types, the provider that is asked and the prompt that it is given',
  );
  const kinds = [...new Set(judges.map(({ kind }) => kind))];
  const asked = judges.filter(({ kind }) => kind === 'MODEL' || kind === 'CLASSIFIER');
  for (const { type, kind, provider } of asked)
    if (kind === 'MODEL' && provider === null)
      report.warn(
        `Which model judged for ${type} is not known: no provider is stated for it, and which one promptfoo then takes depends on the credentials that it finds.`,
      );
  return {
    name: thingName(`promptfoo/${nameOf(score)}`),
    version: digestOf(judges.map(statedOf)).slice(0, 12),
    kind: kinds.length > 1 ? 'COMBINED' : (kinds[0] as GraderKind),
    prompt: promptOf(asked),
    parser: null,
    model: modelOf(asked),
  };
}

/** A named score may be called as what promptfoo gives every result: then it is told apart by standing among the named. */
function nameOf(score: string): string {
  const name = score.startsWith(NAMED) ? score.slice(NAMED.length) : score;
  return OF_EVERY_RESULT.has(name) ? score : name;
}

/** What tells the version of a grader: never what single tests ask for. */
const statedOf = ({ type, provider, rubric }: Judge): JsonObject => ({
  type,
  provider,
  rubricPrompt: rubric?.digest ?? null,
});

/** The one that all of them ask; null where they ask several, or one does not say. */
function modelOf(asked: readonly Judge[]): PlannedGrader['model'] {
  const [only, ...others] = new Set(asked.map(({ provider }) => provider));
  const name = only == null || others.length > 0 ? '' : thingName(only);
  return name === '' ? null : { name, version: 'unspecified' };
}

function promptOf(asked: readonly Judge[]): string | null {
  const [only, ...others] = new Set(
    asked.flatMap(({ kind, rubric }) => (kind === 'MODEL' ? [rubric?.text ?? null] : [])),
  );
  return only == null || others.length > 0 ? null : shorten(only, LONGEST_PROMPT);
}

function toldOf({ name, model }: PlannedGrader, judges: readonly Judge[]): JsonObject {
  const further = judges.length - MOST_TOLD;
  const params: { [field: string]: JsonValue } = { assertions: judges.slice(0, MOST_TOLD).map(statedOf) };
  if (further > 0) params.further = further;
  return { scorer: name, model: model?.name ?? null, params };
}
