import type { BriefMeasurement, MeasurementRow } from '../../evaluation/evaluation.ts';
import { measurementInterval } from '../../evaluation/measurement.ts';
import { LINEAGE_TYPE } from '../../lineage/lineage-types.ts';
import type { LineageNodeRow } from '../../lineage/node.ts';
import { formatNodeRef } from '../../lineage/node-ref.ts';
import { labelOf } from '../../lineage/records.ts';
import { type BriefAnswer, type IncidentsAnswer, idOf } from './incidents-answer.ts';
import {
  below,
  type Fields,
  listOf,
  moment,
  number,
  objectWriter,
  plain,
  string,
  whole,
} from './object-writer.ts';
import { LeftToTheOrdinaryPath } from './selected.ts';

type Named = Pick<LineageNodeRow, 'id' | 'kind' | 'namespace' | 'name' | 'version'>;
const at = (date: Date | null) => moment(date === null ? null : date.getTime());

/** Writers of fields of a row, which is found in a list of the answer. */
const ofRow =
  <A, R>(rows: (answer: A) => readonly R[]) =>
  (write: (row: R, answer: A) => string) =>
  () =>
  (answer: A, place: number) =>
    write(rows(answer)[place]!, answer);

/** The fields of every LineageNode that its name and kind tell. */
function namedFields<A extends Pick<BriefAnswer, 'ids'>>(rows: (answer: A) => readonly Named[]): Fields<A> {
  const of = ofRow(rows);
  return {
    __typename: of(({ kind }) => plain(LINEAGE_TYPE[kind])),
    id: of(({ kind, id }, answer) => plain(idOf(answer, LINEAGE_TYPE[kind], id))),
    kind: of(({ kind }) => plain(kind)),
    label: of((row) => string(labelOf(row))),
    ref: of((row, answer) =>
      row.name === null
        ? plain(idOf(answer, LINEAGE_TYPE[row.kind], row.id))
        : string(formatNodeRef({ ...row, name: row.name })),
    ),
  };
}

/** All fields of every LineageNode. */
function nodeFields<A extends Pick<BriefAnswer, 'ids'>>(
  rows: (answer: A) => readonly LineageNodeRow[],
): Fields<A> {
  const of = ofRow(rows);
  return {
    ...namedFields(rows),
    recordedAt: of(({ recordedAt }) => at(recordedAt)),
    retractedAt: of(({ retractedAt }) => at(retractedAt)),
    visibility: of(({ visibility }) => plain(visibility)),
  };
}

const MODEL_FIELDS = nodeFields((answer: Pick<BriefAnswer, 'ids' | 'models'>) => answer.models);

const inBrief = ofRow(({ measurements }: BriefAnswer) => measurements);
const BRIEF_BEHAVIOR_FIELDS: Fields<BriefAnswer> = {
  __typename: () => () => '"Behavior"',
  id: inBrief(({ behaviorId }, answer) => plain(idOf(answer, 'Behavior', behaviorId))),
  name: inBrief(({ behaviorName }) => string(behaviorName)),
  title: inBrief(({ behaviorTitle }) => string(behaviorTitle)),
};

const behavior = (answer: IncidentsAnswer, place: number) => {
  const row = answer.behaviors.get(answer.measurements[place]!.behaviorId);
  if (row === undefined) throw new LeftToTheOrdinaryPath('a behaviour that may not be seen');
  return row;
};
const BEHAVIOR_FIELDS: Fields<IncidentsAnswer> = {
  __typename: () => () => '"Behavior"',
  id: () => (answer, place) => plain(idOf(answer, 'Behavior', behavior(answer, place).id)),
  name: () => (answer, place) => string(behavior(answer, place).name),
  title: () => (answer, place) => string(behavior(answer, place).title),
  description: () => (answer, place) => string(behavior(answer, place).description),
};

const INTERVAL_FIELDS: Fields<IncidentsAnswer> = {
  __typename: () => () => '"Interval"',
  lower: () => (answer, place) => number(interval(answer, place).lower),
  upper: () => (answer, place) => number(interval(answer, place).upper),
  level: () => (answer, place) => number(interval(answer, place).level),
  method: () => (answer, place) => string(interval(answer, place).method),
};
const interval = (answer: IncidentsAnswer, place: number) =>
  measurementInterval(answer.measurements[place]!)!;

/** What the rows of either answer hold. */
function figures<A extends Pick<BriefAnswer, 'ids'>>(
  rows: (answer: A) => readonly Omit<BriefMeasurement, 'behaviorName' | 'behaviorTitle'>[],
): Fields<A> {
  const of = ofRow(rows);
  return {
    __typename: () => () => '"Measurement"',
    id: of(({ id }, answer) => plain(idOf(answer, 'Measurement', id))),
    exhibited: of((row) => whole(row.exhibited)),
    notExhibited: of((row) => whole(row.notExhibited)),
    sampleCount: of((row) => whole(row.sampleCount)),
    rate: of((row) => number(row.rate)),
    qualifier: of((row) => plain(row.qualifier)),
  };
}

