// Where the shares of content tags stand: a row a tag, because a text carries several and they fill no bar together.
import { scaleLinear } from 'd3-scale';
import { percent } from '../../ui/numbers.ts';
import { cutText, wrapText } from '../lineage/fit-text.ts';
import { PER_HEADING_LETTER, PER_LETTER } from '../plot/labels.ts';
import type { PlotSize } from '../plot/sizes.ts';
import { stageKey, stageTitle } from './exposure-layout.ts';
import { type Group, groupsOf, type Stage } from './stage-bars.ts';

/** As many tags of a stage as are drawn: the table has them all. */
export const MOST_TAGS = 20;

export interface TagRow {
  key: string;
  label: string;
  labelY: number;
  figure: string;
  figureY: number;
  y: number;
  says: string;
  /** What was measured to carry it, from nothing. */
  measured: { from: number; to: number };
  /** What may carry it beyond that; null where nothing is open. */
  open: { from: number; to: number } | null;
}

export interface TagStage {
  key: string;
  heading: string[];
  headingY: number;
  rows: TagRow[];
  top: number;
  bottom: number;
  /** Said in place of rows, where there are none; null where there are. */
  instead: { text: string; y: number } | null;
}

export interface TagLayout {
  width: number;
  height: number;
  left: number;
  right: number;
  figureX: number;
  ticks: { x: number; text: string }[];
  stages: TagStage[];
}

const LINE = 15;
const AXIS = 22;
const GAP = 20;

/** Names left of the axis and figures right of it where there is room, else both above it. */
const COLUMNS = {
  wide: { left: 262, right: 720, figureX: 736, row: 22, labelRoom: 250 },
  narrow: { left: 12, right: 338, figureX: 346, row: 36, labelRoom: 210 },
};

const OPEN = 1e-9;

/** `1%–12%`, or one figure where nothing is open. */
const rangeWords = ({ share, shareUpper }: Group): string =>
  shareUpper - share > OPEN ? `${percent(share)}–${percent(shareUpper)}` : percent(share);

/** How many tags are left out of the picture, over all stages. */
export const tagsLeftOut = (stages: readonly Stage[]): number =>
  stages.reduce((sum, { shares }) => sum + Math.max(0, shares.length - MOST_TAGS), 0);

export function layOutTags(stages: readonly Stage[], size: PlotSize): TagLayout {
  const { left, right, figureX, row: rowHeight, labelRoom } = COLUMNS[size.name];
  const wide = size.name === 'wide';
  const x = scaleLinear([0, 1], [left + 6, right - 6]);
  let top = 0;
  const rowAt = (group: Group, title: string): TagRow => {
    const y = top + (wide ? rowHeight / 2 : 25);
    const textY = wide ? y + 4 : y - 11;
    top += rowHeight;
    return {
      key: group.key,
      label: cutText(group.label, labelRoom, PER_LETTER),
      labelY: textY,
      figure: rangeWords(group),
      figureY: textY,
      y,
      says: `${title}: ${group.label} ${rangeWords(group).replace('–', ' to ')}`,
      measured: { from: x(0), to: x(group.share) },
      open: group.shareUpper - group.share > OPEN ? { from: x(group.share), to: x(group.shareUpper) } : null,
    };
  };
  const drawn = stages.map((stage, index): TagStage => {
    const title = stageTitle(stage);
    const text = stage.trainingRun ? `${title} · ${stage.trainingRun.label}` : title;
    const heading = wrapText(text, size.width, PER_HEADING_LETTER);
    const headingY = top + 12;
    top += heading.length * LINE + 4;
    const from = top;
    const rows = groupsOf(stage)
      .slice(0, MOST_TAGS)
      .map((group) => rowAt(group, title));
    const bottom = top;
    const instead = rows.length > 0 ? null : { text: 'No content measurement reaches it.', y: top + 12 };
    top += (instead ? LINE : AXIS) + GAP;
    return { key: stageKey(stage, index), heading, headingY, rows, top: from, bottom, instead };
  });
  return {
    width: size.width,
    height: Math.max(20, top - GAP),
    left,
    right,
    figureX,
    ticks: [0, 0.25, 0.5, 0.75, 1].map((share) => ({ x: x(share), text: `${share * 100}%` })),
    stages: drawn,
  };
}
