// What is known where a file is read, beside what the file says: the rules in force, and what names were confirmed to mean.
import type { Context } from '../context.ts';
import { confirmedMeaning } from './model-names/read-model-aliases.ts';
import type { ConfirmedModels } from './plan-graders.ts';
import type { RuleToApply } from './plan-measurements.ts';
import { bounded, LONGEST_NAME } from './plan-values.ts';
import { rulesToApply } from './rules-to-apply.ts';

export interface KnownHere {
  /** The rules for a task, and what must be told of others. */
  rules(task: string): Promise<{ used: RuleToApply[]; warnings: string[] }>;
  /** What names of models, as a file states them, were confirmed to mean. */
  models(stated: readonly string[]): Promise<ConfirmedModels>;
}

/** As far as the viewer may see it. */
export function knownHere(context: Pick<Context, 'db' | 'viewer'>): KnownHere {
  return {
    rules: (task) => rulesToApply(context, task),
    models: (stated) =>
      confirmedMeaning(
        context,
        stated.map((name) => bounded(name, LONGEST_NAME)),
      ),
  };
}
