import type { Change } from '../access/change.ts';
import { type InputPath, NotFoundRefusal } from '../platform/refusal.ts';
import { selectVersionOfGrader, selectVersionsOfGraders } from './catalogue.store.ts';
import {
  selectConditionsNamed,
  selectConditionsOfRun,
  selectConditionsOfVersions,
} from './condition.store.ts';
import { requireNamed } from './find-named.ts';

/** What a measurement or score names beside its figures. */
export interface Judged {
  behavior?: string;
  condition?: string | null;
  grader?: string | null;
  /** Where it is known already which are meant: then the names are not looked up. */
  behaviorId?: bigint | undefined;
  graderVersionId?: bigint | null | undefined;
  conditionId?: bigint | null | undefined;
}

export interface ResolvedJudged {
  behaviorId: bigint | null;
  conditionId: bigint | null;
  graderVersionId: bigint | null;
}

/**
 * Finds behaviours, conditions of the run's evaluation version, and graders (`name`, its newest, or `name@version`) at once.
 * Of two conditions of one name it is the one that the run has figures of, else the one that the list has first.
 */
export async function resolveJudged(
  change: Change,
  { id: runId, evaluationVersionId }: { id: bigint; evaluationVersionId: bigint },
  items: readonly Judged[],
  pathOf: (index: number) => InputPath,
): Promise<ResolvedJudged[]> {
  const { viewer } = change.context;
  const wanted = firstBy(items, (item) => (item.behaviorId === undefined ? item.behavior : null));
  const found = await requireNamed(
    change.tx,
    viewer,
    'behavior',
    [...wanted].map(([name, i]) => ({ name, path: [...pathOf(i), 'behavior'] })),
  );
  const behaviors = new Map([...wanted.keys()].map((name, k) => [name, found[k]?.id ?? null]));
  const graders = new Map<string, bigint>();
  for (const [written, i] of firstBy(items, (item) =>
    item.graderVersionId === undefined ? item.grader : null,
  ))
    graders.set(written, await graderVersion(change, written, [...pathOf(i), 'grader']));
  const named = firstBy(items, (item) => (item.conditionId === undefined ? item.condition : null));
  const conditions =
    named.size === 0
      ? []
      : await selectConditionsNamed(change.tx, viewer, evaluationVersionId, [...named.keys()]);
  const alike = conditions.length > new Set(conditions.map((c) => c.name)).size;
  const ofRun = alike ? await selectConditionsOfRun(change.tx, viewer, runId) : new Set<bigint>();
  const conditionCalled = (name: string | null | undefined) =>
    conditions.find((c) => c.name === name && ofRun.has(c.id)) ?? conditions.find((c) => c.name === name);
  for (const [name, i] of named) {
    if (conditionCalled(name) !== undefined) continue;
    const others = await selectConditionsOfVersions(change.tx, viewer, [evaluationVersionId]);
    throw new NotFoundRefusal(
      [...pathOf(i), 'condition'],
      `The evaluation version has no condition "${name}".`,
      name,
      others.map((c) => c.name).slice(0, 20),
    );
  }
  return items.map((item) => ({
    behaviorId:
      item.behaviorId ?? (item.behavior === undefined ? null : (behaviors.get(item.behavior) ?? null)),
    conditionId:
      item.conditionId !== undefined ? item.conditionId : (conditionCalled(item.condition)?.id ?? null),
    graderVersionId:
      item.graderVersionId !== undefined
        ? item.graderVersionId
        : item.grader == null
          ? null
          : (graders.get(item.grader) ?? null),
  }));
}

function firstBy(
  items: readonly Judged[],
  of: (item: Judged) => string | null | undefined,
): Map<string, number> {
  const first = new Map<string, number>();
  items.forEach((item, i) => {
    const name = of(item);
    if (name != null && !first.has(name)) first.set(name, i);
  });
  return first;
}

async function graderVersion(change: Change, written: string, path: InputPath): Promise<bigint> {
  const at = written.lastIndexOf('@');
  const name = at > 0 ? written.slice(0, at) : written;
  const wanted = at > 0 ? written.slice(at + 1) : null;
  const [grader] = await requireNamed(change.tx, change.context.viewer, 'grader', [{ name, path }]);
  const graderId = grader?.id ?? 0n;
  const version = await selectVersionOfGrader(change.tx, change.context.viewer, graderId, wanted);
  if (version === null) {
    const versions = await selectVersionsOfGraders(change.tx, change.context.viewer, [graderId]);
    throw new NotFoundRefusal(
      path,
      `The grader ${name} has no version ${wanted === null ? 'that you may see' : `"${wanted}"`}.`,
      written,
      versions.map((v) => `${name}@${v.version}`).slice(0, 20),
    );
  }
  return version.id;
}
