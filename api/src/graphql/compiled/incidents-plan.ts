import type { Context } from '../../context.ts';
import type { BehaviorRow, MeasurementRow } from '../../evaluation/evaluation.ts';
import { behaviorById } from '../../evaluation/read-evaluations.ts';
import type { IncidentFacts } from '../../incident/incident.ts';
import { measurementsOfMany, modelVersionsOfMany, NotAtOnce } from '../../incident/incidents-at-once.ts';
import { listIncidents } from '../../incident/read-incidents.ts';
import type { LineageNodeRow } from '../../lineage/node.ts';
import { seenNow } from '../../lineage/source-on.ts';
import { laidOut } from './incidents-answer.ts';
import { CONNECTION_FIELDS } from './incidents-writer.ts';
import { below, objectWriter } from './object-writer.ts';
import type { Plan, Shape } from './plan.ts';
import { LeftToTheOrdinaryPath, type Selected } from './selected.ts';

/** All fields of these names, wherever they stand below. */
function named(name: string, fields: readonly Selected[]): Selected[] {
  return fields.flatMap((field) => [
    ...(field.name === name ? [field] : []),
    ...(field.below === null ? [] : named(name, field.below.fields)),
  ]);
}

/** `incidents(…)` with facts, model versions and measurements: read as lists at once, and written without objects. */
export const incidentsShape: Shape = (field): Plan => {
  const selected = below(field);
  const write = objectWriter(selected, CONNECTION_FIELDS);
  const lists = selected.filter(({ name }) => name === 'nodes' || name === 'edges').length;
  const models = named('modelVersions', selected).length;
  const measurements = named('measurements', selected).length;
  const behaviors = named('behavior', selected).length > 0;
  const counts = selected.some(({ name }) => name === 'totalCount');
  const answer: Plan = async (context, variables, rows) => {
    const args = field.args(variables) as Parameters<typeof listIncidents>[1];
    const [list, memory] = await Promise.all([
      listIncidents(context, args),
      models + measurements > 0 ? seenNow(context) : null,
    ]);
    if (memory === null && models + measurements > 0) throw new LeftToTheOrdinaryPath('no memory');
    const incidents = list.nodes as (LineageNodeRow & IncidentFacts)[];
    rows(lists * incidents.length);
    const ids = incidents.map(({ id }) => id);
    const ofModels = laidOut(models > 0 ? modelVersionsOfMany(memory!, ids) : []);
    rows(models * ofModels.rows.length);
    const [ofMeasurements, totalCount] = await Promise.all([
      measurements > 0 ? measurementsOfMany(context, memory!, ids) : [],
      counts ? list.totalCount() : 0,
    ]);
    const measured = laidOut<MeasurementRow>(ofMeasurements);
    rows(measurements * measured.rows.length);
    return write(
      {
        page: list.page,
        totalCount,
        ids: context.ids,
        incidents,
        modelsOf: ofModels.places,
        models: ofModels.rows,
        measurementsOf: measured.places,
        measurements: measured.rows,
        behaviors: behaviors ? await behaviorsOf(context, measured.rows) : new Map(),
      },
      0,
    );
  };
  return (...asked) =>
    answer(...asked).catch((error: unknown) => {
      throw error instanceof NotAtOnce ? new LeftToTheOrdinaryPath('lists that are read one by one') : error;
    });
};

async function behaviorsOf(
  context: Context,
  measurements: readonly MeasurementRow[],
): Promise<Map<bigint, BehaviorRow>> {
  const ids = [...new Set(measurements.map(({ behaviorId }) => behaviorId))];
  const found = await Promise.all(ids.map((id) => context.load(behaviorById, id)));
  return new Map(found.flatMap((row) => (row === null ? [] : [[row.id, row] as const])));
}
