import { placeColumn } from './place-column.ts';

const ROW_GAP = 14;
/** About one row, for the places that the sweeps begin with. */
const ROW = 62;
/** The first sweeps order each column, the others only straighten. */
const ORDERING_SWEEPS = 8;
const SWEEPS = 40;

/** What takes up room in a column: a box, a stub, or the lane of a long edge. */
export type Cell = {
  id: string;
  column: number;
  height: number;
  order: number | null;
  /** The larger share stands above where nothing else decides. */
  rank: number;
  /** Cells of one chain of training stand together. */
  chain: string;
};

export type Link = { a: string; b: string; weight: number };

/** Rows: a few sweeps that order each column by its neighbours, then that pull each cell towards them. */
export function arrange(cells: Cell[], links: Link[], columnCount: number): Map<string, number> {
  const columns: Cell[][] = Array.from({ length: columnCount }, () => []);
  for (const c of cells) columns[c.column]!.push(c);
  const columnOf = new Map(cells.map((c) => [c.id, c.column]));
  const near = new Map<string, { id: string; weight: number }[]>();
  for (const { a, b, weight } of links) {
    if (columnOf.get(a) === columnOf.get(b)) continue;
    near.set(a, [...(near.get(a) ?? []), { id: b, weight }]);
    near.set(b, [...(near.get(b) ?? []), { id: a, weight }]);
  }
  const y = new Map<string, number>();
  for (const column of columns) {
    column.sort((a, b) => (a.order ?? 0) - (b.order ?? 0));
    placeColumn(
      column,
      column.map((_, i) => i * ROW),
      ROW_GAP,
      y,
    );
  }
  const pull = (cell: Cell, side: (column: number) => boolean): number => {
    let sum = 0;
    let weight = 0;
    for (const n of near.get(cell.id) ?? []) {
      if (!side(columnOf.get(n.id)!)) continue;
      sum += y.get(n.id)! * n.weight;
      weight += n.weight;
    }
    return weight > 0 ? sum / weight : y.get(cell.id)!;
  };
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const forward = sweep % 2 === 0;
    for (let i = 0; i < columns.length; i++) {
      const index = forward ? i : columns.length - 1 - i;
      const column = columns[index]!;
      const side = sweep > ORDERING_SWEEPS ? () => true : (c: number) => (forward ? c < index : c > index);
      const wish = new Map(column.map((c) => [c.id, pull(c, side)]));
      if (sweep < ORDERING_SWEEPS) sortByWish(column, wish);
      placeColumn(
        column,
        column.map((c) => wish.get(c.id)!),
        ROW_GAP,
        y,
      );
    }
  }
  const top = Math.min(...cells.map((c) => y.get(c.id)! - c.height / 2));
  for (const c of cells) y.set(c.id, y.get(c.id)! - top);
  return y;
}

/**
 * Chains of training stay together in the order of time; everything else goes where it is pulled, and the larger
 * share first where that is the same place.
 */
function sortByWish(column: Cell[], wish: Map<string, number>): void {
  const chains = new Map<string, { sum: number; count: number; rank: number }>();
  for (const c of column) {
    const chain = chains.get(c.chain) ?? { sum: 0, count: 0, rank: 0 };
    chain.sum += wish.get(c.id)!;
    chain.count += 1;
    chain.rank = Math.max(chain.rank, c.rank);
    chains.set(c.chain, chain);
  }
  // Rounded, so that what is pulled to the same place counts as a tie whatever the last bits say.
  const mean = (name: string) => Math.round(chains.get(name)!.sum / chains.get(name)!.count);
  column.sort((a, b) => {
    if (a.chain === b.chain) return (a.order ?? 0) - (b.order ?? 0) || wish.get(a.id)! - wish.get(b.id)!;
    return (
      mean(a.chain) - mean(b.chain) ||
      chains.get(b.chain)!.rank - chains.get(a.chain)!.rank ||
      a.chain.localeCompare(b.chain)
    );
  });
}