const BRIEF_MEASUREMENT_FIELDS: Fields<BriefAnswer> = {
  ...figures(({ measurements }: BriefAnswer) => measurements),
  behavior: (selected) => objectWriter(below(selected), BRIEF_BEHAVIOR_FIELDS),
};

const measurementsOf = ({ measurements }: IncidentsAnswer): readonly MeasurementRow[] => measurements;
const measured = ofRow(measurementsOf);
const MEASUREMENT_FIELDS: Fields<IncidentsAnswer> = {
  ...figures(measurementsOf),
  unscored: measured((row) => whole(row.unscored)),
  graderErrors: measured((row) => whole(row.graderErrors)),
  excluded: measured((row) => whole(row.excluded)),
  standardError: measured((row) => number(row.standardError)),
  recordedAt: measured((row) => at(row.recordedAt)),
  retractedAt: measured((row) => at(row.retractedAt)),
  behavior: (selected) => objectWriter(below(selected), BEHAVIOR_FIELDS),
  interval: (selected) => {
    const write = objectWriter(below(selected), INTERVAL_FIELDS);
    return (answer, place) =>
      measurementInterval(answer.measurements[place]!) === null ? 'null' : write(answer, place);
  },
};

/** What the incidents of either answer hold, with lists of what is written by `MEASUREMENT_FIELDS` of that answer. */
function incidentFields<
  A extends Pick<BriefAnswer, 'ids' | 'incidents' | 'modelsOf' | 'models' | 'measurementsOf'>,
>(measurementFields: Fields<A>): Fields<A> {
  const fact = ofRow(({ incidents }: A) => incidents);
  return {
    ...namedFields(({ incidents }: A) => incidents),
    key: fact(({ key }) => string(key)),
    title: fact(({ title }) => string(title)),
    setting: fact(({ setting }) => plain(setting)),
    severity: fact(({ severity }) => plain(severity)),
    status: fact(({ status }) => plain(status)),
    occurredAt: fact(({ occurredAt }) => at(occurredAt)),
    modelVersions: (selected) => {
      const write = objectWriter(below(selected), MODEL_FIELDS);
      return (answer, place) => listOf(write, answer.modelsOf[place]!, answer);
    },
    measurements: (selected) => {
      const write = objectWriter(below(selected), measurementFields);
      return (answer, place) => listOf(write, answer.measurementsOf[place]!, answer);
    },
  };
}

const incidentsOf = ({ incidents }: IncidentsAnswer) => incidents;
const fact = ofRow(incidentsOf);
const INCIDENT_FIELDS: Fields<IncidentsAnswer> = {
  ...incidentFields(MEASUREMENT_FIELDS),
  ...nodeFields(incidentsOf),
  summary: fact(({ summary }) => string(summary)),
  submittedAt: fact(({ submittedAt }) => at(submittedAt)),
  updatedAt: fact(({ updatedAt }) => at(updatedAt)),
};

type Paged = Pick<BriefAnswer, 'page' | 'totalCount' | 'incidents'>;

const cursor = ({ page }: Paged, place: number) => (page.size === 0 ? 'null' : string(page.cursorOf(place)));
const PAGE_FIELDS: Fields<Paged> = {
  __typename: () => () => '"PageInfo"',
  hasNextPage:
    () =>
    ({ page }) =>
      String(page.hasNextPage),
  hasPreviousPage:
    () =>
    ({ page }) =>
      String(page.hasPreviousPage),
  startCursor: () => (answer) => cursor(answer, 0),
  endCursor: () => (answer) => cursor(answer, answer.page.size - 1),
};

const everyIncident = (answer: Paged) => answer.incidents.map((_, place) => place);

/** The fields of an IncidentConnection. */
function connectionFields<A extends Paged>(fields: Fields<A>): Fields<A> {
  const edgeFields: Fields<A> = {
    __typename: () => () => '"IncidentEdge"',
    cursor: () => (answer, place) => string(answer.page.cursorOf(place)),
    node: (selected) => objectWriter(below(selected), fields),
  };
  return {
    __typename: () => () => '"IncidentConnection"',
    nodes: (selected) => {
      const write = objectWriter(below(selected), fields);
      return (answer) => listOf(write, everyIncident(answer), answer);
    },
    edges: (selected) => {
      const write = objectWriter(below(selected), edgeFields);
      return (answer) => listOf(write, everyIncident(answer), answer);
    },
    pageInfo: (selected) => objectWriter(below(selected), PAGE_FIELDS),
    totalCount:
      () =>
      ({ totalCount }) =>
        String(totalCount),
  };
}

export const CONNECTION_FIELDS = connectionFields(INCIDENT_FIELDS);
/** Those that are answered in brief. */
export const BRIEF_FIELDS = connectionFields(incidentFields(BRIEF_MEASUREMENT_FIELDS));
