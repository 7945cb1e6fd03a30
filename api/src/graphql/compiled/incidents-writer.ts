import type { MeasurementRow } from '../../evaluation/evaluation.ts';
import { measurementInterval } from '../../evaluation/measurement.ts';
import { LINEAGE_TYPE } from '../../lineage/lineage-types.ts';
import type { LineageNodeRow } from '../../lineage/node.ts';
import { formatNodeRef } from '../../lineage/node-ref.ts';
import { labelOf } from '../../lineage/records.ts';
import { type IncidentsAnswer, idOf } from './incidents-answer.ts';
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

type F = Fields<IncidentsAnswer>;
const at = (date: Date | null) => moment(date === null ? null : date.getTime());

/** The fields of every LineageNode, of a row found in a list of the answer. */
function nodeFields(rows: (answer: IncidentsAnswer) => readonly LineageNodeRow[]): F {
  const of =
    (write: (row: LineageNodeRow, answer: IncidentsAnswer) => string) =>
    () =>
    (answer: IncidentsAnswer, place: number) =>
      write(rows(answer)[place]!, answer);
  return {
    __typename: of(({ kind }) => plain(LINEAGE_TYPE[kind])),
    id: of((row, answer) => plain(idOf(answer, LINEAGE_TYPE[row.kind], row))),
    kind: of(({ kind }) => plain(kind)),
    label: of((row) => string(labelOf(row))),
    ref: of((row, answer) =>
      row.name === null
        ? plain(idOf(answer, LINEAGE_TYPE[row.kind], row))
        : string(formatNodeRef({ ...row, name: row.name })),
    ),
    recordedAt: of(({ recordedAt }) => at(recordedAt)),
    retractedAt: of(({ retractedAt }) => at(retractedAt)),
    visibility: of(({ visibility }) => plain(visibility)),
  };
}

const MODEL_FIELDS = nodeFields((answer) => answer.models);

const measured =
  (write: (row: MeasurementRow, answer: IncidentsAnswer) => string) =>
  () =>
  (answer: IncidentsAnswer, place: number) =>
    write(answer.measurements[place]!, answer);

const behavior = (answer: IncidentsAnswer, place: number) => {
  const row = answer.behaviors.get(answer.measurements[place]!.behaviorId);
  if (row === undefined) throw new LeftToTheOrdinaryPath('a behaviour that may not be seen');
  return row;
};
const BEHAVIOR_FIELDS: F = {
  __typename: () => () => '"Behavior"',
  id: () => (answer, place) => plain(idOf(answer, 'Behavior', behavior(answer, place))),
  name: () => (answer, place) => string(behavior(answer, place).name),
  title: () => (answer, place) => string(behavior(answer, place).title),
  description: () => (answer, place) => string(behavior(answer, place).description),
};

const INTERVAL_FIELDS: F = {
  __typename: () => () => '"Interval"',
  lower: () => (answer, place) => number(interval(answer, place).lower),
  upper: () => (answer, place) => number(interval(answer, place).upper),
  level: () => (answer, place) => number(interval(answer, place).level),
  method: () => (answer, place) => string(interval(answer, place).method),
};
const interval = (answer: IncidentsAnswer, place: number) =>
  measurementInterval(answer.measurements[place]!)!;

const MEASUREMENT_FIELDS: F = {
  __typename: () => () => '"Measurement"',
  id: measured((row, answer) => plain(idOf(answer, 'Measurement', row))),
  exhibited: measured((row) => whole(row.exhibited)),
  notExhibited: measured((row) => whole(row.notExhibited)),
  unscored: measured((row) => whole(row.unscored)),
  graderErrors: measured((row) => whole(row.graderErrors)),
  excluded: measured((row) => whole(row.excluded)),
  sampleCount: measured((row) => whole(row.sampleCount)),
  rate: measured((row) => number(row.rate)),
  standardError: measured((row) => number(row.standardError)),
  qualifier: measured((row) => plain(row.qualifier)),
  recordedAt: measured((row) => at(row.recordedAt)),
  retractedAt: measured((row) => at(row.retractedAt)),
  behavior: (selected) => objectWriter(below(selected), BEHAVIOR_FIELDS),
  interval: (selected) => {
    const write = objectWriter(below(selected), INTERVAL_FIELDS);
    return (answer, place) =>
      measurementInterval(answer.measurements[place]!) === null ? 'null' : write(answer, place);
  },
};

const fact =
  (write: (row: IncidentsAnswer['incidents'][number]) => string) =>
  () =>
  (answer: IncidentsAnswer, place: number) =>
    write(answer.incidents[place]!);

const INCIDENT_FIELDS: F = {
  ...nodeFields((answer) => answer.incidents),
  key: fact(({ key }) => string(key)),
  title: fact(({ title }) => string(title)),
  summary: fact(({ summary }) => string(summary)),
  setting: fact(({ setting }) => plain(setting)),
  severity: fact(({ severity }) => plain(severity)),
  status: fact(({ status }) => plain(status)),
  occurredAt: fact(({ occurredAt }) => at(occurredAt)),
  submittedAt: fact(({ submittedAt }) => at(submittedAt)),
  updatedAt: fact(({ updatedAt }) => at(updatedAt)),
  modelVersions: (selected) => {
    const write = objectWriter(below(selected), MODEL_FIELDS);
    return (answer, place) => listOf(write, answer.modelsOf[place]!, answer);
  },
  measurements: (selected) => {
    const write = objectWriter(below(selected), MEASUREMENT_FIELDS);
    return (answer, place) => listOf(write, answer.measurementsOf[place]!, answer);
  },
};

const EDGE_FIELDS: F = {
  __typename: () => () => '"IncidentEdge"',
  cursor: () => (answer, place) => string(answer.page.cursorOf(place)),
  node: (selected) => objectWriter(below(selected), INCIDENT_FIELDS),
};

const cursor = ({ page }: IncidentsAnswer, place: number) =>
  page.size === 0 ? 'null' : string(page.cursorOf(place));
const PAGE_FIELDS: F = {
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

const everyIncident = (answer: IncidentsAnswer) => answer.incidents.map((_, place) => place);

/** The fields of an IncidentConnection. */
export const CONNECTION_FIELDS: F = {
  __typename: () => () => '"IncidentConnection"',
  nodes: (selected) => {
    const write = objectWriter(below(selected), INCIDENT_FIELDS);
    return (answer) => listOf(write, everyIncident(answer), answer);
  },
  edges: (selected) => {
    const write = objectWriter(below(selected), EDGE_FIELDS);
    return (answer) => listOf(write, everyIncident(answer), answer);
  },
  pageInfo: (selected) => objectWriter(below(selected), PAGE_FIELDS),
  totalCount:
    () =>
    ({ totalCount }) =>
      String(totalCount),
};
