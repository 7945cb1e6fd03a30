import { argumentSettings, isOff } from '../evaluation/model-arguments.ts';
import { measuredConfig } from '../evaluation/sampling-settings.ts';
import { bareName, graderMeantBy, ScorerNames } from '../evaluation/scoring/scorer-names.ts';
import { STRING_MATCHERS } from '../evaluation/who-graded.ts';
import { addToList } from '../platform/add-to-list.ts';
import type { Json } from '../platform/json.ts';
import type { InspectGrader, InspectLog, JsonObject } from './inspect/inspect-log.ts';
import type { JsonValue } from './inspect/json-value.ts';
import { nameToConfirm, UNSPECIFIED } from './model-names/model-alias.ts';
import type { Losses } from './plan-losses.ts';
import { bounded, digestOf, LONGEST_NAME, thingName, UnfitLog } from './plan-values.ts';
import type { GraderKind, PlannedGrader, PlannedModel } from './planned.ts';

/** What the names of models were confirmed to mean, by name. */
export type ConfirmedModels = ReadonlyMap<string, { id: bigint; ref: string }>;

/** What a reader is told of a file; what is told twice is cut from the report. */
export interface Told {
  warnings: string[];
  /** Those that were worded by what the sender sees of the record. */
  ofRecord: string[];
}

/** A model as the log names it, with the revision that was loaded where it says so, or as a person confirmed that to mean. */
export function planModel(
  { model: stated, revision }: { model: string; revision?: string | undefined },
  role: string,
  { warnings, ofRecord }: Told,
  known: ConfirmedModels = new Map(),
): PlannedModel {
  const name = bounded(stated, LONGEST_NAME);
  if (name === '') throw new UnfitLog(`The log gives the model ${role} a name that holds no letter.`);
  const version = revision ?? UNSPECIFIED;
  const named = nameToConfirm({ name, version });
  const confirmed = known.get(named);
  if (confirmed !== undefined) {
    const said = `The log names the model ${role} ${named}: it is recorded as ${confirmed.ref}, as a person of your team confirmed that name to mean.`;
    ofRecord.push(said);
    return { name, version, confirmed };
  }
  if (revision !== undefined) return { name, version };
  const said = `The log names the model ${role}, ${name}, without a version: it is recorded as "unspecified", its training as not recorded.`;
  warnings.push(said);
  return { name, version };
}

export function planGraders(
  log: InspectLog,
  losses: Losses,
  told: Told,
  known: ConfirmedModels = new Map(),
): PlannedGrader[] {
  const planned = log.graders.map((grader): PlannedGrader => {
    const params = losses.bounded(`scorer ${grader.scorer}`.slice(0, 100), grader.params) ?? {};
    const model = planJudge(grader, told, known);
    const named = bareName(grader.scorer);
    if (model === null && named.startsWith('model_graded')) {
      told.warnings.push(`The log does not say which model judged for ${named}.`);
    }
    if (grader.modelFrom === 'under test') {
      told.warnings.push(
        `The log names no model that judged for ${named}, and binds none to its role: Inspect then has the model under test judge itself, which is recorded so.`,
      );
    }
    const roleArgs = losses.bounded('eval.model_roles.args', settingsOfRole(grader));
    const roleConfig = losses.bounded('eval.model_roles.config', measuredConfig(grader.roleConfig ?? {}));
    return {
      name: thingName(grader.scorer) || 'unnamed',
      version: digestOf({
        scorer: grader.scorer,
        params,
        model: grader.model,
        ...(grader.revision === undefined ? {} : { revision: grader.revision }),
        ...(Object.keys(roleConfig ?? {}).length === 0 ? {} : { roleConfig }),
        ...(Object.keys(roleArgs ?? {}).length === 0 ? {} : { roleArgs }),
      }).slice(0, 12),
      kind: graderKind(named, model !== null),
      prompt: textOf(params, 'template') ?? textOf(params, 'instructions'),
      parser: textOf(params, 'grade_pattern') ?? textOf(params, 'pattern'),
      model,
    };
  });
  return planned;
}

function planJudge(
  { model, revision }: InspectGrader,
  told: Told,
  known: ConfirmedModels,
): PlannedModel | null {
  return model === null ? null : planModel({ model, revision }, 'that grades', told, known);
}

/** As they are compared, whoever writes them how: what is off is as if it were not said. */
const settingsOfRole = ({ roleArgs, model }: InspectGrader): JsonObject =>
  Object.fromEntries(
    argumentSettings({ modelArgs: (roleArgs ?? null) as Json, model })
      .filter(([name, value]) => !isOff(name, JSON.stringify(value)))
      .map(([name, value]) => [name, value as JsonValue]),
  );

function graderKind(scorer: string, hasModel: boolean): GraderKind {
  if (hasModel || scorer.startsWith('model_graded')) return 'MODEL';
  if (STRING_MATCHERS.has(scorer)) return 'STRING_MATCH';
  return scorer === 'human' || scorer === 'human_scorer' ? 'HUMAN' : 'UNKNOWN';
}

function textOf(params: JsonValue, name: string): string | null {
  if (params === null || typeof params !== 'object' || Array.isArray(params)) return null;
  const value = Object.hasOwn(params, name) ? params[name] : undefined;
  return typeof value === 'string' && value !== '' ? value : null;
}

/** Finds the grader behind a scorer's name. Two of one name, with other parameters, cannot be told apart. */
export function graderFinder(
  stated: readonly InspectGrader[],
  planned: readonly PlannedGrader[],
  warnings: string[],
): (scorer: string) => number | null {
  const places = new Map<string, number[]>();
  for (const [i, { scorer }] of stated.entries()) addToList(places, scorer, i);
  const names = new ScorerNames(places.keys());
  const answered = new Map<string, number | null>();
  const find = (scorer: string): number | null => {
    const found = graderMeantBy(scorer, names).flatMap((name) => places.get(name)!);
    const versions = new Set(found.map((i) => planned[i]!.version));
    if (versions.size > 1)
      warnings.push(`Several graders are called ${scorer}: which gave a value cannot be told.`);
    return versions.size === 1 ? found[0]! : null;
  };
  return (scorer) => {
    const known = answered.get(scorer);
    if (known !== undefined) return known;
    const found = find(scorer);
    answered.set(scorer, found);
    return found;
  };
}
