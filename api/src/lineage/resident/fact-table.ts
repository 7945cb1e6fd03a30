import type { BinaryRow } from '../../platform/binary-copy.ts';
import type { CountClaim, TagMeasurement } from '../graph.ts';
import { AMOUNT_UNITS, type AmountUnit, MEASUREMENT_METHODS } from '../kinds.ts';
import { Labels } from './labels.ts';
import { momentOr, type NodeTable, standingOf } from './node-table.ts';
import type { Held, Section, Sections } from './snapshot-sections.ts';
import type { Standings } from './standing.ts';

const UNIT_LABELS = new Labels(AMOUNT_UNITS);
const METHOD_LABELS = new Labels(MEASUREMENT_METHODS);

/** What is said of a node: who may see it, and when it was known. Times are milliseconds since 1970. */
interface Fact {
  id: number;
  standing: number;
  recordedAt: number;
  /** Infinity for what holds. */
  retractedAt: number;
}
interface HeldCount extends Fact, CountClaim {}
export interface HeldMeasurement extends Fact {
  measurement: TagMeasurement;
}

/** Facts of one sort by node. There are few beside the edges, so they are kept as they are. */
class FactsOf<F extends Fact> {
  private readonly byNode = new Map<number, F[]>();
  private count = 0;

  of(node: number): readonly F[] {
    return this.byNode.get(node) ?? [];
  }

  put(node: number, fact: F): void {
    const held = this.byNode.get(node);
    const at = held?.findIndex((one) => one.id === fact.id) ?? -1;
    if (at !== -1) held![at] = fact;
    else {
      this.count += 1;
      if (held) held.push(fact);
      else this.byNode.set(node, [fact]);
    }
  }

  /** The facts as rows of numbers, each of `width`, that `row` makes of one and the place of its node. */
  rows(width: number, row: (node: number, fact: F) => number[]): Float64Array {
    const rows = new Float64Array(this.count * width);
    let at = 0;
    for (const [node, facts] of this.byNode)
      for (const fact of facts) {
        rows.set(row(node, fact), at);
        at += width;
      }
    return rows;
  }

  get bytes(): number {
    return this.count * 300;
  }
}

const COUNT_WIDTH = 7;
const MEASUREMENT_WIDTH = 12;
const NOTHING = Number.NaN;

const CLAIM = {
  id: 0,
  nodeId: 1,
  property: 2,
  value: 3,
  visibility: 4,
  recordedAt: 8,
  retractedAt: 9,
} as const;
const MEASUREMENT = {
  id: 0,
  nodeId: 1,
  tag: 2,
  fraction: 3,
  unit: 4,
  lower: 5,
  upper: 6,
  method: 7,
  measuredAt: 8,
  visibility: 9,
  recordedAt: 13,
  retractedAt: 14,
} as const;

/** The claimed counts and the content measurements of the nodes, and who may see which content tag. */
export class FactTable {
  readonly counts = new FactsOf<HeldCount>();
  readonly measurements = new FactsOf<HeldMeasurement>();
  private readonly tags = new Map<bigint, number>();
  private readonly who: Standings;

  constructor(who: Standings) {
    this.who = who;
  }

  /** Learns of a count; the fields stand as in the statement in resident.store. */
  putCount(row: BinaryRow, nodes: NodeTable): void {
    const unit: AmountUnit = AMOUNT_UNITS[UNIT_LABELS.place(row, CLAIM.property)]!;
    this.counts.put(placeOf(nodes, row.int(CLAIM.nodeId)), {
      ...this.fact(row, CLAIM),
      unit,
      value: row.float(CLAIM.value),
    });
  }

  putMeasurement(row: BinaryRow, nodes: NodeTable): void {
    const { lower, upper, measuredAt } = MEASUREMENT;
    const floatOrNull = (field: number) => (row.isNull(field) ? null : row.float(field));
    const fact = this.fact(row, MEASUREMENT);
    this.measurements.put(placeOf(nodes, row.int(MEASUREMENT.nodeId)), {
      ...fact,
      measurement: {
        id: BigInt(fact.id),
        tag: BigInt(row.int(MEASUREMENT.tag)),
        fraction: row.float(MEASUREMENT.fraction),
        unit: AMOUNT_UNITS[UNIT_LABELS.place(row, MEASUREMENT.unit)]!,
        lower: floatOrNull(lower),
        upper: floatOrNull(upper),
        method: MEASUREMENT_METHODS[METHOD_LABELS.place(row, MEASUREMENT.method)]!,
        measuredAt: row.isNull(measuredAt) ? null : row.moment(measuredAt),
      },
    });
  }

