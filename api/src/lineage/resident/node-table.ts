import type { BinaryRow } from '../../platform/binary-copy.ts';
import { NODE_KINDS, STARTED_FROM, TRAINING_STAGES, TRANSFORMATION_EFFECTS } from '../kinds.ts';
import type { LineageNodeRow } from '../node.ts';
import { Column, SparseColumn, TextColumn } from './columns.ts';
import { IdIndex } from './id-index.ts';
import { Labels } from './labels.ts';
import { adopt, type Section, type Sections, sectionsOf } from './snapshot-sections.ts';
import { type Standings, VISIBILITIES } from './standing.ts';

const NODE_KIND_LABELS = new Labels(NODE_KINDS);
const VISIBILITY_LABELS = new Labels(VISIBILITIES);
const EFFECT_LABELS = new Labels(TRANSFORMATION_EFFECTS);
const STAGE_LABELS = new Labels(TRAINING_STAGES);
const STARTED_FROM_LABELS = new Labels(STARTED_FROM);

/** Fields of a copied node, in the order of the statement in resident.store. */
const F = {
  id: 0,
  kind: 1,
  namespace: 2,
  name: 3,
  version: 4,
  digest: 5,
  citationId: 6,
  visibility: 7,
  teamId: 8,
  actorId: 9,
  audienceId: 10,
  recordedAt: 11,
  retractedAt: 12,
  retractedBy: 13,
  replacedBy: 14,
  effect: 15,
  stage: 16,
  startedFrom: 17,
  family: 18,
} as const;
const TEXTS = [F.namespace, F.name, F.version, F.digest] as const;

/** No value in a column of small numbers. */
const NONE = 255;

/** The place of who a row is for: the four columns of it stand side by side, beginning with the visibility. */
export function standingOf(row: BinaryRow, visibility: number, standings: Standings): number {
  return standings.place(
    VISIBILITIES[VISIBILITY_LABELS.place(row, visibility)]!,
    row.int(visibility + 1),
    row.int(visibility + 2),
    row.isNull(visibility + 3) ? null : row.int(visibility + 3),
  );
}

export const intOrNull = (row: BinaryRow, field: number) => (row.isNull(field) ? null : row.int(field));
export const momentOr = (row: BinaryRow, field: number, otherwise: number) =>
  row.isNull(field) ? otherwise : row.moment(field);

const dateOf = (ms: number) => (ms === Number.POSITIVE_INFINITY ? null : new Date(ms));
const idOf = (id: number | null) => (id === null ? null : BigInt(id));

/** Every node, retracted ones included, under places 0…length-1 in the order in which they were learnt of. */
export class NodeTable {
  readonly index = new IdIndex();
  readonly ids = new Column(Float64Array);
  /** Places in NODE_KINDS. */
  readonly kinds = new Column(Uint8Array);
  readonly standings = new Column(Uint32Array);
  readonly recordedAt = new Column(Float64Array);
  /** No node was recorded later. */
  latest = Number.NEGATIVE_INFINITY;
  /** Infinity for what holds. */
  readonly retractedAt = new Column(Float64Array);
  private readonly effects = new Column(Uint8Array);
  private readonly stages = new Column(Uint8Array);
  private readonly startedFrom = new Column(Uint8Array);
  private readonly families = new SparseColumn();
  private readonly citations = new SparseColumn();
  private readonly retractedBy = new SparseColumn();
  private readonly replacedBy = new SparseColumn();
  private readonly texts = new TextColumn(TEXTS.length);
  private readonly who: Standings;

  constructor(who: Standings) {
    this.who = who;
  }

  get length(): number {
    return this.ids.length;
  }

