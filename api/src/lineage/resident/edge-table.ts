import type { BinaryRow } from '../../platform/binary-copy.ts';
import type { AmountUnit } from '../kinds.ts';
import type { EdgeRecord } from '../records.ts';
import type { CompositionTable } from './composition-table.ts';
import { countingSort, inSlices, type Pause, type Sorted } from './counting-sort.ts';
import { addRow, append, edgeColumns, inOrder, reserve } from './edge-columns.ts';
import { ENDS_AT, type Ends, EndsByIds, endsOf, idsOf } from './edge-ends.ts';
import { KIND_BITS, keptOf, kindOf, RETRACTED, unitOf, visibilityOf } from './edge-marks.ts';
import { momentOr, type NodeTable } from './node-table.ts';
import { adopt, type Section, type Sections, sectionsOf } from './snapshot-sections.ts';
import type { Standings } from './standing.ts';

/** Fields of a copied edge, in the order of the statement in resident.store. */
const F = {
  id: 0,
  mark: 1,
  ...ENDS_AT,
  amount: 5,
  epochs: 6,
  citationId: 7,
  occurredAt: 8,
  teamId: 9,
  actorId: 10,
  audienceId: 11,
  recordedAt: 12,
  retractedAt: 13,
} as const;

const asId = (id: number | null) => (id === null ? null : BigInt(id));

/**
 * Every edge, retracted ones included. Those of the last compaction stand sorted by their downstream node (compressed
 * sparse rows: 4 bytes an edge for each end and 4 for the way down); later ones are appended and listed by node.
 */
export class EdgeTable {
  private columns = edgeColumns();
  private retractions = new Map<number, number>();
  /** Edges of the last compaction; node n, of `sortedNodes`, depends on by up.start[n]…up.start[n + 1]. */
  private up: Pick<Sorted, 'start'> = { start: new Int32Array(1) };
  private down: Sorted = { start: new Int32Array(1), order: new Int32Array(0) };
  private sorted = 0;
  private sortedNodes = 0;
  private lateUp = new Map<number, number[]>();
  private lateDown = new Map<number, number[]>();
  /** While all edges are loaded: the ends of those that have come. */
  private loading: EndsByIds | null = null;
  /** No edge was recorded later. */
  latest = Number.NEGATIVE_INFINITY;
  /** Edges that changed while a compaction was under way; null while none is. */
  private changed: Set<number> | null = null;
  private readonly who: Standings;

  constructor(who: Standings) {
    this.who = who;
  }

  get length(): number {
    return this.columns.ids.length;
  }
  get ids() {
    return this.columns.ids;
  }
  /** Places of nodes, as is `upstream`. */
  get downstream() {
    return this.columns.downstream;
  }
  get upstream() {
    return this.columns.upstream;
  }
  /** Places of compositions; -1 for none. */
  get compositions() {
    return this.columns.compositions;
  }
  get standings() {
    return this.columns.standings;
  }
  get recordedAt() {
    return this.columns.recordedAt;
  }

  /** How many edges were learnt of since the last compaction. */
  get late(): number {
    return this.length - this.sorted;
  }

  kind(edge: number): number {
    return this.columns.marks.values[edge]! & KIND_BITS;
  }

  /** Infinity for what holds. */
  retractedAt(edge: number): number {
    return this.columns.marks.values[edge]! & RETRACTED
      ? this.retractions.get(edge)!
      : Number.POSITIVE_INFINITY;
  }

  /** Learns of an edge, or of what has changed in one. RangeError where its ends are not known. */
  put(row: BinaryRow, nodes: NodeTable, compositions: CompositionTable): void {
    if (this.loading !== null) {
      this.loading.add(row);
      this.add(row);
      return;
    }
    const id = row.int(F.id);
    const ends = endsOf(id, idsOf(row), nodes, compositions);
    const held = this.find(id, ends.downstream);
    if (held !== -1) {
      this.standings.values[held] = this.standingOf(row);
      this.retract(held, momentOr(row, F.retractedAt, Number.POSITIVE_INFINITY));
      this.changed?.add(held);
      return;
    }
    const edge = this.add(row);
    this.join(edge, ends);
    this.list(edge);
  }

  /** Adds all of an edge but its ends; answers its place. */
  private add(row: BinaryRow): number {
    const { columns } = this;
    const edge = addRow(columns);
    columns.ids.values[edge] = row.int(F.id);
    columns.standings.values[edge] = this.standingOf(row);
    const recordedAt = row.moment(F.recordedAt);
    columns.recordedAt.values[edge] = recordedAt;
    if (recordedAt > this.latest) this.latest = recordedAt;
    columns.marks.values[edge] = keptOf(row.int(F.mark));
    columns.amounts.values[edge] = row.isNull(F.amount) ? Number.NaN : row.float(F.amount);
    if (!row.isNull(F.epochs)) columns.epochs.set(edge, row.float(F.epochs));
    if (!row.isNull(F.citationId)) columns.citations.set(edge, row.int(F.citationId));
    if (!row.isNull(F.occurredAt)) columns.occurredAt.set(edge, row.moment(F.occurredAt));
    if (!row.isNull(F.retractedAt)) this.retract(edge, row.moment(F.retractedAt));
    return edge;
  }

