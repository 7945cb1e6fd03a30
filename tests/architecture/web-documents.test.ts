import { readFileSync } from 'node:fs';
import type { OperationDefinitionNode } from 'graphql';
import { describe, expect, it } from 'vitest';
import { COST_LIMIT, DEPTH } from '../../api/src/graphql/defences/limits.ts';
import { scanDocument } from '../../api/src/graphql/defences/scan-document.ts';
import { buildSchema } from '../../api/src/graphql/schema.ts';
import { PAGE_SIZE } from '../../web/src/features/catalogue/catalogue-state.ts';
import { EXPOSURES_AT_ONCE } from '../../web/src/features/dose/at-once.ts';
import { CHANGES_LIMIT, LINEAGE_LIMIT } from '../../web/src/features/lineage/lineage-limit.ts';
import { AUDIT } from '../api/audit-query/audit.ts';
import { measured as measuredWith } from '../testkit/measured.ts';

const schema = buildSchema();
const generated = readFileSync(
  new URL('../../web/src/graphql/generated/graphql.ts', import.meta.url),
  'utf8',
);
const web = [...generated.matchAll(/new TypedDocumentString\(`([\s\S]*?)`/g)].map((match) => match[1]!);

/** What the web sends for the variables that say how many; the rest says nothing of rows. */
const SENT: Readonly<Record<string, unknown>> = {
  first: PAGE_SIZE,
  last: null,
  limit: LINEAGE_LIMIT,
  // The picture never asks for some kinds alone.
  kinds: null,
  ids: Array.from({ length: EXPOSURES_AT_ONCE }, () => 'x'),
};

/** What an operation sends otherwise than the others. */
const SENT_BY: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  LineageChanges: { limit: CHANGES_LIMIT },
};

function variablesOf(operation: OperationDefinitionNode): Record<string, unknown> {
  const sent = { ...SENT, ...SENT_BY[operation.name?.value ?? ''] };
  return Object.fromEntries(
    (operation.variableDefinitions ?? []).map(({ variable: { name } }) => [
      name.value,
      name.value in sent ? sent[name.value] : 'x',
    ]),
  );
}

function measured(text: string) {
  const found = measuredWith(schema, text, variablesOf);
  if (found === null) return [];
  const { name, cost, depth } = found;
  return [{ name, cost, depth, refused: scanDocument(text) }];
}

const tooMuch = (texts: readonly string[], share: number) =>
  texts
    .flatMap(measured)
    .filter((one) => one.cost > COST_LIMIT.anonymous * share || one.depth > DEPTH - 4 || one.refused);

describe('the cost rule and the limits', () => {
  it('leave every document of the web, with the page sizes it sends, at half of what the anonymous may ask for', () => {
    const all = web.flatMap(measured).sort((a, b) => b.cost - a.cost);
    expect(all.length).toBeGreaterThan(30);
    console.info(
      all
        .slice(0, 3)
        .map(({ name, cost, depth }) => `${name}: cost ${cost}, depth ${depth}`)
        .join('\n'),
    );
    expect(tooMuch(web, 1 / 2)).toEqual([]);
  });

  it('leave the audit query of the contract at a third of it', () => {
    expect(measured(AUDIT)).toHaveLength(1);
    expect(tooMuch([AUDIT], 1 / 3)).toEqual([]);
  });

  it('would tell of a page that asks for too many rows at once', () => {
    const greedy = `query Greedy($first: Int) { evaluations(first: $first) { nodes {
      versions(first: 20) { nodes { evalRuns(first: 50) { nodes { measurements { rate } } } } } } } }`;
    expect(tooMuch([greedy], 1 / 2)).toMatchObject([{ name: 'Greedy' }]);
  });
});
