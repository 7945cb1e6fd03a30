import type { Context } from '../../context.ts';
import type { BehaviorRow, MeasurementRow } from '../../evaluation/evaluation.ts';
import { behaviorById } from '../../evaluation/read-evaluations.ts';
import type { IncidentFacts } from '../../incident/incident.ts';
import {
  briefMeasurementsOfMany,
  measurementsOfMany,
  modelVersionsOfMany,
  NotAtOnce,
  runsOfMany,
} from '../../incident/incidents-at-once.ts';
import {
  type IncidentListArguments,
  listIncidents,
  listIncidentsBriefly,
} from '../../incident/read-incidents.ts';
import type { LineageNodeRow } from '../../lineage/node.ts';
import { seenNow } from '../../lineage/source-on.ts';
import type { ListPage } from '../../platform/nested-page.ts';
import { checkSearch } from '../bounding-searches.ts';
import { laidOut } from './incidents-answer.ts';
import { BRIEF_FIELDS, CONNECTION_FIELDS } from './incidents-writer.ts';
import { below, type Fields, objectWriter, type Writer } from './object-writer.ts';
import type { Plan, Shape } from './plan.ts';
import { LeftToTheOrdinaryPath, type Selected, type Variables } from './selected.ts';

/** All fields of these names, wherever they stand below. */
function named(name: string, fields: readonly Selected[]): Selected[] {
  return fields.flatMap((field) => [
    ...(field.name === name ? [field] : []),
    ...(field.below === null ? [] : named(name, field.below.fields)),
  ]);
}

/** `incidents(…)` with facts, model versions and measurements: read as lists at once, and written without objects. */
export const incidentsShape: Shape = (field): Plan => {
  const answer = brieflyOr(field) ?? wholly(field);
  return (...asked) =>
    answer(...asked).catch((error: unknown) => {
      throw error instanceof NotAtOnce ? new LeftToTheOrdinaryPath('lists that are read one by one') : error;
    });
};

/** Null where something is asked that is not read in brief. */
function brieflyOr(field: Selected): Plan | null {
  const selected = below(field);
  const write = writerOr(selected, BRIEF_FIELDS);
  if (write === null) return null;
  const tellsPlaces = ['cursor', 'startCursor', 'endCursor'].some((name) => named(name, selected).length > 0);
  const read = readWith(selected, {
    list: (context, args) => listIncidentsBriefly(context, args, tellsPlaces),
    measurements: briefMeasurementsOfMany,
  });
  return async (context, variables, rows) => write(await read(context, asked(field, variables), rows), 0);
}

function wholly(field: Selected): Plan {
  const selected = below(field);
  const write = objectWriter(selected, CONNECTION_FIELDS);
  const behaviors = named('behavior', selected).length > 0;
  const read = readWith(selected, {
    list: async (context, args) =>
      (await listIncidents(context, args)) as ListPage<LineageNodeRow & IncidentFacts>,
    measurements: measurementsOfMany,
  });
  return async (context, variables, rows) => {
    const found = await read(context, asked(field, variables), rows);
    return write(
      { ...found, behaviors: behaviors ? await behaviorsOf(context, found.measurements) : new Map() },
      0,
    );
  };
}

function writerOr<A>(selected: readonly Selected[], fields: Fields<A>): Writer<A> | null {
  try {
    return objectWriter(selected, fields);
  } catch (error) {
    if (error instanceof LeftToTheOrdinaryPath) return null;
    throw error;
  }
}

function asked(field: Selected, variables: Variables): IncidentListArguments {
  const args = field.args(variables);
  checkSearch(args);
  return args;
}

interface Reads<I, M> {
  list(context: Context, args: IncidentListArguments): Promise<ListPage<I>>;
  measurements(context: Context, runs: readonly (readonly bigint[])[]): Promise<M[][]>;
}

/** Reads what is selected of a page, as lists at once. */
function readWith<I extends { id: bigint }, M>(selected: readonly Selected[], reads: Reads<I, M>) {
  const lists = selected.filter(({ name }) => name === 'nodes' || name === 'edges').length;
  const models = named('modelVersions', selected).length;
  const measurements = named('measurements', selected).length;
  const counts = selected.some(({ name }) => name === 'totalCount');
  return async (context: Context, args: IncidentListArguments, rows: (count: number) => void) => {
    const [list, memory] = await Promise.all([
      reads.list(context, args),
      models + measurements > 0 ? seenNow(context) : null,
    ]);
    if (memory === null && models + measurements > 0) throw new LeftToTheOrdinaryPath('no memory');
    const incidents = list.nodes;
    rows(lists * incidents.length);
    const ids = incidents.map(({ id }) => id);
    const runs = memory === null ? [] : runsOfMany(memory, ids);
    const ofModels = laidOut(models > 0 ? modelVersionsOfMany(memory!, ids, runs) : []);
    rows(models * ofModels.rows.length);
    const [ofMeasurements, totalCount] = await Promise.all([
      measurements > 0 ? reads.measurements(context, runs) : [],
      counts ? list.totalCount() : 0,
    ]);
    const measured = laidOut(ofMeasurements);
    rows(measurements * measured.rows.length);
    return {
      page: list.page,
      totalCount,
      ids: context.ids,
      incidents,
      modelsOf: ofModels.places,
      models: ofModels.rows,
      measurementsOf: measured.places,
      measurements: measured.rows,
    };
  };
}

async function behaviorsOf(
  context: Context,
  measurements: readonly MeasurementRow[],
): Promise<Map<bigint, BehaviorRow>> {
  const ids = [...new Set(measurements.map(({ behaviorId }) => behaviorId))];
  const found = await Promise.all(ids.map((id) => context.load(behaviorById, id)));
  return new Map(found.flatMap((row) => (row === null ? [] : [[row.id, row] as const])));
}
