import 'server-only';
import { type Answer, query } from '@/graphql/execute.ts';
import type { PlottedRateFragment } from '@/graphql/generated/graphql.ts';
import { graphql } from '@/graphql/generated/index.ts';

const RATES = graphql(`
  query RatesOfBehavior($name: String!, $after: String) {
    behavior(name: $name) {
      id
      measurements(first: 100, after: $after) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { ...PlottedRate }
      }
    }
  }
`);

/** As many pages as one picture is drawn from: more marks could not be told apart. */
const PAGES = 4;

export interface Rates {
  points: PlottedRateFragment[];
  totalCount: number;
}

/** The newest recorded measurements of a behaviour, as many as a picture can show. */
export async function loadRates(name: string): Promise<Rates | Exclude<Answer<unknown>, { kind: 'data' }>> {
  const points: PlottedRateFragment[] = [];
  let totalCount = 0;
  let after: string | null = null;
  for (let page = 0; page < PAGES; page += 1) {
    const answer: Awaited<ReturnType<typeof askPage>> = await askPage(name, after);
    if (answer.kind !== 'data') return answer;
    const found = answer.data.behavior?.measurements;
    points.push(...(found?.nodes ?? []));
    totalCount = found?.totalCount ?? totalCount;
    after = found?.pageInfo.endCursor ?? null;
    if (!found?.pageInfo.hasNextPage) break;
  }
  return { points, totalCount };
}

const askPage = (name: string, after: string | null) => query(RATES, { name, after });
