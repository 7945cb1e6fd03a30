import type { BinaryRow } from '../../platform/binary-copy.ts';
import { Column } from './columns.ts';
import type { CompositionTable } from './composition-table.ts';
import type { NodeTable } from './node-table.ts';

/** The fields of a copied edge that say what it joins. */
export const ENDS_AT = { downstream: 2, upstream: 3, compositionId: 4 } as const;

/** What an edge joins, and the composition that states it, -1 for none: by their places, or by the ids of the database. */
export interface Ends {
  downstream: number;
  upstream: number;
  composition: number;
}

export function idsOf(row: BinaryRow): Ends {
  return {
    downstream: row.int(ENDS_AT.downstream),
    upstream: row.int(ENDS_AT.upstream),
    composition: row.isNull(ENDS_AT.compositionId) ? -1 : row.int(ENDS_AT.compositionId),
  };
}

/** RangeError where there is no such node or composition. */
export function endsOf(id: number, by: Ends, nodes: NodeTable, compositions: CompositionTable): Ends {
  const downstream = nodes.index.get(by.downstream);
  const upstream = nodes.index.get(by.upstream);
  const composition = by.composition === -1 ? -1 : compositions.index.get(by.composition);
  if (downstream === -1 || upstream === -1 || (composition === -1 && by.composition !== -1))
    throw new RangeError(`edge ${id} joins what is not loaded`);
  return { downstream, upstream, composition };
}

/** The ends of edges whose nodes may not have come yet. */
export class EndsByIds {
  private readonly downstream = new Column(Float64Array);
  private readonly upstream = new Column(Float64Array);
  private readonly compositions = new Column(Float64Array);

  reserve(length: number): void {
    for (const column of [this.downstream, this.upstream, this.compositions]) column.reserve(length);
  }

  add(row: BinaryRow): void {
    this.downstream.push(row.int(ENDS_AT.downstream));
    this.upstream.push(row.int(ENDS_AT.upstream));
    this.compositions.push(row.isNull(ENDS_AT.compositionId) ? -1 : row.int(ENDS_AT.compositionId));
  }

  of(edge: number): Ends {
    return {
      downstream: this.downstream.values[edge]!,
      upstream: this.upstream.values[edge]!,
      composition: this.compositions.values[edge]!,
    };
  }
}
