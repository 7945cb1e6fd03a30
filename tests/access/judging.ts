// What rules say in both worlds of a pair, each of which has its own look at all that was measured.
import { may } from '../../api/src/access/viewer.ts';
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

const SAID = `{
  regressionRules(first: 100) { nodes { id title kind outcomes(first: 100) { nodes {
    verdict lowerBound difference pValue correctedPValue testedTogether reasons measurement { id } baseline { id }
    consequences { action incident { id } } } } } } }`;

/** For whoever has an account, and may read by what they show. */
const TOLD = `{ notifications(first: 100) { nodes { outcome { verdict measurement { id } rule { id title kind } } } } }`;

interface Outcome {
  verdict: string;
  measurement: { id: string };
  consequences: { action: string; incident: { id: string } }[];
  [said: string]: unknown;
}
interface Rule {
  id: string;
  title: string;
  kind: string;
}
interface Said {
  regressionRules: { nodes: (Rule & { outcomes: { nodes: Outcome[] } })[] };
}
interface Told {
  notifications: { nodes: { outcome: Outcome & { rule: Rule } }[] };
}

export interface Judged extends Compared {
  /** The verdicts of the rule whose two runs rest on what few see, as the principal reads them. */
  verdicts: string[];
}

/**
 * What the principal reads once rules looked, as their authors: of what they do not see themselves nothing moves a verdict
 * that they read. That nothing is said of a measurement may tell of what its rule's author does not see, and over how many
 * p is corrected of how they are seen by others (decisions 32 and 51): of those rules what is said counts, without that.
 */
export async function compareJudging(pair: Pair, seed: number, who: PrincipalName): Promise<Judged> {
  const { compared } = await begin(pair, seed, who);
  const answers: Map<string, Telling>[] = [];
  for (const database of [pair.recorded, pair.never]) {
    database.willChange();
    await look(database);
    const ask = asker(pair.watched, database, PRINCIPALS[who]);
    const told = may(PRINCIPALS[who], 'read').allowed ? await ask(TOLD) : '{"notifications":{"nodes":[]}}';
    answers.push(new Map([...outcomesIn(JSON.parse(await ask(SAID))), ...toldIn(JSON.parse(told))]));
  }
  compared.asked += 1;
  const [recorded, never] = answers as [Map<string, Telling>, Map<string, Telling>];
  const keys = new Set([...recorded.keys(), ...[...never.keys()].filter((key) => key.startsWith(JUDGED))]);
  for (const key of keys) {
    const [was, is] = [recorded, never].map((all) => toldOf(all.get(key)));
    if (was === is) compared.done += 1;
    else
      compared.differences.push(`world ${seed}, ${who}, ${key}\n recorded: ${was}\n never recorded: ${is}`);
  }
  const verdicts = [...recorded].flatMap(([key, { verdict }]) => (key.startsWith(JUDGED) ? [verdict] : []));
  return { ...compared, verdicts };
}

async function look(database: WorldDatabase): Promise<void> {
  await database.read(ALL_LOOK_BACK);
  await new RegressionWatch(database.services).drain();
  const left = await database.read('select 1 from regression_recording');
  if (left.length > 0) throw new Error(`${left.length} rules could not look.`);
}

/** What is read of an outcome, or of it in a notification. */
interface Telling {
  verdict: string;
  said: Record<string, unknown>;
  /** Nothing of it may differ, where anything is said: it is corrected over nothing, or over what all see. */
  exact: boolean;
}

const isExact = ({ title, kind }: Rule): boolean => title === JUDGED || kind === 'THRESHOLD';

/** Incidents that were there before: what a rule drafts is its author's, and has an id of its own in each world. */
const consequencesOf = ({ consequences }: Outcome) =>
  consequences
    .filter(({ action }) => action !== 'DRAFTED')
    .map((one) => JSON.stringify(one))
    .sort();

const outcomesIn = ({ regressionRules }: Said): [string, Telling][] =>
  regressionRules.nodes.flatMap((rule) =>
    rule.outcomes.nodes.map((outcome): [string, Telling] => {
      const said = { ...outcome, consequences: consequencesOf(outcome) };
      return [
        `${rule.title}, ${rule.id}, ${outcome.measurement.id}`,
        { verdict: outcome.verdict, said, exact: isExact(rule) },
      ];
    }),
  );

/** Who is told of a hit of a rule that corrects over what its author sees, is told by that correction. */
const toldIn = ({ notifications }: Told): [string, Telling][] =>
  notifications.nodes.flatMap(({ outcome }): [string, Telling][] =>
    isExact(outcome.rule)
      ? [
          [
            `${outcome.rule.title}, told of ${outcome.rule.id}, ${outcome.measurement.id}`,
            { verdict: outcome.verdict, said: { verdict: outcome.verdict }, exact: true },
          ],
        ]
      : [],
  );

function toldOf(telling: Telling | undefined): string | undefined {
  if (telling === undefined || telling.exact) return JSON.stringify(telling?.said);
  const { correctedPValue: _corrected, testedTogether: _over, consequences: _moved, ...said } = telling.said;
  return JSON.stringify({ ...said, verdict: telling.verdict === 'HIT' ? 'NO_HIT' : telling.verdict });
}
