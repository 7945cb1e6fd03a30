import type { BinaryRow } from '../../platform/binary-copy.ts';
import type { CompositionRow } from '../graph.ts';
import type { Held } from '../held-statements.ts';
import { AMOUNT_BASES, AMOUNT_UNITS } from '../kinds.ts';
import type { CompositionRecord } from '../records.ts';
import { Column, SparseColumn } from './columns.ts';
import { IdIndex } from './id-index.ts';
import { Labels } from './labels.ts';
import { intOrNull, momentOr, type NodeTable, standingOf } from './node-table.ts';
import { adopt, type Section, type Sections, sectionsOf } from './snapshot-sections.ts';
import type { Standings } from './standing.ts';

const UNIT_LABELS = new Labels(AMOUNT_UNITS);
const BASIS_LABELS = new Labels(AMOUNT_BASES);

/** Fields of a copied composition, in the order of the statement in resident.store. */
const F = {
  id: 0,
  nodeId: 1,
  outputId: 2,
  unit: 3,
  basis: 4,
  total: 5,
  complete: 6,
  citationId: 7,
  visibility: 8,
  recordedAt: 12,
  retractedAt: 13,
} as const;

/** A statement of what something was made of: its place among the compositions. */
export interface Stated {
  readonly place: number;
  /** Whether some of its inputs are hidden from the viewer. */
  readonly hidden: boolean;
  /** Whether its inputs still are what was stated: each is seen and is a node, and not all of them were taken back. */
  readonly whole: boolean;
}

/** Every composition, retracted ones included. */
export class CompositionTable {
  readonly index = new IdIndex();
  readonly ids = new Column(Float64Array);
  /** Places of nodes; of the output -1 where it is about all of them. */
  readonly nodes = new Column(Int32Array);
  readonly outputs = new Column(Int32Array);
  readonly standings = new Column(Uint32Array);
  readonly recordedAt = new Column(Float64Array);
  readonly retractedAt = new Column(Float64Array);
  private readonly units = new Column(Uint8Array);
  private readonly bases = new Column(Uint8Array);
  private readonly complete = new Column(Uint8Array);
  private readonly totals = new SparseColumn();
  private readonly citations = new SparseColumn();
  // Compositions of one node, and of one output, hang together: the last one, and for each the one before it.
  private readonly ofNode = new Chains();
  private readonly ofOutput = new Chains();
  /** Nodes of whose outputs something is stated apart, whoever may see it. */
  readonly apart = new Set<number>();
  private readonly who: Standings;

  constructor(who: Standings) {
    this.who = who;
  }

  get length(): number {
    return this.ids.length;
  }

  /** Learns of a composition, or of what has changed in one. RangeError where its node is not known. */
  put(row: BinaryRow, nodes: NodeTable): void {
    const id = row.int(F.id);
    let place = this.index.get(id);
    if (place === -1) {
      const node = nodes.index.get(row.int(F.nodeId));
      const output = row.isNull(F.outputId) ? -1 : nodes.index.get(row.int(F.outputId));
      if (node === -1 || (output === -1 && !row.isNull(F.outputId)))
        throw new RangeError(`composition ${id} is about what is not loaded`);
      place = this.ids.push(id);
      this.index.set(id, place);
      this.nodes.push(node);
      this.outputs.push(output);
      this.ofNode.add(node, place);
      if (output !== -1) {
        this.ofOutput.add(output, place);
        this.apart.add(node);
      }
      this.units.push(UNIT_LABELS.place(row, F.unit));
      this.bases.push(BASIS_LABELS.place(row, F.basis));
      this.complete.push(row.bool(F.complete) ? 1 : 0);
      if (!row.isNull(F.total)) this.totals.set(place, row.float(F.total));
      this.citations.set(place, intOrNull(row, F.citationId));
      this.recordedAt.push(row.moment(F.recordedAt));
      this.standings.push(0);
      this.retractedAt.push(0);
    }
    this.standings.values[place] = standingOf(row, F.visibility, this.who);
    this.retractedAt.values[place] = momentOr(row, F.retractedAt, Number.POSITIVE_INFINITY);
  }