  /** RangeError where a label of the row is none that this version knows. */
  private standingOf(row: BinaryRow): number {
    if (row.isNull(F.mark)) throw new RangeError('the database has a label that this version does not know');
    return this.who.place(
      visibilityOf(row.int(F.mark)),
      row.int(F.teamId),
      row.int(F.actorId),
      row.isNull(F.audienceId) ? null : row.int(F.audienceId),
    );
  }

  private join(edge: number, { downstream, upstream, composition }: Ends): void {
    this.columns.downstream.values[edge] = downstream;
    this.columns.upstream.values[edge] = upstream;
    this.columns.compositions.values[edge] = composition;
  }

  /**
   * Until they are settled and compacted, rows are taken to be new, and can't be reached. About so many are to come; their
   * ends may come after them.
   */
  beginLoading(expected: number): void {
    this.loading = new EndsByIds();
    this.loading.reserve(expected);
    reserve(this.columns, expected);
  }

  /** Ends the loading, when all nodes and compositions are known. RangeError where an edge joins what is none of them. */
  async settle(nodes: NodeTable, compositions: CompositionTable, pause: Pause): Promise<void> {
    const { loading } = this;
    if (loading === null) return;
    const ids = this.ids.values;
    await inSlices(this.length, pause, (from, to) => {
      for (let edge = from; edge < to; edge++)
        this.join(edge, endsOf(ids[edge]!, loading.of(edge), nodes, compositions));
    });
    this.loading = null;
  }

  /**
   * Sorts all edges by their downstream node, in linear time and beside other work. Edges may be put and followed
   * meanwhile: those that come later stay late, and what changes in the others is carried over.
   */
  async compact(nodeCount: number, pause: Pause): Promise<void> {
    const length = this.length;
    const changed = new Set<number>();
    this.changed = changed;
    const up = await countingSort(this.downstream.values, length, nodeCount, pause);
    const place = new Int32Array(length);
    await inSlices(length, pause, (from, to) => {
      for (let i = from; i < to; i++) place[up.order[i]!] = i;
    });
    const sorted = await inOrder(this.columns, up.order, pause);
    const down = await countingSort(sorted.upstream.values, length, nodeCount, pause);
    // From here on nothing waits: whoever reads next finds all of the new order, or would have found all of the old.
    for (const edge of changed) {
      sorted.standings.values[place[edge]!] = this.standings.values[edge]!;
      sorted.marks.values[place[edge]!] = this.columns.marks.values[edge]!;
    }
    append(sorted, this.columns, length, this.length);
    this.columns = sorted;
    this.retractions = new Map(
      [...this.retractions].map(([edge, at]) => [edge < length ? place[edge]! : edge, at]),
    );
    [this.up, this.down] = [{ start: up.start }, down];
    [this.sorted, this.sortedNodes, this.changed] = [length, nodeCount, null];
    this.lateUp = new Map();
    this.lateDown = new Map();
    for (let edge = length; edge < this.length; edge++) this.list(edge);
  }

  /**
   * For a search that passes many edges: of a node below `sorted`, they are start[node]…start[node + 1] (by `order`,
   * where it is not null), and whatever is late. Good until the next edge is put.
   */
  along(up: boolean): {
    start: Int32Array;
    order: Int32Array | null;
    sorted: number;
    late: ReadonlyMap<number, readonly number[]>;
  } {
    return {
      start: up ? this.up.start : this.down.start,
      order: up ? null : this.down.order,
      sorted: this.sortedNodes,
      late: up ? this.lateUp : this.lateDown,
    };
  }

  /** One byte an edge, of which the lowest bits are its kind; RETRACTED where it was ever retracted. */
  get marks(): Uint8Array {
    return this.columns.marks.values;
  }

  /** Calls `visit` for every edge between a node and what it depends on, and (`eachDown`) what depends on it. */
  eachUp(node: number, visit: (edge: number) => void): void {
    if (node < this.sortedNodes) {
      const { start } = this.up;
      const end = start[node + 1]!;
      for (let edge = start[node]!; edge < end; edge++) visit(edge);
    }
    if (this.lateUp.size > 0) for (const edge of this.lateUp.get(node) ?? []) visit(edge);
  }
  eachDown(node: number, visit: (edge: number) => void): void {
    if (node < this.sortedNodes) {
      const { start, order } = this.down;
      const end = start[node + 1]!;
      for (let i = start[node]!; i < end; i++) visit(order[i]!);
    }
    if (this.lateDown.size > 0) for (const edge of this.lateDown.get(node) ?? []) visit(edge);
  }

  /** How much, as stated. */
  amount(edge: number): Pick<EdgeRecord, 'amount' | 'amountUnit' | 'epochs'> {
    return {
      amount: this.amountStated(edge),
      amountUnit: this.amountUnit(edge),
      epochs: this.epochs(edge),
    };
  }

