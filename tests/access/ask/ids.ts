// The names by which a world's rows can be asked for, the hidden ones' too.
import type { GlobalIds, GlobalType } from '../../../api/src/platform/global-id.ts';
import { refOf } from '../world/nodes.ts';
import type { Row, World } from '../world/rows.ts';

const TYPE_OF_TABLE: Readonly<Record<string, GlobalType>> = {
  actor: 'Actor',
  alias: 'Alias',
  evidence_reveal: 'EvidenceReveal',
  team: 'Team',
  citation: 'Citation',
  claim: 'Claim',
  event: 'Event',
  edge: 'LineageEdge',
  composition: 'Composition',
  dispute: 'Dispute',
  dataset: 'Dataset',
  content_tag: 'ContentTag',
  content_measurement: 'ContentMeasurement',
  model: 'Model',
  behavior: 'Behavior',
  evaluation: 'Evaluation',
  evaluation_version: 'EvaluationVersion',
  condition: 'Condition',
  grader: 'Grader',
  grader_version: 'GraderVersion',
  standard: 'Standard',
  standard_version: 'StandardVersion',
  eval_sample: 'EvalSample',
  measurement: 'Measurement',
  score: 'Score',
  reported_result: 'ReportedResult',
  suspect: 'Suspect',
  evidence: 'Evidence',
  report: 'Report',
  hypothesis: 'Hypothesis',
  evidence_item: 'EvidenceItem',
  assessment: 'Assessment',
  intervention: 'Intervention',
  import: 'Import',
  import_reading: 'ImportReading',
  related_incident: 'RelatedIncident',
  scoring_rule: 'ScoringRule',
  scoring_rule_version: 'ScoringRuleVersion',
  model_alias: 'ModelAlias',
  regression_rule: 'RegressionRule',
  regression_outcome: 'RegressionOutcome',
  watch: 'Watch',
  notification: 'Notification',
};

const TYPE_OF_KIND: Readonly<Record<string, GlobalType>> = {
  SOURCE: 'Source',
  DATASET_VERSION: 'DatasetVersion',
  TRANSFORMATION: 'Transformation',
  TRAINING_RUN: 'TrainingRun',
  MODEL_VERSION: 'ModelVersion',
  EVAL_RUN: 'EvalRun',
  INCIDENT: 'Incident',
};
export const LINEAGE_TYPES: readonly string[] = Object.values(TYPE_OF_KIND);

/** Everything with a global id, by the type of the id. */
export class Names {
  readonly byType = new Map<string, string[]>();
  readonly #ids: GlobalIds;
  readonly world: World;

  constructor(world: World, ids: GlobalIds) {
    this.world = world;
    this.#ids = ids;
    for (const row of world) {
      const type = row.table === 'node' ? TYPE_OF_KIND[String(row.values.kind)] : TYPE_OF_TABLE[row.table];
      if (type !== undefined)
        this.byType.set(type, [...(this.byType.get(type) ?? []), ids.encode(type, BigInt(row.id))]);
    }
  }

  of(table: string): Row[] {
    return this.world.filter((row) => row.table === table);
  }

  nodes(...kinds: string[]): Row[] {
    return this.of('node').filter((row) => kinds.length === 0 || kinds.includes(String(row.values.kind)));
  }

  id(row: Pick<Row, 'table' | 'id' | 'values'>): string {
    const type = row.table === 'node' ? TYPE_OF_KIND[String(row.values.kind)] : TYPE_OF_TABLE[row.table];
    if (type === undefined) throw new Error(`Rows of ${row.table} have no global id.`);
    return this.#ids.encode(type, BigInt(row.id));
  }

  /** Of something that is not recorded yet. */
  newId(type: GlobalType, id: number): string {
    return this.#ids.encode(type, BigInt(id));
  }

  /** What a behaviour is called, with the namespace that it is in. */
  called({ values: { namespace, name } }: Row): string {
    return namespace === '' || namespace === undefined ? String(name) : `${namespace}/${name}`;
  }

  /** As people write it; of a draft, its id. */
  ref(node: Row): string {
    return node.values.name === null ? this.id(node) : refOf(node);
  }
}
