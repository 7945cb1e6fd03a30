// Rules of the regression watch with what they said of measurements, and what people watch and were told.
import type { Catalogue } from './catalogue.ts';
import type { Writer } from './generate.ts';
import { PEOPLE, type PersonName, TEAMS, whoSees } from './principals.ts';
import { type Row, visibleTo } from './rows.ts';

/** All that decides whether a measurement may be compared: it tells of that. */
const withJudging = (measurement: Row): Row[] =>
  [measurement, measurement.leads.grader_version_id, measurement.leads.scoring_rule_version_id].filter(
    (row) => row !== undefined,
  );

export function recordRegressions(write: Writer, catalogue: Catalogue): void {
  const { dice } = write;
  const incidents = write.nodes.filter(({ values }) => values.kind === 'INCIDENT');
  const rules: Row[] = [];
  const outcomes: Row[] = [];
  for (let i = 0; i < 4; i += 1) {
    const behavior = dice.pick(catalogue.behaviors);
    const { rule, baselines } = regressionRule(
      write,
      catalogue,
      behavior,
      dice.chance(0.4) ? dice.pick(incidents) : null,
    );
    rules.push(rule);
    const measured = catalogue.measurements.filter((one) => one.needs.includes(behavior));
    for (const measurement of dice.some(measured, 2)) {
      const made = outcome(
        write,
        rule,
        baselines,
        measurement,
        groundsOf(write, catalogue, measurement, baselines),
      );
      outcomes.push(made);
      for (const incident of dice.some(incidents, 2))
        write.rows.add('regression_consequence', {
          id: 0,
          needs: { regression_outcome_id: made, incident_id: incident },
          values: {
            action: dice.pick(['REOPENED', 'LINKED', 'LINKED_BEFORE_END', 'DRAFTED']),
            recorded_at: '2026-02-01T00:00:00Z',
          },
        });
    }
  }
  whichCanLookBack(write, catalogue);
  for (const person of ['rivalInvestigator', 'labReporter', 'both', 'named'] as const) {
    for (const target of [dice.pick(rules), dice.pick(catalogue.behaviors), dice.pick(incidents)])
      watch(write, person, target);
    for (const one of dice.some(outcomes, 3))
      forOne(
        person,
        write.rows.add('notification', {
          needs: { regression_outcome_id: one },
          values: {
            actor_id: Number(PEOPLE[person].id),
            recorded_at: '2026-02-01T00:00:00Z',
            read_at: dice.chance(0.4) ? '2026-02-02T00:00:00Z' : null,
          },
        }),
      );
  }
}

/** A rule of the one who may have rules look back and does not see all, of what they see measured, where there is any. */
function whichCanLookBack(write: Writer, { measurements }: Catalogue): void {
  const seen = measurements.find(
    (one) => visibleTo(one, 'rivalInvestigator') && one.values.retracted_at === null,
  );
  const behavior = seen?.needs.find(({ table }) => table === 'behavior');
  if (behavior === undefined) return;
  write.assert('regression_rule', {
    guard: { visibility: 'MEMBERS', team: 'rival', author: 'rivalInvestigator', audience: null },
    retracted: false,
    needs: { behavior_id: behavior },
    values: {
      ...{ title: write.words(), model_family: '*', condition: null, note: null, incident_id: null },
      ...{ kind: 'THRESHOLD', threshold: 0.2, alpha: null, baseline_ids: [] },
    },
  });
}

function regressionRule(
  write: Writer,
  catalogue: Catalogue,
  behavior: Row,
  incident: Row | null,
): { rule: Row; baselines: Row[] } {
  const { dice } = write;
  const own = catalogue.measurements.filter((one) => one.needs.includes(behavior));
  const baselines = own.length > 0 && dice.chance(0.5) ? dice.some(own, 1 + dice.below(2)) : [];
  const rises = baselines.length > 0;
  const title = write.words();
  const rule = write.assert('regression_rule', {
    needs: { behavior_id: behavior, ...(incident === null ? {} : { incident_id: incident }) },
    tellsOf: baselines,
    values: {
      title,
      model_family: dice.pick(['model-*', 'model-0', 'lab/model-*']),
      condition: dice.chance(0.2) ? 'condition-0' : null,
      kind: rises ? 'RISE' : 'THRESHOLD',
      threshold: rises ? null : 0.2,
      alpha: rises ? 0.05 : null,
      baseline_ids: baselines.map(({ id }) => id),
      note: write.words(),
      ...(incident === null ? { incident_id: null } : {}),
    },
  });
  write.event('REGRESSION_RULE_CREATED', null, { rule: title }, [rule]);
  return { rule, baselines };
}

interface Grounds {
  testedOn: readonly Row[];
  files: readonly Row[];
}

/** What a verdict rests on of the runs of a measurement and of what it is compared with: some of it, or nothing. */
function groundsOf(
  { dice }: Writer,
  { grounds }: Catalogue,
  measurement: Row,
  baselines: readonly Row[],
): Grounds {
  if (baselines.length === 0) return { testedOn: [], files: [] };
  const runs = [measurement, ...baselines].flatMap(({ needs }) =>
    needs.flatMap((row) => grounds.get(row) ?? []),
  );
  return {
    testedOn: dice.chance(0.4) ? [...new Set(runs.flatMap(({ testedOn }) => testedOn))] : [],
    files: dice.chance(0.4) ? [...new Set(runs.flatMap(({ file }) => file ?? []))] : [],
  };
}

function outcome(
  write: Writer,
  rule: Row,
  baselines: readonly Row[],
  measurement: Row,
  { testedOn, files }: Grounds,
): Row {
  const baseline = baselines[0]?.id;
  const rises = baseline !== undefined;
  return write.record('regression_outcome', {
    needs: { regression_rule_id: rule, measurement_id: measurement },
    tellsOf: [...[measurement, ...baselines].flatMap(withJudging), ...testedOn, ...files],
    values: {
      tested_on_ids: testedOn.map(({ id }) => id),
      import_ids: files.map(({ id }) => id),
      verdict: write.dice.pick(
        rises
          ? ['HIT', 'NO_HIT', 'NOT_COMPARABLE', 'CANNOT_BE_TESTED']
          : ['HIT', 'NO_HIT', 'CANNOT_BE_TESTED'],
      ),
      lower_bound: 0.125,
      baseline_id: baseline ?? null,
      difference: rises ? 0.25 : null,
      p_value: rises ? 0.015625 : null,
      corrected_p_value: rises ? 0.03125 : null,
      tested_together: rises ? 2 : null,
      team_id: Number(TEAMS.common.id),
      actor_id: Number(PEOPLE.author.id),
    },
  });
}

const WATCHED: Readonly<Record<string, string>> = {
  regression_rule: 'regression_rule_id',
  behavior: 'behavior_id',
  node: 'incident_id',
};

function watch(write: Writer, person: PersonName, target: Row): void {
  const none = { regression_rule_id: null, behavior_id: null, incident_id: null };
  const column = WATCHED[target.table] ?? '';
  const row = write.rows.add('watch', {
    needs: { [column]: target },
    values: { ...none, actor_id: Number(PEOPLE[person].id), recorded_at: '2026-02-01T00:00:00Z' },
  });
  forOne(person, row);
}

/** Nobody's but theirs: in the world of anybody else it was never recorded. */
function forOne(person: PersonName, row: Row): void {
  row.seenBy &= whoSees({ visibility: 'RESTRICTED', team: 'common', author: person, audience: null });
}
