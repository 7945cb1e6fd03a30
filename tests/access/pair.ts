// One pair of worlds: as recorded, and with what is hidden from one principal never recorded. All that the principal
// asks and tries is answered the same, or named as different.
import { asker } from './ask/asking.ts';
import { Names } from './ask/ids.ts';
import { trialsOf } from './ask/mutations.ts';
import { pagedLists, type Question, questionsOf } from './ask/questions.ts';
import type { Watched } from './ask/schema.ts';
import { RESIDUALS, withoutChance } from './residuals.ts';
import type { WorldDatabase } from './world/database.ts';
import { Dice } from './world/dice.ts';
import { generateWorld } from './world/generate.ts';
import { PRINCIPALS, type PrincipalName } from './world/principals.ts';
import { type World, withoutHidden } from './world/rows.ts';

export interface Pair {
  watched: Watched;
  recorded: WorldDatabase;
  never: WorldDatabase;
}

export interface Compared {
  /** Where the answers differ, and how. */
  differences: string[];
  /** Which residuals explained a difference, by their reason. */
  residuals: string[];
  asked: number;
  hidden: number;
}

type Only = (question: Question) => boolean;

/** What the principal reads in both worlds of a seed. */
export async function compareReading(
  pair: Pair,
  seed: number,
  who: PrincipalName,
  only: Only = () => true,
): Promise<Compared> {
  const { world, compared, ask } = await begin(pair, seed, who);
  const dice = new Dice(seed);
  const names = new Names(world, pair.recorded.services.ids);
  for (const question of questionsOf(pair.watched.schema, names, dice))
    if (only(question)) await ask(question);
  for (const { name, page } of pagedLists(dice)) {
    let after: string | null = null;
    do {
      const question: Question = { name, document: page(after) };
      if (!only(question)) break;
      const answer = JSON.parse(await ask(question)) as Paged;
      after = answer.list?.pageInfo.hasNextPage === true ? answer.list.pageInfo.endCursor : null;
    } while (after !== null);
  }
  return compared;
}

interface Paged {
  list?: { pageInfo: { hasNextPage: boolean; endCursor: string | null } };
}

/** What the principal tries to change in both worlds of a seed, and what they read thereafter. */
export async function compareChanging(pair: Pair, seed: number, who: PrincipalName): Promise<Compared> {
  const viewer = PRINCIPALS[who];
  if (viewer.kind === 'anonymous') throw new Error('The anonymous change nothing.');
  const { world, compared, ask } = await begin(pair, seed, who);
  const dice = new Dice(seed);
  const names = new Names(world, pair.recorded.services.ids);
  for (const trial of trialsOf(pair.watched.schema, names, dice, who, viewer)) {
    await ask(trial);
    // From here on the worlds differ by what the residual let pass in one alone.
    if (compared.residuals.length > 0) return compared;
  }
  for (const question of questionsOf(pair.watched.schema, names, dice))
    if (AFTERWARDS.has(question.name)) await ask(question);
  return compared;
}

const AFTERWARDS = new Set([
  'Incident by id',
  'Event by id',
  'Query.incidents',
  'Query.search',
  'Query.datasets',
]);

async function begin(pair: Pair, seed: number, who: PrincipalName) {
  const world: World = generateWorld(seed);
  const never = withoutHidden(world, who);
  await Promise.all([pair.recorded.load(world), pair.never.load(never)]);
  const compared: Compared = {
    differences: [],
    residuals: [],
    asked: 0,
    hidden: world.length - never.length,
  };
  const one = asker(pair.watched, pair.recorded.services, PRINCIPALS[who]);
  const other = asker(pair.watched, pair.never.services, PRINCIPALS[who]);
  const ask = async ({ name, document, variables }: Question): Promise<string> => {
    compared.asked += 1;
    const [a, b] = await Promise.all([one(document, variables), other(document, variables)]);
    const [was, is] = [withoutChance(a), withoutChance(b)];
    if (was === is) return a;
    const residual = RESIDUALS.find((one) => one.explains(name, was, is));
    if (residual === undefined) compared.differences.push(told(`world ${seed}, ${who}, ${name}`, was, is));
    else compared.residuals.push(residual.why);
    return a;
  };
  return { world, compared, ask };
}

const BEFORE = 8;
const AFTER = 4;

/** The first line at which two answers part, with what stands around it. */
function told(where: string, recorded: string, never: string): string {
  const [a, b] = [recorded.split('\n'), never.split('\n')];
  const at = a.findIndex((line, i) => line !== b[i]);
  const around = (lines: string[]) => lines.slice(Math.max(0, at - BEFORE), at + AFTER).join('\n  ');
  return `${where}\n recorded:\n  ${around(a)}\n never recorded:\n  ${around(b)}`;
}
