import type { BinaryRow } from '../../platform/binary-copy.ts';
import { CompositionTable } from './composition-table.ts';
import type { Pause } from './counting-sort.ts';
import { EdgeTable } from './edge-table.ts';
import { FactTable } from './fact-table.ts';
import { NodeTable } from './node-table.ts';
import type { Section, Sections } from './snapshot-sections.ts';
import { Standings } from './standing.ts';

/** The tables that a resident graph is made of, in an order in which each refers only to earlier ones. */
export const RESIDENT_TABLES = ['tag', 'node', 'composition', 'edge', 'claim', 'measurement'] as const;
export type ResidentTable = (typeof RESIDENT_TABLES)[number];

/** An edge is late until it is compacted; more than these, and more than this part of all, want it done. */
const MOST_LATE = 50_000;
const LATE_PART = 0.05;

/**
 * The whole lineage in memory, whoever may see it and whenever it was known: what one viewer sees of it on one moment
 * is for `Sight` to say.
 */
export class ResidentGraph {
  readonly standings = new Standings();
  readonly nodes = new NodeTable(this.standings);
  readonly compositions = new CompositionTable(this.standings);
  readonly edges = new EdgeTable(this.standings);
  readonly facts = new FactTable(this.standings);

  /** Learns of one row, or of what has changed in it. RangeError where it refers to what is not known. */
  put(table: ResidentTable, row: BinaryRow): void {
    switch (table) {
      case 'tag':
        this.facts.putTag(row);
        break;
      case 'node':
        this.nodes.put(row);
        break;
      case 'composition':
        this.compositions.put(row, this.nodes);
        break;
      case 'edge':
        this.edges.put(row, this.nodes, this.compositions);
        break;
      case 'claim':
        this.facts.putCount(row, this.nodes);
        break;
      case 'measurement':
        this.facts.putMeasurement(row, this.nodes);
    }
  }

  /** Until it is compacted, every edge is taken to be new, and may come before what it joins: for the first load. */
  beginLoading(expected: { edges: number } = { edges: 0 }): void {
    this.edges.beginLoading(expected.edges);
  }

  get wantsCompaction(): boolean {
    return this.edges.late > Math.max(MOST_LATE, LATE_PART * this.edges.length);
  }

  /** RangeError where an edge that was loaded joins what is not known. */
  async compact(pause: Pause): Promise<void> {
    await this.edges.settle(this.nodes, this.compositions, pause);
    await this.edges.compact(this.nodes.length, pause);
  }

  /**
   * For a snapshot file: everything as it stands now, to be written bit by bit while more is put. What changes in a row
   * meanwhile may be in the file or not; rows that come later are not.
   */
  sections(): Section[] {
    const { nodes, compositions, edges, facts, standings } = this;
    return [nodes, compositions, edges, facts, standings].flatMap((table) => table.sections());
  }

  /** A graph as a snapshot file has it. RangeError where something is missing from it. */
  static of(sections: Sections): ResidentGraph {
    const graph = new ResidentGraph();
    const { nodes, compositions, edges, facts, standings } = graph;
    for (const table of [nodes, compositions, edges, facts, standings]) table.adopt(sections);
    return graph;
  }

  /** What the tables take, in bytes. */
  get bytes(): number {
    return this.nodes.bytes + this.compositions.bytes + this.edges.bytes + this.facts.bytes;
  }
}
