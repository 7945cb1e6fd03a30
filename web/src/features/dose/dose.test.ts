import { describe, expect, it } from 'vitest';
import {
  doseOf,
  type Exposure,
  type StageShares,
  stagesOf,
  substances,
  type VersionExposure,
} from './dose.ts';

const stage = (more: Partial<StageShares> = {}): StageShares => ({
  stage: 'PRETRAINING',
  recorded: true,
  tokens: null,
  unaccounted: 0,
  unaccountedUpper: 0,
  shares: [],
  ...more,
});
const exposure = (...stages: StageShares[]): Exposure => ({ stages });
const novels = (share: number, shareUpper = share) => ({
  share,
  shareUpper,
  source: { ref: 'source:novels', label: 'novels' },
});
const tag = (share: number, shareUpper: number) => ({
  share,
  shareUpper,
  contentTag: { name: 'fiction/ai' },
});
const version = (sources: Exposure, tags: Exposure = exposure(stage())): VersionExposure => ({
  label: 'm@1',
  sources,
  tags,
});

describe('the dose of a model version', () => {
  it('is its share of the source in the stage asked for, with what is unaccounted beside it', () => {
    const one = version(
      exposure(stage({ shares: [novels(0.2, 0.25)], unaccounted: 0.1, unaccountedUpper: 0.15 })),
    );
    expect(doseOf(one, 'source:novels', 'PRETRAINING')).toEqual({
      known: true,
      lower: 0.2,
      upper: 0.25,
      unaccounted: 0.15,
      unmeasured: false,
    });
  });

  it('is nothing of a source that is not among the shares, unless what is unaccounted holds it', () => {
    const one = version(exposure(stage({ shares: [], unaccountedUpper: 0.4 })));
    expect(doseOf(one, 'source:novels', 'PRETRAINING')).toMatchObject({
      lower: 0,
      upper: 0,
      unaccounted: 0.4,
    });
  });

  it('is anything from none to all of a tag that nobody measured', () => {
    const one = version(exposure(stage()));
    expect(doseOf(one, 'tag:fiction/ai', 'PRETRAINING')).toMatchObject({
      lower: 0,
      upper: 1,
      unmeasured: true,
    });
    const measured = version(exposure(stage()), exposure(stage({ shares: [tag(0.01, 0.4)] })));
    expect(doseOf(measured, 'tag:fiction/ai', 'PRETRAINING')).toMatchObject({ lower: 0.01, upper: 0.4 });
  });

  it('adds runs up by their tokens alone', () => {
    const runs = (tokens: string | null) =>
      version(
        exposure(stage({ tokens: '900', shares: [novels(0.1)] }), stage({ tokens, shares: [novels(0.5)] })),
      );
    expect(doseOf(runs('100'), 'source:novels', 'PRETRAINING')).toMatchObject({ lower: 0.14 });
    expect(doseOf(runs(null), 'source:novels', 'PRETRAINING')).toEqual({
      known: false,
      reason: 'not every run states its tokens',
    });
    expect(doseOf(runs('100'), 'source:novels', 'ALL')).toMatchObject({ lower: 0.14 });
  });

  it('is not told where the training is not recorded, or had no such stage', () => {
    const unrecorded = version(exposure(stage({ stage: null, recorded: false, unaccountedUpper: 1 })));
    expect(doseOf(unrecorded, 'source:novels', 'SFT')).toMatchObject({ known: false });
    expect(doseOf(unrecorded, 'source:novels', 'ALL')).toMatchObject({ known: false });
    expect(doseOf(version(exposure(stage())), 'source:novels', 'SFT')).toEqual({
      known: false,
      reason: 'it had no such stage',
    });
  });
});

describe('what can be asked for', () => {
  it('is every tag and source, tags first, then the largest share, and the stages in their order', () => {
    const one = version(
      exposure(stage({ shares: [novels(0.2)] }), stage({ stage: 'SFT', shares: [] })),
      exposure(stage({ shares: [tag(0.01, 1)] })),
    );
    expect(substances([one]).map(({ key }) => key)).toEqual(['tag:fiction/ai', 'source:novels']);
    expect(stagesOf([one], ['PRETRAINING', 'MIDTRAINING', 'SFT'])).toEqual(['PRETRAINING', 'SFT', 'ALL']);
  });
});
