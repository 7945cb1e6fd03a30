import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ANSWER_CHARACTERS } from '../../../api/src/graphql/defences/limits.ts';
import { type EvidenceWorld, evidenceWorld } from './world.ts';

describe('an answer', () => {
  let world: EvidenceWorld;
  beforeAll(async () => {
    world = await evidenceWorld();
  });
  afterAll(() => world.close());

  async function ask(query: string, variables: object) {
    const response = await fetch(`${world.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${world.reporterToken}`,
      },
      body: JSON.stringify({ query, variables }),
    });
    return response.text();
  }
  const texts = (copies: number) => Array.from({ length: copies }, (_, i) => `t${i}: text`).join(' ');
  const query = (copies: number) =>
    `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Evidence { ${texts(copies)} } } }`;

  it('ends where its texts are too long together, however often one text is asked for', async () => {
    const id = await world.added('x'.repeat(100_000), { headers: { 'content-type': 'text/plain' } });
    const some = await ask(query(3), { ids: [id, id, id] });
    expect(some.length).toBeGreaterThan(9 * 100_000);
    expect(JSON.parse(some).errors).toBeUndefined();
    const all = await ask(query(59), { ids: Array(100).fill(id) });
    expect(all.length).toBeLessThan(2 * ANSWER_CHARACTERS);
    const codes = new Set(
      JSON.parse(all).errors.map((error: { extensions: { code: string } }) => error.extensions.code),
    );
    expect([...codes]).toEqual(['COST_EXCEEDED']);
  });
});
