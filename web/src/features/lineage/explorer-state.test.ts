import { describe, expect, it } from 'vitest';
import { type ExplorerState, readState, stateParams, withValues } from './explorer-state.ts';
import { growthText, readGrowth } from './growth.ts';

const FULL: ExplorerState = {
  asTable: true,
  asOf: '2026-01-01T00:00:00.000Z',
  since: '2025-01-01T00:00:00.000Z',
  kinds: ['MODEL_VERSION', 'SOURCE'],
  stages: ['PRETRAINING', 'SFT'],
  share: 0.01,
  tag: 'fiction/dystopian-ai',
  grown: [
    { ref: 'dataset:the-pile@1.0', way: 'UPSTREAM', all: false },
    { ref: 'source:a.b', way: 'DOWNSTREAM', all: true },
  ],
  more: 2,
  at: 'source:books3',
  edge: 'abc',
  from: 'model:a@1',
  to: 'source:b',
  drawn: ['source:x', 'source:y'],
  unfolded: ['source:z'],
};

describe('the address of a view', () => {
  it('says all of a view, so that who opens it sees the same', () => {
    const params = withValues(new URLSearchParams(), stateParams(FULL));
    expect(readState(new URLSearchParams(params.toString()))).toEqual(FULL);
  });

  it('is empty for the plain view, and leaves what is not of the explorer alone', () => {
    const plain = readState(new URLSearchParams());
    const params = withValues(new URLSearchParams('direction=both&share=0.5&drawn=a'), stateParams(plain));
    expect(params.toString()).toBe('direction=both');
  });

  it('leaves out what is no moment, no share, no kind and no growth', () => {
    const broken =
      'asOf=yesterday&since=%00&share=-3&kinds=NONE.SOURCE&grow=sideways.1.a&grow=up.2.b&more=-1';
    expect(readState(new URLSearchParams(broken))).toEqual({
      ...readState(new URLSearchParams()),
      kinds: ['SOURCE'],
    });
  });

  it('takes a day for its end, as the page around it does', () => {
    const { asOf, since } = readState(new URLSearchParams('asOf=2026-01-02&since=2026-01-01'));
    expect([since, asOf]).toEqual(['2026-01-01T23:59:59.999Z', '2026-01-02T23:59:59.999Z']);
  });

  it('keeps a reference that holds dots and colons whole', () => {
    const growth = { ref: 'dataset:a.b/c@1.0.all', way: 'DOWNSTREAM', all: true } as const;
    expect(readGrowth(growthText(growth))).toEqual(growth);
  });
});
