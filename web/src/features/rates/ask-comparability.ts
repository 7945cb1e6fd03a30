import 'server-only';
import { query } from '@/graphql/execute.ts';
import { TypedDocumentString } from '@/graphql/generated/graphql.ts';
import { pairsWithin, reachOf } from './axes.ts';
import { ALIASES, type Question, questionsOf, readAnswer } from './comparability-text.ts';
import type { Pair, Verdict, Verdicts } from './neighbours.ts';
import type { RatePoint } from './rate-point.ts';

/** As many questions as a page asks at once. More pairs are left unanswered, and so drawn as breaks that say so. */
const QUESTIONS = 12;

type Answered = Record<string, Record<string, Verdict | null> | null>;

async function ask(question: Question): Promise<{ pair: Pair; verdict: Verdict }[]> {
  const document = new TypedDocumentString<Answered, Record<string, string>>(question.text);
  const answer = await query(document, question.variables);
  return answer.kind === 'data' ? readAnswer(question, answer.data) : [];
}

/** The API's word on every pair, whichever way round it is asked for. */
export async function askComparability(pairs: readonly Pair[]): Promise<Verdicts> {
  const answers = await Promise.all(questionsOf(pairs).slice(0, QUESTIONS).map(ask));
  const key = (from: string, to: string) => `${from} ${to}`;
  const known = new Map(answers.flat().map(({ pair, verdict }) => [key(pair.from, pair.to), verdict]));
  return (from, to) => known.get(key(from, to)) ?? known.get(key(to, from)) ?? null;
}

/** The API's word on which points of each facet share an axis, and with how many before it each was asked about. */
export async function askForAxes(
  facets: readonly (readonly RatePoint[])[],
): Promise<{ verdicts: Verdicts; reach: number }> {
  const isTooMuch = (pairs: readonly Pair[]) =>
    pairs.length > QUESTIONS * ALIASES || questionsOf(pairs).length > QUESTIONS;
  const reach = reachOf(facets, isTooMuch);
  const verdicts = await askComparability(facets.flatMap((points) => pairsWithin(points, reach)));
  return { verdicts, reach };
}