  /** Learns of a node, or of what has changed in one: its retraction, its name, who may see it. */
  put(row: BinaryRow): void {
    const id = row.int(F.id);
    let place = this.index.get(id);
    if (place === -1) {
      place = this.ids.push(id);
      this.index.set(id, place);
      this.kinds.push(NODE_KIND_LABELS.place(row, F.kind));
      const recordedAt = row.moment(F.recordedAt);
      this.recordedAt.push(recordedAt);
      this.latest = Math.max(this.latest, recordedAt);
      this.standings.push(0);
      this.retractedAt.push(0);
      this.effects.push(NONE);
      this.stages.push(NONE);
      this.startedFrom.push(NONE);
    }
    this.standings.values[place] = standingOf(row, F.visibility, this.who);
    this.retractedAt.values[place] = momentOr(row, F.retractedAt, Number.POSITIVE_INFINITY);
    this.retractedBy.set(place, intOrNull(row, F.retractedBy));
    this.replacedBy.set(place, intOrNull(row, F.replacedBy));
    this.citations.set(place, intOrNull(row, F.citationId));
    if (!row.isNull(F.effect)) this.effects.values[place] = EFFECT_LABELS.place(row, F.effect);
    if (!row.isNull(F.stage)) this.stages.values[place] = STAGE_LABELS.place(row, F.stage);
    if (!row.isNull(F.startedFrom))
      this.startedFrom.values[place] = STARTED_FROM_LABELS.place(row, F.startedFrom);
    this.families.set(place, intOrNull(row, F.family));
    this.texts.set(place, TEXTS, row);
  }

  /** What it is called. */
  nameAt(place: number): Pick<LineageNodeRow, 'namespace' | 'name' | 'version'> {
    const [namespace, name, version] = this.texts.get(place);
    return { namespace: namespace ?? '', name: name ?? null, version: version ?? null };
  }

  /** The row as every slice knows it. */
  row(place: number): LineageNodeRow {
    const { visibility, teamId, actorId } = this.who.at(this.standings.values[place]!);
    const [namespace, name, version, digest] = this.texts.get(place);
    return {
      id: BigInt(this.ids.values[place]!),
      kind: NODE_KINDS[this.kinds.values[place]!]!,
      namespace: namespace ?? '',
      name: name ?? null,
      version: version ?? null,
      digest: digest ?? null,
      citationId: idOf(this.citations.get(place)),
      visibility,
      teamId: BigInt(teamId),
      actorId: BigInt(actorId),
      recordedAt: new Date(this.recordedAt.values[place]!),
      retractedAt: dateOf(this.retractedAt.values[place]!),
      retractedBy: idOf(this.retractedBy.get(place)),
      replacedBy: idOf(this.replacedBy.get(place)),
    };
  }

  /** What the computations need of each kind beside the row; only columns that the kind has are read. */
  facts(place: number) {
    const kind = NODE_KINDS[this.kinds.values[place]!];
    const trained = kind === 'TRAINING_RUN';
    return {
      effect:
        kind === 'TRANSFORMATION' ? (TRANSFORMATION_EFFECTS[this.effects.values[place]!] ?? null) : null,
      stage: trained ? (TRAINING_STAGES[this.stages.values[place]!] ?? null) : null,
      startedFrom: trained ? (STARTED_FROM[this.startedFrom.values[place]!] ?? null) : null,
      family: idOf(this.families.get(place)),
    };
  }

  get bytes(): number {
    const columns = [this.index, this.texts, ...Object.values(this.columns())];
    return columns.reduce((sum, column) => sum + column.bytes, 0);
  }

  /** For a snapshot file: the nodes as they stand now. */
  sections(): Section[] {
    const { length } = this;
    return [...sectionsOf('node', this.columns(), length), ...this.texts.sections('node.text', length)];
  }

  /** Takes over what `sections` told; this table must be empty. RangeError where it is not whole. */
  adopt(sections: Sections): void {
    const { length } = sections.get('node.ids', Float64Array);
    adopt('node', this.columns(), sections, length);
    this.texts.adopt('node.text', sections, length);
    this.latest = this.recordedAt.most;
    for (let place = 0; place < length; place++) this.index.set(this.ids.values[place]!, place);
  }

  private columns() {
    const { ids, kinds, standings, recordedAt, retractedAt, effects, stages, startedFrom } = this;
    const { families, citations, retractedBy, replacedBy } = this;
    const whole = { ids, kinds, standings, recordedAt, retractedAt, effects, stages, startedFrom };
    return { ...whole, families, citations, retractedBy, replacedBy };
  }
}
