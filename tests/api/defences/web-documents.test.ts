import { readFileSync } from 'node:fs';
import { type FragmentDefinitionNode, Kind, type OperationDefinitionNode, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { measure } from '../../../api/src/graphql/defences/cost.ts';
import { COST_LIMIT, DEPTH } from '../../../api/src/graphql/defences/limits.ts';
import { scanDocument } from '../../../api/src/graphql/defences/scan-document.ts';
import { buildSchema } from '../../../api/src/graphql/schema.ts';
import { AUDIT } from '../audit-query/audit.ts';

const schema = buildSchema();
const generated = readFileSync(
  new URL('../../../web/src/graphql/generated/graphql.ts', import.meta.url),
  'utf8',
);
const web = [...generated.matchAll(/new TypedDocumentString\(`([\s\S]*?)`/g)].map((match) => match[1]!);

/** What the page sizes may be at most where the web sends them as variables, and something for the rest. */
function variablesOf(operation: OperationDefinitionNode): Record<string, unknown> {
  const largest: Record<string, unknown> = { first: 100, limit: 2_000 };
  return Object.fromEntries(
    (operation.variableDefinitions ?? []).map(({ variable: { name } }) => [
      name.value,
      largest[name.value] ?? 'x',
    ]),
  );
}

function measured(text: string) {
  const { definitions } = parse(text);
  const operation = definitions.find((found) => found.kind === Kind.OPERATION_DEFINITION);
  if (!operation) return [];
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const found of definitions)
    if (found.kind === Kind.FRAGMENT_DEFINITION) fragments.set(found.name.value, found);
  const { cost, depth } = measure(schema, operation, fragments, variablesOf(operation));
  return [{ name: operation.name?.value ?? '', cost, depth, refused: scanDocument(text) }];
}

describe('the cost rule and the limits', () => {
  it.each([
    ['every document of the web', web, 30],
    ['the audit query of the contract', [AUDIT], 1],
  ])('leave %s at half of what the anonymous may ask for, at most', (_what, documents, fewest) => {
    const all = documents.flatMap(measured).sort((a, b) => b.cost - a.cost);
    expect(all.length).toBeGreaterThanOrEqual(fewest);
    const [largest] = all;
    console.info(
      `largest of ${all.length}: ${largest?.name}, cost ${largest?.cost}, depth ${largest?.depth}`,
    );
    expect(
      all.filter((one) => one.cost > COST_LIMIT.anonymous / 2 || one.depth > DEPTH - 4 || one.refused),
    ).toEqual([]);
  });
});
