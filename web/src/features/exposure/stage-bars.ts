import type { ExposureQuery } from '../../graphql/generated/graphql.ts';

type Answer = NonNullable<ExposureQuery['lineageNode']>;
export type Exposure = Extract<Answer, { __typename: 'ModelVersion' }>['exposure'];
export type Stage = Exposure['stages'][number];
export type Share = Stage['shares'][number];

export type Group = {
  key: string;
  label: string;
  ref: string | null;
  /** Written by a model rather than coming from a source. */
  generated: boolean;
  share: number;
  shareUpper: number;
  tokens: string | null;
};

export type Segment = {
  key: string;
  label: string;
  share: number;
  kind: 'group' | 'rest' | 'generated' | 'unaccounted';
  /** Place among the largest groups over all stages, so that one source keeps its colour; null where it has none. */
  color: number | null;
};

/** As many groups as get a colour of their own; what is smaller is folded. */
export const COLORED = 8;

export function groupOf(s: Share): Group {
  const rest = { share: s.share, shareUpper: s.shareUpper, tokens: s.tokens ?? null };
  if (s.generatedBy) {
    const { ref, label } = s.generatedBy;
    return { key: `by ${ref}`, label: `written by ${label}`, ref, generated: true, ...rest };
  }
  if (s.contentTag) {
    const { id, name } = s.contentTag;
    return { key: `tag ${id}`, label: name, ref: null, generated: false, ...rest };
  }
  const node = s.source ?? s.datasetVersion;
  return {
    key: node?.ref ?? 'unnamed',
    label: node?.label ?? 'unnamed',
    ref: node?.ref ?? null,
    generated: false,
    ...rest,
  };
}

export function groupsOf(stage: Stage): Group[] {
  return stage.shares.map(groupOf).sort((a, b) => b.share - a.share || a.label.localeCompare(b.label));
}

/** Colours by the largest share that a group has in any stage. */
export function colorsOf(stages: readonly Stage[]): Map<string, number> {
  const largest = new Map<string, number>();
  for (const stage of stages) {
    for (const g of groupsOf(stage)) largest.set(g.key, Math.max(largest.get(g.key) ?? 0, g.share));
  }
  const ranked = [...largest].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
  return new Map(ranked.slice(0, COLORED).map(([key], index) => [key, index + 1]));
}

/**
 * The pieces of one stage's bar, whose shares sum to 1 where the grouping is a partition: coloured groups, the
 * rest folded into one, and what is unaccounted. Where shares are ranges the lower ends are drawn, so that what
 * the ranges leave open is drawn as unaccounted, too.
 */
export function segments(stage: Stage, colors: ReadonlyMap<string, number>): Segment[] {
  const groups = groupsOf(stage);
  const drawn: Segment[] = [];
  const rest: Group[] = [];
  for (const g of groups) {
    const color = colors.get(g.key) ?? null;
    if (color === null) rest.push(g);
    else
      drawn.push({
        key: g.key,
        label: g.label,
        share: g.share,
        kind: g.generated ? 'generated' : 'group',
        color,
      });
  }
  const [only] = rest;
  if (rest.length === 1 && only) {
    drawn.push({ key: only.key, label: only.label, share: only.share, kind: 'rest', color: null });
  } else if (rest.length > 1) {
    const share = rest.reduce((sum, g) => sum + g.share, 0);
    drawn.push({ key: 'rest', label: `${rest.length} smaller`, share, kind: 'rest', color: null });
  }
  const known = drawn.reduce((sum, s) => sum + s.share, 0);
  const open = Math.max(stage.unaccounted, Math.min(stage.unaccountedUpper, 1 - known));
  if (open > 1e-9) {
    drawn.push({ key: 'unaccounted', label: 'unaccounted', share: open, kind: 'unaccounted', color: null });
  }
  return drawn;
}
