// One pair of worlds: as recorded, and with what is hidden from one principal never recorded. All that the principal
// asks and tries is answered the same, or named as different.
import type { Viewer } from '../../api/src/access/viewer.ts';
import { waysBelow } from './ask/arguments.ts';
import { type Ask, asker, failedWhole } from './ask/asking.ts';
import { Names } from './ask/ids.ts';
import { mutationDocument, trialsOf } from './ask/mutations.ts';
import { type Paged, pagedLists, type Question, questionsOf, together } from './ask/questions.ts';
import type { Watched } from './ask/schema.ts';
import { unseenDoings } from './ask/unseen-doings.ts';
import { RESIDUALS, withoutChance } from './residuals.ts';
import { FIRST_NEW_ID, type WorldDatabase } from './world/database.ts';
import { Dice } from './world/dice.ts';
import { generateWorld } from './world/generate.ts';
import { PRINCIPALS, type PrincipalName } from './world/principals.ts';
import { visibleTo, type World, withoutHidden } from './world/rows.ts';

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
  /** Documents put to both worlds. */
  asked: number;
  /** Rows that are in one world alone. */
  hidden: number;
  /** What others did in one world alone, and what came of it. */
  done: number;
}

/** What the principal reads in both worlds of a seed. */
export async function compareReading(pair: Pair, seed: number, who: PrincipalName): Promise<Compared> {
  const { questions, lists } = asked(pair, seed);
  const comparison = await begin(pair, seed, who);
  for (const question of questions) await comparison.ask(question);
  for (const { name, page } of lists) {
    let after: string | null = null;
    do {
      const answer = JSON.parse(await comparison.ask({ name, document: page(after) })) as Page;
      after = answer.list?.pageInfo.hasNextPage === true ? answer.list.pageInfo.endCursor : null;
    } while (after !== null);
  }
  return comparison.compared;
}

interface Page {
  list?: { pageInfo: { hasNextPage: boolean; endCursor: string | null } };
}

/** A digest of all that is in the recorded world of a seed. */
export async function digestOfRecorded(pair: Pair, seed: number): Promise<string> {
  await pair.recorded.hold(asked(pair, seed).world);
  return pair.recorded.digest();
}

/** The readers in such an order that those who see the same of a world stand together: the same two worlds serve them. */
export function alikeTogether(readers: readonly PrincipalName[], seed: number): PrincipalName[] {
  const world = generateWorld(seed);
  const alike = new Map<string, PrincipalName[]>();
  for (const who of readers) {
    const seen = world.map((row) => Number(visibleTo(row, who))).join('');
    alike.set(seen, [...(alike.get(seen) ?? []), who]);
  }
  return [...alike.values()].flat();
}

/** What the principal tries to change in both worlds of a seed, and what they read thereafter. */
export async function compareChanging(pair: Pair, seed: number, who: PrincipalName): Promise<Compared> {
  const viewer = PRINCIPALS[who];
  if (viewer.kind === 'anonymous') throw new Error('The anonymous change nothing.');
  const { names } = asked(pair, seed);
  const { compared, ask, again } = await begin(pair, seed, who);
  pair.recorded.willChange();
  pair.never.willChange();
  const dice = new Dice(seed);
  /** By what is shared with one person: whether that was let pass, or refused for what stands above it. */
  const shared = new Map<string, Set<string>>();
  for (const trial of trialsOf(pair.watched.schema, names, dice, who, viewer)) {
    const explained = compared.residuals.length;
    const answer = await ask(trial);
    const refused = compared.residuals.length > explained;
    const target = sharedWithOne(trial);
    if (target !== null && (refused || answer.includes('ShareWithSuccess')))
      shared.set(target, (shared.get(target) ?? new Set()).add(refused ? 'refused' : 'let pass'));
    // The worlds differ by what the residual let pass in one alone: what follows is tried on them as they were.
    if (refused) await again();
  }
  for (const [target, said] of shared)
    if (said.size > 1) compared.differences.push(`world ${seed}, ${who}: ${target} is shared by whom it is`);
  const { byIds, atRoot } = questionsOf(pair.watched.schema, names, dice);
  for (const question of [...byIds, ...atRoot]) if (AFTERWARDS.has(question.name)) await ask(question);
  return compared;
}

/**
 * What the principal reads once others did in the recorded world alone what they do not see. What is made there has ids of
 * its own, which name it: none of it may be told.
 */
export async function compareUnseen(pair: Pair, seed: number, who: PrincipalName): Promise<Compared> {
  const { names } = asked(pair, seed);
  const { compared, ask } = await begin(pair, seed, who);
  pair.recorded.willChange();
  pair.never.willChange();
  const dice = new Dice(seed);
  const ways = waysBelow(dice, names);
  for (const { doer, mutation, input, inBoth } of unseenDoings(names, dice, who)) {
    const document = mutationDocument(pair.watched.schema, mutation, ways);
    if (inBoth) await asker(pair.watched, pair.never, PRINCIPALS[doer])(document, { input });
    const answer = await asker(pair.watched, pair.recorded, PRINCIPALS[doer])(document, { input });
    if (answer.includes(`${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Success`)) compared.done += 1;
  }
  pair.recorded.wasChanged();
  pair.never.wasChanged();
  const { byIds, atRoot } = questionsOf(pair.watched.schema, names, dice);
  for (const question of [together(byIds), ...atRoot, eventsSince(pair)]) await ask(question);
  return compared;
}

