import { describe, expect, it } from 'vitest';
import { addressOf, broughtOf } from './brought.ts';

/** The parameters of an address as the page is given them. */
const paramsOf = (address: string) => {
  const { searchParams } = new URL(address, 'http://same.invalid');
  return Object.fromEntries(
    [...new Set(searchParams.keys())].map((name) => [name, searchParams.getAll(name)]),
  );
};

const FROM_A_RUN = {
  evalRun: 'eval-run:house/a',
  modelVersion: 'model:lab/m@1',
  behavior: ['blackmail', 'sabotage'],
  sample: ['id-1', 'id-2'],
  sampleName: ['s1, epoch 1', 's2, epoch 1'],
};

describe('what an address brings into a new incident', () => {
  it('says of each sample which run it is of', () => {
    expect(broughtOf(FROM_A_RUN)).toMatchObject({
      evalRuns: [{ value: 'eval-run:house/a', label: 'house/a' }],
      samples: [
        { value: 'id-1', label: 's1, epoch 1', run: 'eval-run:house/a' },
        { value: 'id-2', label: 's2, epoch 1', run: 'eval-run:house/a' },
      ],
    });
  });

  it('names no run of a sample where the address leaves open which one it is', () => {
    for (const evalRun of [undefined, '', ['eval-run:a', 'eval-run:b']])
      expect(broughtOf({ ...FROM_A_RUN, evalRun }).samples.map((one) => one.run)).toEqual([null, null]);
  });

  it('is brought again by the address to come back to after signing in', () => {
    const brought = broughtOf(FROM_A_RUN);
    expect(broughtOf(paramsOf(addressOf(brought)))).toEqual(brought);
    expect(addressOf(broughtOf({}))).toBe('/incidents/new');
  });

  it('is twenty samples at most', () => {
    const sample = Array.from({ length: 30 }, (_, i) => `id-${i}`);
    expect(broughtOf({ sample }).samples).toHaveLength(20);
  });
});
