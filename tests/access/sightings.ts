// What each principal is shown of a world by id, held against what the second saying of the rules lets them see.
import { type GraphQLSchema, graphql } from 'graphql';
import type { Services } from '../../api/src/context.ts';
import { requestContext } from '../../api/src/request-context.ts';
import { Names } from './ask/ids.ts';
import { PRINCIPAL_NAMES, PRINCIPALS, type PrincipalName } from './world/principals.ts';
import { type Row, visibleTo, type World } from './world/rows.ts';

const TABLES = [
  'node',
  'dataset',
  'model',
  'behavior',
  'citation',
  'claim',
  'evidence',
  'hypothesis',
  'content_tag',
  'scoring_rule',
  'scoring_rule_version',
  'model_alias',
  'condition',
  'regression_rule',
];

/** Where a principal is shown what they may not see, or not shown what they may: none where the policy holds. */
export async function wrongSightings(
  schema: GraphQLSchema,
  services: Services,
  world: World,
  principals: readonly PrincipalName[] = PRINCIPAL_NAMES,
): Promise<string[]> {
  const names = new Names(world, services.ids);
  const cited = whatCites(world);
  // A score is shown to those alone who do not see a measurement that stands for it: the paired worlds hold what cites for it.
  const isOfScore = (row: Row) => (cited.get(row) ?? []).some(({ table }) => table === 'score');
  const rows = TABLES.flatMap((table) => names.of(table)).filter((row) => !isOfScore(row));
  const wrong: string[] = [];
  for (const who of principals) {
    const seen = await shown(
      schema,
      services,
      who,
      rows.map((row) => names.id(row)),
    );
    rows.forEach((row, i) => {
      const may =
        visibleTo(row, who) &&
        (row.table !== 'citation' || (cited.get(row) ?? []).some((one) => visibleTo(one, who)));
      if (may !== seen[i]) wrong.push(`${who} ${may ? 'is not shown' : 'is shown'} ${told(row)}`);
    });
  }
  return wrong;
}

/** A citation by itself is seen as what cites it is. */
function whatCites(world: World): Map<Row, Row[]> {
  const cited = new Map<Row, Row[]>();
  for (const row of world)
    for (const to of [...row.needs, ...Object.values(row.leads)])
      if (to.table === 'citation') cited.set(to, [...(cited.get(to) ?? []), row]);
  return cited;
}

const told = ({ table, id, guard }: Row) => `${table} ${id}, ${JSON.stringify(guard)}`;

const MOST_IDS = 100;

async function shown(
  schema: GraphQLSchema,
  services: Services,
  who: PrincipalName,
  ids: string[],
): Promise<boolean[]> {
  const seen: boolean[] = [];
  for (let from = 0; from < ids.length; from += MOST_IDS) {
    const result = await graphql({
      schema,
      source: 'query ($ids: [ID!]!) { nodes(ids: $ids) { __typename } }',
      variableValues: { ids: ids.slice(from, from + MOST_IDS) },
      contextValue: requestContext(services, PRINCIPALS[who]),
    });
    if (result.errors !== undefined) throw new Error(String(result.errors[0]));
    const nodes = (result.data?.nodes ?? []) as unknown[];
    seen.push(...nodes.map((node) => node !== null));
  }
  return seen;
}