/** Of so many events that were recorded last: of any node, by what their ids would be. */
const SINCE = 60;

function eventsSince({ recorded }: Pair): Question {
  const ids = Array.from({ length: SINCE }, (_, i) =>
    recorded.services.ids.encode('Event', BigInt(FIRST_NEW_ID + i)),
  );
  return {
    name: 'Event by id, of those since',
    document: 'query ($ids: [ID!]!) { nodes(ids: $ids) { __typename ... on Event { summary payload } } }',
    variables: { ids },
  };
}

/** What a trial shares with one person, and by no other word. */
function sharedWithOne({ name, variables }: Question): string | null {
  const { target, people, visibility } = (variables?.input ?? {}) as Record<string, unknown>;
  const one = Array.isArray(people) && people.length === 1 && visibility === undefined;
  return /^\d+\. shareWith/.test(name) && one ? String(target) : null;
}

const AFTERWARDS = new Set([
  'Incident by id',
  'Event by id',
  'Query.incidents',
  'Query.search',
  'Query.datasets',
]);

/** What everybody is asked in a world. */
interface Asked {
  seed: number;
  world: World;
  names: Names;
  questions: Question[];
  lists: Paged[];
}

/** The latest of each pair: one world is asked by many, one after the other. */
const latest = new WeakMap<Pair, Asked>();

function asked(pair: Pair, seed: number): Asked {
  const known = latest.get(pair);
  if (known?.seed === seed) return known;
  const world = generateWorld(seed);
  const names = new Names(world, pair.recorded.services.ids);
  const dice = new Dice(seed);
  const { byIds, atRoot } = questionsOf(pair.watched.schema, names, dice);
  const made = { seed, world, names, questions: [together(byIds), ...atRoot], lists: pagedLists(dice) };
  latest.set(pair, made);
  return made;
}

export async function begin(
  pair: Pair,
  seed: number,
  who: PrincipalName,
): Promise<Comparison & { again(): Promise<void> }> {
  const { world } = asked(pair, seed);
  const never = withoutHidden(world, who);
  await Promise.all([pair.recorded.hold(world), pair.never.hold(never)]);
  const [one, other] = [pair.recorded, pair.never].map((database) =>
    asker(pair.watched, database, PRINCIPALS[who]),
  ) as [Ask, Ask];
  const comparison = new Comparison(seed, who, one, other, world.length - never.length);
  const again = async () => {
    await Promise.all([pair.recorded.load(world), pair.never.load(never)]);
  };
  return Object.assign(comparison, { again });
}

/** Asks both worlds alike, and keeps where they answer differently. */
class Comparison {
  readonly compared: Compared;
  readonly #where: string;
  readonly #viewer: Viewer;
  readonly #recorded: Ask;
  readonly #never: Ask;

  constructor(seed: number, who: PrincipalName, recorded: Ask, never: Ask, hidden: number) {
    this.compared = { differences: [], residuals: [], asked: 0, hidden, done: 0 };
    this.#where = `world ${seed}, ${who}`;
    this.#viewer = PRINCIPALS[who];
    this.#recorded = recorded;
    this.#never = never;
  }

  /** The recorded world's answer. */
  readonly ask = async (question: Question): Promise<string> => {
    const { name, document, variables, parts } = question;
    this.compared.asked += 1;
    const [answer, never] = await Promise.all([
      this.#recorded(document, variables),
      this.#never(document, variables),
    ]);
    const [was, is] = [withoutChance(answer), withoutChance(never)];
    if (parts !== undefined && (was !== is || failedWhole(was))) {
      // Which of them differ is told by each alone; and what fails whole hides what its other parts would have said.
      const found = this.compared.differences.length;
      for (const part of parts) await this.ask(part);
      if (this.compared.differences.length > found) return answer;
    }
    if (was === is) return answer;
    const residual = RESIDUALS.find((one) => one.explains(name, was, is, this.#viewer));
    if (residual === undefined || (await this.#namesHidden(residual.names?.(answer) ?? [])))
      this.compared.differences.push(told(`${this.#where}, ${name}`, was, is));
    else this.compared.residuals.push(residual.why);
    return answer;
  };

  /** Whether one of these was never recorded where what is hidden was not. */
  async #namesHidden(ids: readonly string[]): Promise<boolean> {
    if (ids.length === 0) return false;
    const document = 'query ($ids: [ID!]!) { nodes(ids: $ids) { __typename } }';
    const { nodes } = JSON.parse(await this.#never(document, { ids })) as { nodes: (object | null)[] };
    return nodes.includes(null);
  }
}

const BEFORE = 8;
const AFTER = 4;

/** The first line at which two answers part, with what stands around it. */
function told(where: string, recorded: string, never: string): string {
  const [a, b] = [recorded, never].map((answer) =>
    JSON.stringify(JSON.parse(answer), null, 1).split('\n'),
  ) as [string[], string[]];
  const at = a.findIndex((line, i) => line !== b[i]);
  const around = (lines: string[]) => lines.slice(Math.max(0, at - BEFORE), at + AFTER).join('\n  ');
  return `${where}\n recorded:\n  ${around(a)}\n never recorded:\n  ${around(b)}`;
}
