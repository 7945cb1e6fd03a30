// What rules say in both worlds of a pair, each of which has its own look at all that was measured.
import { RegressionWatch } from '../../api/src/regression/regression-watch.ts';
import { asker } from './ask/asking.ts';
import { begin, type Compared, type Pair } from './pair.ts';
import type { WorldDatabase } from './world/database.ts';
import { JUDGED } from './world/judged.ts';
import { PRINCIPALS, type PrincipalName } from './world/principals.ts';

/** Every rule that stands looks back at everything, as if it had said nothing yet. */
const ALL_LOOK_BACK = `
  delete from notification; delete from regression_consequence; delete from regression_outcome;
  insert into regression_recording (regression_rule_id, asked_by, measurement_ids, next_try_at)
  select r.id, r.actor_id, array(select m.id from measurement m order by m.id), '-infinity'
  from regression_rule r where r.retracted_at is null;`;

const SAID = `{ regressionRules(first: 100) { nodes { title outcomes(first: 100) { nodes {
  verdict lowerBound difference pValue correctedPValue testedTogether reasons measurement { id } baseline { id } } } } } }`;

interface Outcome {
  verdict: string;
  measurement: { id: string };
  [said: string]: unknown;
}
interface Said {
  regressionRules: { nodes: { title: string; outcomes: { nodes: Outcome[] } }[] };
}

/**
 * What the principal reads once rules looked, as their authors: of what they do not see themselves nothing moves a verdict
 * that they read. That nothing is said of a measurement may tell of what its rule's author does not see, and over how many
 * p is corrected of how they are seen by others (decisions 32 and 51): of those rules what is said counts, without that.
 */
export async function compareJudging(pair: Pair, seed: number, who: PrincipalName): Promise<Compared> {
  const { compared } = await begin(pair, seed, who);
  const answers = [];
  for (const database of [pair.recorded, pair.never]) {
    database.willChange();
    await look(database);
    answers.push(JSON.parse(await asker(pair.watched, database, PRINCIPALS[who])(SAID)) as Said);
  }
  compared.asked += 1;
  const [recorded, never] = answers.map(outcomesIn) as [Map<string, Outcome>, Map<string, Outcome>];
  const keys = new Set([...recorded.keys(), ...[...never.keys()].filter((key) => key.startsWith(JUDGED))]);
  for (const key of keys) {
    const [was, is] = [recorded, never].map((all) => toldOf(key, all.get(key)));
    if (was === is) compared.done += 1;
    else
      compared.differences.push(`world ${seed}, ${who}, ${key}\n recorded: ${was}\n never recorded: ${is}`);
  }
  return compared;
}

async function look(database: WorldDatabase): Promise<void> {
  await database.read(ALL_LOOK_BACK);
  await new RegressionWatch(database.services).drain();
  const left = await database.read('select 1 from regression_recording');
  if (left.length > 0) throw new Error(`${left.length} rules could not look.`);
}

const outcomesIn = ({ regressionRules }: Said): Map<string, Outcome> =>
  new Map(
    regressionRules.nodes.flatMap(({ title, outcomes }) =>
      outcomes.nodes.map((outcome) => [`${title}, ${outcome.measurement.id}`, outcome] as const),
    ),
  );

function toldOf(key: string, outcome: Outcome | undefined): string | undefined {
  if (outcome === undefined || key.startsWith(JUDGED)) return JSON.stringify(outcome);
  const { correctedPValue: _corrected, testedTogether: _over, verdict, ...said } = outcome;
  return JSON.stringify({ ...said, verdict: verdict === 'HIT' ? 'NO_HIT' : verdict });
}
