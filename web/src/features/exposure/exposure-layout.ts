// Where the bars of the stages stand, and below each what its pieces are called.
import { percent } from '../../ui/numbers.ts';
import { STAGE_TITLES } from '../lineage/bands.ts';
import { cutText, wrapText } from '../lineage/fit-text.ts';
import { PER_HEADING_LETTER, PER_LETTER } from '../plot/labels.ts';
import type { PlotSize } from '../plot/sizes.ts';
import { groupsOf, type Segment, type Stage, segments } from './stage-bars.ts';

export interface Piece {
  segment: Segment;
  says: string;
  /** What it is, where that has a page. */
  ref: string | null;
  box: { x: number; y: number; width: number; height: number };
  /** Its name below the bar, behind a swatch of it. */
  name: { text: string; x: number; y: number };
}

export interface StageRow {
  key: string;
  heading: string[];
  headingY: number;
  pieces: Piece[];
  /** Said in place of a bar, where there is nothing to divide; null where there is one. */
  instead: { text: string; y: number } | null;
}

export interface ExposureLayout {
  width: number;
  height: number;
  stages: StageRow[];
}

const LINE = 15;
const BAR = 22;
const NAMES = 17;
const BETWEEN = 20;
/** The room of a swatch before a name, and what is free behind it. */
const SWATCH = 15;
const FREE = 12;
/** The longest name below a bar, in px. */
const LONGEST = 300;

export const SWATCH_SIZE = 9;

export const stageTitle = (stage: Stage): string =>
  stage.stage ? STAGE_TITLES[stage.stage] : 'Training not recorded';

/** What tells a stage from the others of one exposure. */
export const stageKey = (stage: Stage, index: number): string =>
  stage.trainingRun?.ref ?? `unrecorded ${stage.modelVersion?.ref ?? index}`;

export function layOutExposure(
  stages: readonly Stage[],
  colors: ReadonlyMap<string, number>,
  size: PlotSize,
): ExposureLayout {
  let top = 0;
  const rows = stages.map((stage, index): StageRow => {
    const title = stageTitle(stage);
    const text = stage.trainingRun ? `${title} · ${stage.trainingRun.label}` : title;
    const heading = wrapText(text, size.width, PER_HEADING_LETTER);
    const headingY = top + 12;
    const barY = top + heading.length * LINE + 4;
    const refs = new Map(groupsOf(stage).map((group) => [group.key, group.ref]));
    const boxes = boxesOf(segments(stage, colors), barY, size.width);
    let [x, y] = [0, barY + BAR + NAMES];
    const pieces = boxes.map(({ segment, box }): Piece => {
      const figure = percent(segment.share);
      const name = `${cutText(segment.label, Math.min(LONGEST, size.width - 90), PER_LETTER)} ${figure}`;
      const room = SWATCH + name.length * PER_LETTER + FREE;
      if (x > 0 && x + room > size.width) [x, y] = [0, y + NAMES];
      const placed = { text: name, x, y };
      x += room;
      return {
        segment,
        box,
        says: `${title}: ${segment.label} ${figure}`,
        ref: refs.get(segment.key) ?? null,
        name: placed,
      };
    });
    const instead = pieces.length > 0 ? null : { text: 'No data of its own went into it.', y: barY + 8 };
    top = (instead?.y ?? y) + BETWEEN;
    return { key: stageKey(stage, index), heading, headingY, pieces, instead };
  });
  return { width: size.width, height: Math.max(20, top - BETWEEN + 6), stages: rows };
}

/** The pieces of a bar beside one another with a line of nothing between them; none so small that it is not seen. */
function boxesOf(pieces: readonly Segment[], y: number, width: number) {
  const whole = pieces.reduce((sum, { share }) => sum + share, 0) || 1;
  const room = width - Math.max(0, pieces.length - 1);
  let before = 0;
  return pieces.map((segment, index) => {
    const x = (before / whole) * room + index;
    before += segment.share;
    return { segment, box: { x, y, width: Math.max(1, (segment.share / whole) * room), height: BAR } };
  });
}
