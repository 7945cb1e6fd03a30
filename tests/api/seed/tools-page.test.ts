import { readFileSync } from 'node:fs';
import { type DocumentNode, Kind, parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seedExampleData } from '../../../prisma/seed/seed.ts';
import { type TestApi, testApi } from '../../testkit/api.ts';

const page = readFileSync(new URL('../../../docs/tools.md', import.meta.url), 'utf8');
const blocks = [...page.matchAll(/```graphql\n([\s\S]*?)```/g)].map(([, text]) => text!);

function isMutation(document: DocumentNode): boolean {
  const [operation] = document.definitions;
  return operation?.kind === Kind.OPERATION_DEFINITION && operation.operation === 'mutation';
}

/** Every list and thing of the answer that came back empty, by its path. */
function nothingIn(value: unknown, path = ''): string[] {
  if (value === null || (Array.isArray(value) && value.length === 0)) return [path];
  if (typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([name, part]) => nothingIn(part, `${path}.${name}`));
}

describe('what the page for tools shows', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await testApi();
    await seedExampleData(api.services, () => {});
  }, 120_000);
  afterAll(() => api.close());

  it('runs on the example data, and what it writes is recorded', async () => {
    const ask = api.as(await api.person('REPORTER'));
    let changes = 0;
    for (const block of blocks) {
      const { data, errors } = await (isMutation(parse(block)) ? ask : api.anonymous)(block);
      expect(errors, block).toEqual([]);
      const [result] = Object.values(data) as [{ __typename?: string }];
      if (!isMutation(parse(block))) continue;
      changes += 1;
      expect(result.__typename, block).toMatch(/Success$/);
    }
    expect([blocks.length - changes, changes]).toEqual([4, 2]);
  });

  it('shows readings that have something to show', async () => {
    for (const block of blocks.filter((text) => !isMutation(parse(text)))) {
      const { data } = await api.anonymous(block);
      // What an answer may lack: a group is a source or a writer, and nothing is lost or skipped where all is known.
      const lacking = nothingIn(data).filter((path) => !/\.(generatedBy|source|skip|losses)$/.test(path));
      expect(lacking, block).toEqual([]);
    }
  });
});
