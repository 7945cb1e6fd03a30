// What scores mean, by rules whose versions some confirmed, and what logs call models.
import type { Writer } from './generate.ts';
import { PEOPLE, TEAMS } from './principals.ts';
import type { Row } from './rows.ts';

/** The versions of all rules. A version tells of its behaviours, and a confirmation is nothing without its version. */
export function scoringRules(write: Writer, behaviors: readonly Row[], models: readonly Row[]): Row[] {
  const { dice } = write;
  const versions: Row[] = [];
  for (let i = 0; i < 3; i += 1) {
    const guard = write.guard();
    const rule = write.rows.add('scoring_rule', {
      guard,
      values: {
        namespace: TEAMS[guard.team].namespace,
        name: `rule-${i}`,
        evaluation: `evaluation-${i % 2}`,
        scorer: 'score',
      },
    });
    for (let number = 1; number <= 3; number += 1) {
      const behavior = dice.pick(behaviors);
      const version = write.assert('scoring_rule_version', {
        needs: { scoring_rule_id: rule },
        tellsOf: [behavior],
        values: {
          number,
          definition: {
            behavior: dice.chance(0.4) ? byArgument(wholeName(behavior)) : wholeName(behavior),
            scorer: 'score',
            exhibited: { oneOf: [1] },
            notExhibited: { below: 1 },
            unscored: { oneOf: [write.words()] },
            excluded: { above: 5 },
            graderError: { part: 'failed', test: { oneOf: [true] } },
            conditionArgs: dice.chance(0.6) ? ['goal'] : [],
          },
          behavior_ids: [behavior.id],
          built_in: false,
          note: write.words(),
        },
      });
      versions.push(version);
      if (dice.chance(0.5))
        write.rows.add('scoring_rule_confirmation', {
          needs: { scoring_rule_version_id: version },
          values: {
            comment: write.words(),
            team_id: Number(TEAMS[guard.team].id),
            actor_id: Number(PEOPLE[guard.author].id),
            recorded_at: '2026-01-01T00:00:00Z',
          },
        });
    }
  }
  for (let i = 0; i < 2; i += 1) {
    const guard = write.guard();
    write.assert('model_alias', {
      guard,
      needs: { model_version_id: dice.pick(models) },
      values: { namespace: TEAMS[guard.team].namespace, name: i === 0 ? 'model-0 and more' : `alias-${i}` },
    });
  }
  return versions;
}

const byArgument = (name: string) => ({ byTaskArg: 'goal', names: { any: name }, byDefault: name });

export const wholeName = ({ values }: Row) =>
  values.namespace === '' ? String(values.name) : `${values.namespace}/${values.name}`;
