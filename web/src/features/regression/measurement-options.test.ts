import { describe, expect, it } from 'vitest';
import { measurementOptions } from './measurement-options.ts';

const measured = (id: string, behavior: string, condition: string | null = null) => ({
  id,
  rate: 0.3,
  qualifier: 'EXACT' as const,
  sampleCount: 10,
  exhibited: 3,
  unscored: null,
  graderErrors: null,
  excluded: null,
  retractedAt: null,
  missingDataBounds: null,
  interval: null,
  behavior: { name: behavior },
  condition: condition === null ? null : { name: condition },
  evalRun: { ref: `eval-run:${id}`, label: id, modelVersion: { ref: 'model:a@1', label: 'a@1' } },
});

describe('measurements to choose a baseline from', () => {
  it('are those of the behaviour alone, told apart by run and condition, with their rates', () => {
    const all = [measured('one', 'blackmail', 'control'), measured('two', 'sabotage')];
    expect(measurementOptions('blackmail', all)).toEqual([
      { value: 'one', label: 'one · control', detail: 'a@1 · 30% · 3 of 10 · no interval' },
    ]);
    expect(measurementOptions('sabotage', all)[0]?.label).toBe('two');
  });
});
