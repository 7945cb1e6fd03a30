// Labels beside marks: each where it covers neither a mark nor another label, or not at all.

export interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

export interface LabelWish {
  key: string;
  text: string;
  /** The mark's middle. */
  x: number;
  y: number;
}

export interface PlacedLabel extends LabelWish {
  anchor: 'start' | 'middle' | 'end';
  labelX: number;
  labelY: number;
}

/** Text is not measured but estimated, in px a letter at 11 px, so that server and browser agree. */
export const PER_LETTER = 6.5;
/** The same for headings, which are bold and of 12 px. */
export const PER_HEADING_LETTER = 7.4;
const HEIGHT = 12;
const GAP = 9;

export const overlap = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

const inside = (box: Box, bounds: Box): boolean =>
  box.left >= bounds.left &&
  box.right <= bounds.right &&
  box.top >= bounds.top &&
  box.bottom <= bounds.bottom;

/** A line as obstacles along it, so that no label is struck through. */
export function alongLine(x1: number, y1: number, x2: number, y2: number): Box[] {
  const steps = Math.max(1, Math.ceil(Math.hypot(x2 - x1, y2 - y1) / 5));
  return Array.from({ length: steps + 1 }, (_, index) => {
    const [x, y] = [x1 + ((x2 - x1) * index) / steps, y1 + ((y2 - y1) * index) / steps];
    return { left: x - 2, right: x + 2, top: y - 2, bottom: y + 2 };
  });
}

/** Right of the mark, left of it, above, below: the first that is free. */
function candidates(wish: LabelWish): { label: PlacedLabel; box: Box }[] {
  const width = wish.text.length * PER_LETTER;
  const at = (anchor: PlacedLabel['anchor'], dx: number, dy: number) => {
    const labelX = wish.x + dx;
    const labelY = wish.y + dy;
    const left = anchor === 'start' ? labelX : anchor === 'end' ? labelX - width : labelX - width / 2;
    const box = { left, right: left + width, top: labelY - HEIGHT + 2, bottom: labelY + 2 };
    return { label: { ...wish, anchor, labelX, labelY }, box };
  };
  return [
    at('start', GAP, 4),
    at('end', -GAP, 4),
    at('start', GAP, -7),
    at('end', -GAP, -7),
    at('start', GAP, 15),
    at('end', -GAP, 15),
    at('middle', 0, -GAP),
    at('middle', 0, GAP + 9),
  ];
}

/**
 * Labels in the order of the wishes; those for which there is no room are left out, and counted by the caller. Over
 * `lines` they go only where there is no other room.
 */
export function placeLabels(
  wishes: readonly LabelWish[],
  obstacles: readonly Box[],
  bounds: Box,
  lines: readonly Box[] = [],
): PlacedLabel[] {
  const taken: Box[] = [...obstacles];
  return wishes.flatMap((wish) => {
    const free = candidates(wish).filter(
      ({ box }) => inside(box, bounds) && !taken.some((other) => overlap(box, other)),
    );
    const found = free.find(({ box }) => !lines.some((line) => overlap(box, line))) ?? free[0];
    if (!found) return [];
    taken.push(found.box);
    return [found.label];
  });
}
