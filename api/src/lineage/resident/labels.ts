import type { BinaryRow } from '../../platform/binary-copy.ts';

/** The labels of an enum, found by their bytes without making a string. RangeError where two cannot be told apart. */
export class Labels {
  private readonly places = new Map<number, number>();

  constructor(labels: readonly string[]) {
    labels.forEach((label, place) => {
      const key = Labels.key(label.length, label.charCodeAt(0), label.charCodeAt(label.length - 1));
      if (this.places.has(key)) throw new RangeError(`${label} is too like another label`);
      this.places.set(key, place);
    });
  }

  private static key(length: number, first: number, last: number): number {
    return (length << 16) | (first << 8) | last;
  }

  /** The place of the label in a field. RangeError where it is none of these. */
  place(row: BinaryRow, field: number): number {
    const place = this.places.get(row.shape(field));
    if (place === undefined) throw new RangeError('the database has a label that this version does not know');
    return place;
  }
}
