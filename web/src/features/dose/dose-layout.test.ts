import { describe, expect, it } from 'vitest';
import { SIZES, WIDE } from '../plot/sizes.ts';
import { point } from '../rates/rate-point.example.ts';
import { apart, doseDomain, type KnownDose, layOutDoses } from './dose-layout.ts';

const dose = (lower: number, upper = lower, unaccounted = 0): KnownDose => ({
  known: true,
  lower,
  upper,
  unaccounted,
  unmeasured: false,
});
const group = (...doses: KnownDose[]) => ({
  key: 'g',
  number: 1,
  title: 'trial 1 · replacement',
  differences: [],
  points: doses.map((one, index) => ({ point: point(`m${index}`, { rate: index / 10 }), dose: one })),
});

describe('the axis of doses', () => {
  it('holds ranges that end near what is known, and cuts those that go far beyond it', () => {
    expect(doseDomain([dose(0.1), dose(0.2, 0.3)])).toBeCloseTo(0.315, 6);
    expect(doseDomain([dose(0), dose(0.01, 1)])).toBeCloseTo(0.0125, 6);
  });

  it('shows ranges whole where nothing is known but that', () => {
    expect(doseDomain([dose(0, 0.6), dose(0, 0.2)])).toBeCloseTo(0.6, 6);
    expect(doseDomain([dose(0)])).toBeCloseTo(0.01, 6);
  });

  it('never goes beyond all of the text', () => {
    expect(doseDomain([dose(0.9, 1, 0.1)])).toBe(1);
  });
});

describe('rates against doses', () => {
  it('say of every range that is cut that it goes on', () => {
    const [panel] = layOutDoses([group(dose(0), dose(0.01, 1), dose(0.01, 0.01))], WIDE).panels;
    // The highest rate first.
    expect(panel?.marks.map(({ beyond }) => beyond)).toEqual([false, true, false]);
  });

  it('draw what is unaccounted as a tail of its own, beyond the range', () => {
    const [panel] = layOutDoses([group(dose(0.2, 0.25, 0.1))], WIDE).panels;
    const [mark] = panel?.marks ?? [];
    expect(mark?.x).toBeLessThan(mark?.rangeTo ?? 0);
    expect(mark?.rangeTo).toBeLessThan(mark?.tailTo ?? 0);
  });

  it('stand beside the axis where nothing is known of the dose', () => {
    const layout = layOutDoses([group(dose(0, 1), dose(0, 0, 1), dose(0.2))], WIDE);
    expect(layout.right).toBeLessThan(layout.strip?.left ?? 0);
    const marks = layout.panels[0]?.marks ?? [];
    expect(marks.map(({ apart: aside }) => aside)).toEqual([false, true, true]);
    for (const { x } of marks.filter((mark) => mark.apart))
      expect(x).toBeGreaterThan(layout.strip?.left ?? 0);
    expect(marks.some(({ beyond }) => beyond)).toBe(false);
  });

  it('stand side by side where they would cover one another, their range still from their dose', () => {
    expect(
      apart([
        { x: 0, y: 0 },
        { x: 0, y: 3 },
        { x: 2, y: 50 },
      ]).map(({ x }) => x),
    ).toEqual([0, 10, 2]);
    const same = {
      key: 'g',
      number: 2,
      title: 't',
      differences: [],
      points: [0, 1].map((index) => ({ point: point(`m${index}`), dose: dose(0.1) })),
    };
    const marks = layOutDoses([same], WIDE).panels[0]?.marks ?? [];
    expect(marks[0]?.x).not.toBe(marks[1]?.x);
    expect(marks[0]?.doseX).toBe(marks[1]?.doseX);
  });

  it('stay in their picture in both widths', () => {
    for (const size of SIZES) {
      const layout = layOutDoses([group(dose(0), dose(0.5, 1), dose(1))], size);
      for (const { x, tailTo, y } of layout.panels[0]?.marks ?? []) {
        expect(x).toBeGreaterThan(layout.left);
        expect(tailTo).toBeLessThan(layout.right);
        expect(y).toBeLessThan(layout.height);
      }
    }
  });
});