  /** Calls `visit` for the compositions about a node, and about it as one output of an activity, in no order. */
  eachAbout(node: number, visit: (composition: number) => void): void {
    this.ofNode.each(node, visit);
    this.ofOutput.each(node, visit);
  }

  /** The output that one is about, as a place (null: all of them), and whose it is. */
  heldBy(place: number): Held<number> {
    const output = this.outputs.values[place]!;
    return {
      outputId: output === -1 ? null : output,
      teamId: this.who.at(this.standings.values[place]!).teamId,
    };
  }

  /** What the computations need of one, as a viewer sees it stated. */
  statement({ place, hidden, whole }: Stated, nodes: NodeTable): CompositionRow {
    const output = this.outputs.values[place]!;
    return {
      id: BigInt(this.ids.values[place]!),
      node: BigInt(nodes.ids.values[this.nodes.values[place]!]!),
      outputId: output === -1 ? null : BigInt(nodes.ids.values[output]!),
      teamId: BigInt(this.who.at(this.standings.values[place]!).teamId),
      unit: AMOUNT_UNITS[this.units.values[place]!]!,
      basis: AMOUNT_BASES[this.bases.values[place]!]!,
      total: this.totals.get(place),
      complete: this.complete.values[place] === 1 && whole,
      inputsHidden: hidden,
      recordedAt: this.recordedAt.values[place]!,
    };
  }

  /** The row as every slice knows it, for a viewer from whom some of its inputs may be hidden. */
  record(seen: Stated, nodes: NodeTable): CompositionRecord {
    const { place } = seen;
    const { visibility, actorId } = this.who.at(this.standings.values[place]!);
    const citation = this.citations.get(place);
    const retractedAt = this.retractedAt.values[place]!;
    const { node, ...stated } = this.statement(seen, nodes);
    return {
      ...stated,
      nodeId: node,
      citationId: citation === null ? null : BigInt(citation),
      visibility,
      actorId: BigInt(actorId),
      recordedAt: new Date(this.recordedAt.values[place]!),
      retractedAt: retractedAt === Number.POSITIVE_INFINITY ? null : new Date(retractedAt),
    };
  }

  get bytes(): number {
    const columns = [this.index, this.ofNode, this.ofOutput, ...Object.values(this.columns())];
    return columns.reduce((sum, column) => sum + column.bytes, 0);
  }

  /** For a snapshot file: the compositions as they stand now. */
  sections(): Section[] {
    return sectionsOf('composition', this.columns(), this.length);
  }

  /** Takes over what `sections` told; this table must be empty. RangeError where it is not whole. */
  adopt(sections: Sections): void {
    const { length } = sections.get('composition.ids', Float64Array);
    adopt('composition', this.columns(), sections, length);
    for (let place = 0; place < length; place++) {
      this.index.set(this.ids.values[place]!, place);
      this.ofNode.add(this.nodes.values[place]!, place);
      if (this.outputs.values[place] === -1) continue;
      this.ofOutput.add(this.outputs.values[place]!, place);
      this.apart.add(this.nodes.values[place]!);
    }
  }

  private columns() {
    const { ids, nodes, outputs, standings, recordedAt, retractedAt, units, bases, complete } = this;
    const { totals, citations } = this;
    const whole = { ids, nodes, outputs, standings, recordedAt, retractedAt, units, bases, complete };
    return { ...whole, totals, citations };
  }
}

/** Lists of rows by node without a list for each: the last row of a node, and before each row the one before it. */
class Chains {
  private readonly last = new Column(Int32Array);
  private readonly before = new Column(Int32Array);

  add(node: number, row: number): void {
    while (this.last.length <= node) this.last.push(-1);
    while (this.before.length <= row) this.before.push(-1);
    this.before.values[row] = this.last.values[node]!;
    this.last.values[node] = row;
  }

  each(node: number, visit: (row: number) => void): void {
    if (node >= this.last.length) return;
    for (let row = this.last.values[node]!; row !== -1; row = this.before.values[row]!) visit(row);
  }

  get bytes(): number {
    return this.last.bytes + this.before.bytes;
  }
}
