import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { NARROW, WIDE } from '../plot/sizes.ts';
import type { Exposure, Stage } from './stage-bars.ts';
import { TagPicture } from './TagPicture.tsx';
import { layOutTags, MOST_TAGS, tagsLeftOut } from './tag-layout.ts';

const stage = (tags: readonly [string, number, number][], run: string | null = 'run'): Stage => ({
  stage: run ? 'PRETRAINING' : null,
  recorded: run !== null,
  tokens: '1000',
  averaged: false,
  scaled: false,
  unaccounted: 0,
  unaccountedUpper: 0,
  compositions: 1,
  trainingRun: run
    ? { id: run, ref: `training-run:${run}`, label: run, objective: null, citation: null }
    : null,
  modelVersion: run ? null : { label: 'a@1', ref: 'model:a@1' },
  losses: [],
  shares: tags.map(([name, share, shareUpper]) => ({
    share,
    shareUpper,
    tokens: null,
    source: null,
    datasetVersion: null,
    contentTag: { id: name, name },
    generatedBy: null,
  })),
});
const exposure = (stages: readonly Stage[]) =>
  ({ knownOn: '2026-01-01T00:00:00.000Z', grouping: 'CONTENT_TAG', tokens: null, stages }) as Exposure;
const shown = (stages: readonly Stage[]) =>
  renderToStaticMarkup(<TagPicture exposure={exposure(stages)} of="a@1" knownOn={null} />);

const TAGS = stage([
  ['code', 0.25, 0.25],
  ['fiction', 0.1, 0.6],
]);

describe('the content tags of an exposure', () => {
  it('are drawn from nothing to what was measured, and on to what may carry them', () => {
    for (const size of [WIDE, NARROW]) {
      const { stages, ticks } = layOutTags([TAGS], size);
      const [none, quarter, half] = ticks.map(({ x }) => x);
      const [code, fiction] = stages[0]!.rows;
      expect(code).toMatchObject({ figure: '25%', open: null, says: 'Pretraining: code 25%' });
      expect(code!.measured).toEqual({ from: none, to: quarter });
      expect(fiction).toMatchObject({ figure: '10%–60%', says: 'Pretraining: fiction 10% to 60%' });
      expect(fiction!.open!.to).toBeGreaterThan(half!);
      expect(fiction!.open!.from).toBe(fiction!.measured.to);
    }
  });

  it('have a table and files, as the other groupings have', () => {
    const markup = shown([TAGS]);
    for (const as of ['SVG', 'PNG', 'CSV'])
      expect(markup).toContain(
        `aria-label="Save “Content tags in what a@1 was trained on, by stage” as ${as}"`,
      );
    expect(markup).toMatch(/<table/);
    expect(markup).toMatch(/share as a range/);
    expect(shown([stage([['code', 0.25, 0.25]])])).not.toMatch(/share as a range/);
  });

  it('say of a stage that no measurement reaches that none does, and how many are not drawn', () => {
    expect(shown([TAGS, stage([], null)])).toMatch(/No content measurement reaches it\./);
    const many = stage(
      Array.from({ length: 33 }, (_, i): [string, number, number] => [`tag ${i}`, i / 100, 1]),
    );
    expect(tagsLeftOut([many, TAGS])).toBe(13);
    expect(layOutTags([many], WIDE).stages[0]!.rows).toHaveLength(MOST_TAGS);
    expect(shown([many])).toMatch(/13 smaller are in the table alone/);
    expect(shown([many]).match(/<tr>/g)).toHaveLength(34);
    expect(shown([TAGS])).not.toMatch(/in the table alone/);
  });
});
