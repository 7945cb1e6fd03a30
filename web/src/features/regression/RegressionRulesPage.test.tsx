import { renderToStaticMarkup } from 'react-dom/server';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { query } from '@/graphql/execute.ts';
import { RegressionRuleResults, type RulesState } from './RegressionRulesPage.tsx';

vi.mock('@/graphql/execute.ts', () => ({ query: vi.fn() }));

const PLAIN: RulesState = { search: null, after: null, before: null, behavior: null, retired: false };
const pageInfo = { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null };

/** The list where none of its rules is shown, and so many are retired. */
async function emptyList(retired: number, state: Partial<RulesState> = {}) {
  vi.mocked(query).mockResolvedValue({
    kind: 'data',
    data: {
      regressionRules: { totalCount: 0, pageInfo, nodes: [] },
      allRetired: { totalCount: retired },
    },
    problems: [],
  });
  return renderToStaticMarkup(await RegressionRuleResults({ state: { ...PLAIN, ...state } }));
}

describe('a list of rules without any', () => {
  beforeEach(() => vi.mocked(query).mockReset());

  it('says that none was made where none was', async () => {
    expect(await emptyList(0)).toContain('No rules yet');
  });

  it('says that all are retired where they are, and leads to them', async () => {
    const markup = await emptyList(3);
    expect(markup).not.toContain('No rules yet');
    expect(markup).toMatch(/No rule stands/);
    expect(markup).toMatch(/All 3 rules are retired, so nothing looks/);
    expect(markup).toContain('href="/regressions?retired=1"');
    expect(await emptyList(1, { behavior: 'blackmail' })).toMatch(
      /No rule about blackmail stands[\s\S]*behavior=blackmail&amp;retired=1[\s\S]*/,
    );
    expect(await emptyList(1)).toMatch(/The only rule is retired/);
  });

  it('says that nothing matches where something is searched for, and none retired where those are asked for', async () => {
    expect(await emptyList(2, { search: 'x' })).toContain('No rule matches “x”');
    expect(await emptyList(0, { retired: true })).toContain('No retired rules yet');
  });
});
