import { renderToStaticMarkup } from 'react-dom/server';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { query } from '@/graphql/execute.ts';
import type { PlotFrameProps } from '../plot/PlotFrame.tsx';
import { RateDots } from './RateDots.tsx';
import { RateOverTime } from './RateOverTime.tsx';
import { point } from './rate-point.example.ts';

let framed: PlotFrameProps | null = null;
vi.mock('server-only', () => ({}));
vi.mock('@/graphql/execute.ts', () => ({ query: vi.fn() }));
vi.mock('../plot/PlotFrame.tsx', () => ({
  PlotFrame: (props: PlotFrameProps) => {
    framed = props;
    return null;
  },
}));

beforeEach(() => {
  framed = null;
  vi.mocked(query).mockReset();
  vi.mocked(query).mockResolvedValue({ kind: 'data', data: {}, problems: [] });
});

/** The rows of the file that a plot offers, each by its titles. */
async function fileOf(plot: Promise<React.ReactNode>) {
  renderToStaticMarkup(await plot);
  const [titles = [], ...rows] = framed?.rows ?? [];
  return rows.map((row) => Object.fromEntries(titles.map((title, i) => [String(title), row[i]])));
}

describe('the file of rates over time', () => {
  it('says of each measurement which line leads to it, or why the line breaks', async () => {
    const points = [1, 2].map((month) =>
      point(`m${month}`, { releasedAt: `2025-0${month}-01T00:00:00.000Z` }),
    );
    const rows = await fileOf(RateOverTime({ points, of: 'Blackmail', file: 'rates' }));
    expect(rows.map((row) => row['line from the one before'])).toEqual([
      null,
      'not with m1: whether they are comparable was not answered',
    ]);
  });
});

describe('the file of rates by model version', () => {
  it('says on which axis each stands, and why apart', async () => {
    const points = [point('a', { rate: 0.9 }), point('b', { rate: 0.1 })];
    const rows = await fileOf(RateDots({ title: 'Rates', note: '', points, file: 'rates' }));
    expect(rows.map((row) => [row['eval run'], row.axis, row['apart because']])).toEqual([
      ['eval-run:a', 1, null],
      ['eval-run:b', 2, 'whether they are comparable was not answered'],
    ]);
  });

  it('costs the API no more than twelve questions, however many measurements there are', async () => {
    const points = Array.from({ length: 100 }, (_, i) => point(`p${i}`));
    await fileOf(RateDots({ title: 'Rates', note: '', points, file: 'rates' }));
    expect(vi.mocked(query).mock.calls.length).toBeGreaterThan(6);
    expect(vi.mocked(query).mock.calls.length).toBeLessThanOrEqual(12);
  });
});