  putTag(row: BinaryRow): void {
    this.tags.set(BigInt(row.int(0)), standingOf(row, 1, this.who));
  }

  /** The standing of a content tag; undefined where it is not known. */
  tag(id: bigint): number | undefined {
    return this.tags.get(id);
  }

  get bytes(): number {
    return this.counts.bytes + this.measurements.bytes + this.tags.size * 48;
  }

  /** For a snapshot file: the facts as they stand now, NaN for what a measurement does not state. */
  sections(): Section[] {
    const counts = this.counts.rows(
      COUNT_WIDTH,
      (node, { id, standing, recordedAt, retractedAt, ...said }) => [
        node,
        id,
        standing,
        recordedAt,
        retractedAt,
        AMOUNT_UNITS.indexOf(said.unit),
        said.value,
      ],
    );
    const measurements = this.measurements.rows(MEASUREMENT_WIDTH, (node, { measurement: m, ...fact }) => [
      node,
      fact.id,
      fact.standing,
      fact.recordedAt,
      fact.retractedAt,
      Number(m.tag),
      m.fraction,
      AMOUNT_UNITS.indexOf(m.unit),
      m.lower ?? NOTHING,
      m.upper ?? NOTHING,
      MEASUREMENT_METHODS.indexOf(m.method),
      m.measuredAt ?? NOTHING,
    ]);
    const tags = Float64Array.from([...this.tags].flatMap(([id, standing]) => [Number(id), standing]));
    return [
      ['fact.counts', () => counts],
      ['fact.measurements', () => measurements],
      ['fact.tags', () => tags],
    ];
  }

  /** Takes over what `sections` told; this table must be empty. RangeError where it is missing. */
  adopt(sections: Sections): void {
    eachRow(sections.get('fact.counts', Float64Array), COUNT_WIDTH, (row) => {
      const [node, id, standing, recordedAt, retractedAt, unit, value] = row;
      const said = { unit: AMOUNT_UNITS[unit!]!, value: value! };
      this.counts.put(node!, {
        id: id!,
        standing: standing!,
        recordedAt: recordedAt!,
        retractedAt: retractedAt!,
        ...said,
      });
    });
    eachRow(sections.get('fact.measurements', Float64Array), MEASUREMENT_WIDTH, (row) => {
      const [node, id, standing, recordedAt, retractedAt, tag, fraction, unit, lower, upper, method, at] =
        row;
      this.measurements.put(node!, {
        id: id!,
        standing: standing!,
        recordedAt: recordedAt!,
        retractedAt: retractedAt!,
        measurement: {
          id: BigInt(id!),
          tag: BigInt(tag!),
          fraction: fraction!,
          unit: AMOUNT_UNITS[unit!]!,
          lower: orNull(lower!),
          upper: orNull(upper!),
          method: MEASUREMENT_METHODS[method!]!,
          measuredAt: orNull(at!),
        },
      });
    });
    eachRow(sections.get('fact.tags', Float64Array), 2, ([id, standing]) => {
      this.tags.set(BigInt(id!), standing!);
    });
  }

  private fact(row: BinaryRow, F: { visibility: number; recordedAt: number; retractedAt: number }): Fact {
    return {
      id: row.int(0),
      standing: standingOf(row, F.visibility, this.who),
      recordedAt: row.moment(F.recordedAt),
      retractedAt: momentOr(row, F.retractedAt, Number.POSITIVE_INFINITY),
    };
  }
}

const orNull = (value: number) => (Number.isNaN(value) ? null : value);

function eachRow({ values, length }: Held<Float64Array>, width: number, take: (row: number[]) => void): void {
  for (let at = 0; at + width <= length; at += width) take([...values.subarray(at, at + width)]);
}

function placeOf(nodes: NodeTable, id: number): number {
  const place = nodes.index.get(id);
  if (place === -1) throw new RangeError(`what is said of node ${id}, which is not loaded`);
  return place;
}
