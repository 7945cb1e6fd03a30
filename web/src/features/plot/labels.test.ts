import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Box, overlap, PER_LETTER, type PlacedLabel, placeLabels } from './labels.ts';

const bounds: Box = { left: 0, right: 600, top: 0, bottom: 200 };

function boxOf({ anchor, labelX, labelY, text }: PlacedLabel): Box {
  const width = text.length * PER_LETTER;
  const left = anchor === 'start' ? labelX : anchor === 'end' ? labelX - width : labelX - width / 2;
  return { left, right: left + width, top: labelY - 10, bottom: labelY + 2 };
}

describe('labels', () => {
  it('stand right of their mark where there is room, left of it at the right edge', () => {
    const placed = placeLabels(
      [
        { key: 'a', text: 'first', x: 100, y: 100 },
        { key: 'b', text: 'last', x: 595, y: 100 },
      ],
      [],
      bounds,
    );
    expect(placed.map(({ anchor }) => anchor)).toEqual(['start', 'end']);
  });

  it('are left out, not laid over one another, where there is no room', () => {
    const wishes = Array.from({ length: 30 }, (_, i) => ({ key: `${i}`, text: 'model 1', x: 300, y: 100 }));
    const placed = placeLabels(wishes, [], bounds);
    expect(placed.length).toBeGreaterThan(0);
    expect(placed.length).toBeLessThan(30);
  });

  it('never cover a mark, another label or the edge, wherever the marks are', () => {
    const wish = fc.record({
      key: fc.uuid(),
      text: fc.string({ minLength: 1, maxLength: 20 }),
      x: fc.integer({ min: 0, max: 600 }),
      y: fc.integer({ min: 0, max: 200 }),
    });
    fc.assert(
      fc.property(fc.array(wish, { maxLength: 40 }), (wishes) => {
        const marks = wishes.map(({ x, y }) => ({ left: x - 5, right: x + 5, top: y - 5, bottom: y + 5 }));
        const boxes = placeLabels(wishes, marks, bounds).map(boxOf);
        for (const [index, box] of boxes.entries()) {
          expect(box.left >= 0 && box.right <= 600 && box.top >= 0 && box.bottom <= 200).toBe(true);
          expect([...marks, ...boxes.slice(0, index)].some((other) => overlap(box, other))).toBe(false);
        }
      }),
    );
  });
});
