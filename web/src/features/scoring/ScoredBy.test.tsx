import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it, vi } from 'vitest';
import { query } from '@/graphql/execute.ts';
import type { Answer } from '@/graphql/post.ts';
import { ScoredBy } from './ScoredBy.tsx';

vi.mock('@/graphql/execute.ts', () => ({ query: vi.fn() }));
vi.mock('@/features/lineage/can-write.ts', () => ({ whyBlocked: async () => 'Sign in to write.' }));

async function shown(answer: Answer<unknown>) {
  vi.mocked(query).mockResolvedValue(answer as never);
  return renderToStaticMarkup(await ScoredBy({ run: 'eval-run:a', evaluation: 'lab/honesty' }));
}

describe('by which rules a run was measured', () => {
  it('is said not to be known where it could not be loaded, and never to be none', async () => {
    const unreachable = await shown({ kind: 'unreachable', message: 'The API does not answer.' });
    expect(unreachable).toMatch(/role="alert"/);
    expect(unreachable).toMatch(/Which scoring rules it was measured by can’t be shown now/);
    const failed = await shown({
      kind: 'errors',
      errors: [{ message: 'It went wrong.', code: 'INTERNAL', path: [], requestId: 'r-1' }],
    });
    expect(failed).toMatch(/It went wrong\.[\s\S]*Request r-1/);
    for (const markup of [unreachable, failed])
      expect(markup).not.toMatch(/No measurement of this run|Rescore/);
  });
});
