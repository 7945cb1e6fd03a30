import { describe, expect, it } from 'vitest';
import { colorsOf, groupsOf, type Stage, segments } from './stage-bars.ts';

function stage(shares: [string, number][], unaccounted: number, unaccountedUpper = unaccounted): Stage {
  return {
    stage: 'PRETRAINING',
    recorded: true,
    tokens: null,
    averaged: false,
    scaled: false,
    unaccounted,
    unaccountedUpper,
    compositions: 1,
    trainingRun: null,
    modelVersion: null,
    losses: [],
    shares: shares.map(([name, share]) => ({
      share,
      shareUpper: share,
      tokens: null,
      source: { ref: `source:${name}`, label: name },
      datasetVersion: null,
      contentTag: null,
      generatedBy: null,
    })),
  };
}

const many = Array.from({ length: 22 }, (_, i): [string, number] => [`s${i}`, (22 - i) / 253]);

describe('the bar of a stage', () => {
  it('adds up to the whole when the smaller ones are folded', () => {
    const one = stage(many, 0);
    const pieces = segments(one, colorsOf([one]));
    expect(pieces).toHaveLength(9);
    expect(pieces.at(-1)?.label).toBe('14 smaller');
    expect(pieces.reduce((sum, p) => sum + p.share, 0)).toBeCloseTo(1, 9);
  });

  it('names a single small one instead of folding it', () => {
    const nine = stage(many.slice(0, 9), 0.2);
    expect(segments(nine, colorsOf([nine])).some((p) => p.label === 's8')).toBe(true);
  });

  it('draws a stage of which nothing is known as wholly unaccounted', () => {
    expect(segments(stage([], 1), new Map())).toEqual([
      { key: 'unaccounted', label: 'unaccounted', share: 1, kind: 'unaccounted', color: null },
    ]);
  });

  it('leaves what ranges leave open unaccounted rather than drawing too much', () => {
    const pieces = segments(stage([['a', 0.4]], 0.3, 0.6), new Map([['source:a', 1]]));
    expect(pieces.find((p) => p.kind === 'unaccounted')?.share).toBeCloseTo(0.6, 9);
  });

  it('keeps the colour of a source from stage to stage', () => {
    const pre = stage(
      [
        ['a', 0.9],
        ['b', 0.1],
      ],
      0,
    );
    const sft = stage(
      [
        ['b', 0.95],
        ['c', 0.05],
      ],
      0,
    );
    const colors = colorsOf([pre, sft]);
    expect(colors.get('source:b')).toBe(1);
    expect(segments(pre, colors).find((p) => p.key === 'source:b')?.color).toBe(1);
  });

  it('lists the largest first', () => {
    expect(
      groupsOf(
        stage(
          [
            ['small', 0.1],
            ['large', 0.9],
          ],
          0,
        ),
      ).map((g) => g.label),
    ).toEqual(['large', 'small']);
  });
});
