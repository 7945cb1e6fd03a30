import type { BehaviorRow, BriefMeasurement, MeasurementRow } from '../../evaluation/evaluation.ts';
import type { BriefIncident, IncidentFacts } from '../../incident/incident.ts';
import type { LineageNodeRow } from '../../lineage/node.ts';
import type { GlobalIds, GlobalType } from '../../platform/global-id.ts';
import type { PagePlace } from '../../platform/page.ts';

/** A page of incidents with what is asked of each; rows are told by their places in these lists. */
interface Listed<I, M> {
  page: PagePlace;
  totalCount: number;
  ids: GlobalIds;
  incidents: readonly I[];
  /** Of each incident, the places of its model versions in `models`. */
  modelsOf: readonly (readonly number[])[];
  models: readonly LineageNodeRow[];
  measurementsOf: readonly (readonly number[])[];
  measurements: readonly M[];
}

/** What most lists show: far less is read for it. */
export type BriefAnswer = Listed<BriefIncident, BriefMeasurement>;

export interface IncidentsAnswer extends Listed<LineageNodeRow & IncidentFacts, MeasurementRow> {
  behaviors: ReadonlyMap<bigint, BehaviorRow>;
}

/** Puts lists of rows one after the other, and tells of each list the places that its rows have then. */
export function laidOut<R>(lists: readonly (readonly R[])[]): { rows: R[]; places: number[][] } {
  const rows: R[] = [];
  const places = lists.map((list) =>
    list.map((row) => {
      rows.push(row);
      return rows.length - 1;
    }),
  );
  return { rows, places };
}

export const idOf = (answer: Pick<BriefAnswer, 'ids'>, type: GlobalType, id: bigint): string =>
  answer.ids.encode(type, id);
