/** How many ids a table by id may have for each row, before rows far out are kept in a map. */
const SPREAD = 4;
const SMALLEST = 4_096;

/** From an id of the database to a row's place. Ids are given in sequence, so a table by id is small and quick. */
export class IdIndex {
  private near = new Int32Array(SMALLEST).fill(-1);
  private readonly far = new Map<number, number>();
  private count = 0;

  /** -1 where there is none. */
  get(id: number): number {
    const place = id < this.near.length ? this.near[id]! : -1;
    if (place !== -1 || this.far.size === 0) return place;
    return this.far.get(id) ?? -1;
  }

  set(id: number, place: number): void {
    this.count += 1;
    if (id >= this.near.length && id < SPREAD * (this.count + SMALLEST)) this.grow(id + 1);
    if (id < this.near.length) this.near[id] = place;
    else this.far.set(id, place);
  }

  get bytes(): number {
    return this.near.byteLength + this.far.size * 48;
  }

  private grow(length: number): void {
    const grown = new Int32Array(Math.max(length, this.near.length * 2)).fill(-1);
    grown.set(this.near);
    this.near = grown;
  }
}
