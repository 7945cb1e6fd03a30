// What dose of a source or content tag a model version had, in one stage or over all, as far as that is known.
import type { TrainingStage } from '../../graphql/generated/graphql.ts';

interface Share {
  share: number;
  shareUpper: number;
  source?: { ref: string; label: string } | null;
  contentTag?: { name: string } | null;
  generatedBy?: { ref: string; label: string } | null;
}

export interface StageShares {
  stage?: TrainingStage | null;
  recorded: boolean;
  tokens?: string | null;
  unaccounted: number;
  unaccountedUpper: number;
  shares: readonly Share[];
}

export interface Exposure {
  stages: readonly StageShares[];
}

export interface VersionExposure {
  label: string;
  sources: Exposure;
  tags: Exposure;
}

/** Of what: `tag:NAME`, `source:NAME`, or `by:REF` for what a model wrote. */
export interface Substance {
  key: string;
  label: string;
}

/** In which training: one kind of stage, or all by their tokens. */
export type DoseStage = TrainingStage | 'ALL';

export type Dose =
  | {
      known: true;
      lower: number;
      /** The most where parties differ; of a tag, all that is not measured counts, too. */
      upper: number;
      /** Not accounted for, which may hold more of a source; 0 for a tag, whose upper end has it. */
      unaccounted: number;
      /** Nothing says anything about the tag in this training. */
      unmeasured: boolean;
    }
  | { known: false; reason: string };

export function substanceOf({ source, contentTag, generatedBy }: Share): Substance | null {
  if (contentTag) return { key: `tag:${contentTag.name}`, label: `#${contentTag.name}` };
  if (generatedBy) return { key: `by:${generatedBy.ref}`, label: `written by ${generatedBy.label}` };
  return source ? { key: source.ref, label: source.label } : null;
}

const isTag = (key: string): boolean => key.startsWith('tag:');
const exposureFor = (version: VersionExposure, key: string): Exposure =>
  isTag(key) ? version.tags : version.sources;

/** Everything that some of the versions were exposed to: tags first, then what differs most between them. */
export function substances(versions: readonly VersionExposure[]): Substance[] {
  const found = new Map<string, { substance: Substance; shares: number[] }>();
  for (const { sources, tags } of versions)
    for (const share of [...sources.stages, ...tags.stages].flatMap((stage) => stage.shares)) {
      const substance = substanceOf(share);
      if (!substance) continue;
      const entry = found.get(substance.key) ?? { substance, shares: [] };
      entry.shares.push(share.share);
      found.set(substance.key, entry);
    }
  const most = (shares: readonly number[]) => Math.max(...shares);
  return [...found.values()]
    .sort(
      (a, b) =>
        Number(isTag(b.substance.key)) - Number(isTag(a.substance.key)) ||
        most(b.shares) - most(a.shares) ||
        a.substance.label.localeCompare(b.substance.label),
    )
    .map(({ substance }) => substance);
}

/** The kinds of stages that the versions had, in the order of training, and all together last. */
export function stagesOf(versions: readonly VersionExposure[], order: readonly TrainingStage[]): DoseStage[] {
  const had = new Set(versions.flatMap(({ sources }) => sources.stages.map(({ stage }) => stage)));
  return [...order.filter((stage) => had.has(stage)), 'ALL'];
}

const ofShares = (shares: readonly Share[], key: string) =>
  shares.find((share) => substanceOf(share)?.key === key) ?? null;

function inStage(stage: StageShares, key: string): Extract<Dose, { known: true }> {
  const share = ofShares(stage.shares, key);
  if (isTag(key)) {
    return share
      ? { known: true, lower: share.share, upper: share.shareUpper, unaccounted: 0, unmeasured: false }
      : { known: true, lower: 0, upper: 1, unaccounted: 0, unmeasured: true };
  }
  return {
    known: true,
    lower: share?.share ?? 0,
    upper: share?.shareUpper ?? 0,
    unaccounted: stage.unaccountedUpper,
    unmeasured: false,
  };
}

/** Several runs as one: by their tokens, without which shares of different runs do not add up. */
function together(stages: readonly StageShares[], key: string): Dose {
  const tokens = stages.map((stage) => Number(stage.tokens ?? Number.NaN));
  const total = tokens.reduce((sum, one) => sum + one, 0);
  if (!(total > 0)) return { known: false, reason: 'not every run states its tokens' };
  const doses = stages.map((stage) => inStage(stage, key));
  const mean = (of: (dose: (typeof doses)[number]) => number) =>
    doses.reduce((sum, dose, index) => sum + of(dose) * ((tokens[index] ?? 0) / total), 0);
  return {
    known: true,
    lower: mean((dose) => dose.lower),
    upper: mean((dose) => dose.upper),
    unaccounted: mean((dose) => dose.unaccounted),
    unmeasured: doses.every((dose) => dose.unmeasured),
  };
}

/** The dose of a version, or why there is no one figure for it. */
export function doseOf(version: VersionExposure, key: string, stage: DoseStage): Dose {
  const { stages } = exposureFor(version, key);
  const unrecorded = stages.some((one) => !one.recorded);
  if (stages.length === 0) return { known: false, reason: 'how it was trained is not recorded' };
  if (stage === 'ALL') {
    if (unrecorded) return { known: false, reason: 'some of its training is not recorded' };
    return together(stages, key);
  }
  const asked = stages.filter((one) => one.stage === stage);
  const [only] = asked;
  if (!only)
    return {
      known: false,
      reason: unrecorded ? 'how it was trained is not recorded' : 'it had no such stage',
    };
  return asked.length === 1 ? inStage(only, key) : together(asked, key);
}
