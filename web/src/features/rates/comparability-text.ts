// The question whether pairs of measurements are comparable, as few requests as the API lets it be asked in.
import type { Pair, Verdict } from './neighbours.ts';

/** Fields directly under an operation, and aliases in all, that one request may have; the API allows a little more. */
const FIRSTS = 18;
export const ALIASES = 50;

export interface Question {
  text: string;
  variables: Record<string, string>;
  /** What an answer's names stand for. */
  asked: { first: string; second: string; pair: Pair }[];
}

/** Pairs by their first measurement, which is asked about all of its seconds at once. */
export function questionsOf(pairs: readonly Pair[]): Question[] {
  const questions: Pair[][] = [];
  let firsts = new Set<string>();
  let used = Number.POSITIVE_INFINITY;
  const sorted = [...pairs].sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
  for (const pair of sorted) {
    const cost = firsts.has(pair.from) ? 1 : 2;
    if (used + cost > ALIASES || (cost === 2 && firsts.size === FIRSTS)) {
      questions.push([]);
      firsts = new Set();
      used = 0;
    }
    used += firsts.has(pair.from) ? 1 : 2;
    firsts.add(pair.from);
    questions.at(-1)?.push(pair);
  }
  return questions.map(written);
}

function written(pairs: readonly Pair[]): Question {
  const variables: Record<string, string> = {};
  const asked: Question['asked'] = [];
  const byFirst = new Map<string, { name: string; seconds: string[] }>();
  for (const [index, pair] of pairs.entries()) {
    const first = byFirst.get(pair.from) ?? { name: `m${byFirst.size}`, seconds: [] };
    byFirst.set(pair.from, first);
    variables[first.name] = pair.from;
    variables[`w${index}`] = pair.to;
    first.seconds.push(`c${index}: comparability(with: $w${index}) { comparable differences }`);
    asked.push({ first: first.name, second: `c${index}`, pair });
  }
  const fields = [...byFirst.values()].map(
    ({ name, seconds }) => `${name}: node(id: $${name}) { ... on Measurement { ${seconds.join(' ')} } }`,
  );
  const declared = Object.keys(variables).map((name) => `$${name}: ID!`);
  return {
    text: `query ComparabilityOfNeighbours(${declared.join(', ')}) { ${fields.join(' ')} }`,
    variables,
    asked,
  };
}

type Answered = Record<string, Record<string, Verdict | null> | null>;

/** What was answered, pair by pair; a part that failed is left out, and so counts as not answered. */
export function readAnswer(question: Question, data: Answered): { pair: Pair; verdict: Verdict }[] {
  return question.asked.flatMap(({ first, second, pair }) => {
    const verdict = data[first]?.[second];
    return verdict ? [{ pair, verdict }] : [];
  });
}