  amountStated(edge: number): number | null {
    const amount = this.columns.amounts.values[edge]!;
    return Number.isNaN(amount) ? null : amount;
  }

  amountUnit(edge: number): AmountUnit | null {
    return unitOf(this.columns.marks.values[edge]!);
  }

  epochs(edge: number): number | null {
    return this.columns.epochs.get(edge);
  }

  /** When it happened, in milliseconds since 1970; null where that is not stated. */
  occurredAt(edge: number): number | null {
    return this.columns.occurredAt.get(edge);
  }

  /** The row as every slice knows it. */
  record(edge: number, nodes: NodeTable, compositions: CompositionTable): EdgeRecord {
    const { visibility, teamId, actorId } = this.who.at(this.standings.values[edge]!);
    const composition = this.compositions.values[edge]!;
    const retractedAt = this.retractedAt(edge);
    const occurredAt = this.occurredAt(edge);
    return {
      id: BigInt(this.ids.values[edge]!),
      kind: kindOf(this.columns.marks.values[edge]!),
      downstream: BigInt(nodes.ids.values[this.downstream.values[edge]!]!),
      upstream: BigInt(nodes.ids.values[this.upstream.values[edge]!]!),
      compositionId: composition === -1 ? null : BigInt(compositions.ids.values[composition]!),
      ...this.amount(edge),
      citationId: asId(this.columns.citations.get(edge)),
      occurredAt: occurredAt === null ? null : new Date(occurredAt),
      visibility,
      teamId: BigInt(teamId),
      actorId: BigInt(actorId),
      recordedAt: new Date(this.recordedAt.values[edge]!),
      retractedAt: retractedAt === Number.POSITIVE_INFINITY ? null : new Date(retractedAt),
    };
  }

  /** Bytes of the topology alone: the two ends of each edge and the ways to find them. */
  get topologyBytes(): number {
    const { downstream, upstream } = this.columns;
    const { start, order } = this.down;
    return downstream.bytes + upstream.bytes + this.up.start.byteLength + start.byteLength + order.byteLength;
  }
  get bytes(): number {
    const { downstream: _, upstream: __, ...rest } = this.columns;
    const late = 96 * this.late + 48 * this.retractions.size;
    return Object.values(rest).reduce((sum, column) => sum + column.bytes, this.topologyBytes + late);
  }

  /** For a snapshot file: the edges as they stand now, in the order of the last compaction. */
  sections(): Section[] {
    const retractions = Float64Array.from([...this.retractions].flat());
    const sorted = Float64Array.of(this.sorted, this.sortedNodes);
    const [up, { start, order }] = [this.up.start, this.down];
    return [
      ...sectionsOf('edge', { ...this.columns }, this.length),
      ['edge.retractions', () => retractions],
      ['edge.sorted', () => sorted],
      ['edge.up', () => up],
      ['edge.down', () => start],
      ['edge.order', () => order],
    ];
  }

  /** Takes over what `sections` told; this table must be empty. RangeError where it is not whole. */
  adopt(sections: Sections): void {
    const { length } = sections.get('edge.ids', Float64Array);
    adopt('edge', { ...this.columns }, sections, length);
    this.latest = this.recordedAt.most;
    const exactly = (name: string, expected: number) => {
      const held = sections.get(`edge.${name}`, Int32Array);
      if (held.length !== expected) throw new RangeError(`edge.${name} is ${held.length} long`);
      return held.values.length === expected ? held.values : held.values.slice(0, expected);
    };
    const sorted = sections.get('edge.sorted', Float64Array);
    [this.sorted, this.sortedNodes] = [sorted.values[0]!, sorted.values[1]!];
    this.up = { start: exactly('up', this.sortedNodes + 1) };
    this.down = { start: exactly('down', this.sortedNodes + 1), order: exactly('order', this.sorted) };
    const retractions = sections.get('edge.retractions', Float64Array);
    for (let i = 0; i < retractions.length; i += 2)
      this.retractions.set(retractions.values[i]!, retractions.values[i + 1]!);
    for (let edge = this.sorted; edge < length; edge++) this.list(edge);
  }

  private list(edge: number): void {
    listed(this.lateUp, this.downstream.values[edge]!, edge);
    listed(this.lateDown, this.upstream.values[edge]!, edge);
  }

  private retract(edge: number, at: number): void {
    if (at === Number.POSITIVE_INFINITY) return;
    this.columns.marks.values[edge] = this.columns.marks.values[edge]! | RETRACTED;
    this.retractions.set(edge, at);
  }

  /** Where an edge of a node stands now; -1 where there is none. */
  find(id: number, downstream: number): number {
    const { values } = this.ids;
    if (downstream < this.sortedNodes) {
      const end = this.up.start[downstream + 1]!;
      for (let edge = this.up.start[downstream]!; edge < end; edge++) if (values[edge] === id) return edge;
    }
    return this.lateUp.get(downstream)?.find((edge) => values[edge] === id) ?? -1;
  }
}

function listed(lists: Map<number, number[]>, node: number, edge: number): void {
  const held = lists.get(node);
  if (held) held.push(edge);
  else lists.set(node, [edge]);
}
