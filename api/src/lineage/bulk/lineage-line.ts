// One line of a file of lineage: a node or an edge, as CONTRACT's inputs name their fields.
import {
  FieldProblem,
  type Fields,
  momentField,
  neededText,
  numberField,
  refuseUnknown,
  textField,
  wordField,
} from '../../platform/field-reading.ts';
import {
  AMOUNT_UNITS,
  type AmountUnit,
  EDGE_KINDS,
  type EdgeKind,
  STARTED_FROM,
  type StartedFrom,
  TRAINING_STAGES,
  TRANSFORMATION_EFFECTS,
  type TrainingStage,
  type TransformationEffect,
} from '../kinds.ts';
import type { VisibilityWord } from '../node.ts';
import { NAME_LENGTH, type NodeRef, parseNodeRef } from '../node-ref.ts';

export interface EdgeLine {
  kind: EdgeKind;
  /** References as they were typed. */
  downstream: string;
  upstream: string;
  amount: number | null;
  unit: AmountUnit | null;
  occurredAt: Date | null;
}

export interface NodeLine {
  node: NodeRef;
  digest: string | null;
  title: string | null;
  visibility: VisibilityWord | null;
  /** Of a training run. */
  stage: TrainingStage | null;
  startedFrom: StartedFrom | null;
  objective: string | null;
  /** Of a transformation. */
  effect: TransformationEffect | null;
}

export type LineageLine = { edge: EdgeLine } | { node: NodeLine };

const VISIBILITIES = ['PUBLIC', 'MEMBERS', 'TEAM', 'RESTRICTED'] as const;
const LONGEST_REF = 4 * NAME_LENGTH;
const EDGE_FIELDS = new Set(['kind', 'downstream', 'upstream', 'amount', 'unit', 'occurredAt']);
const NODE_FIELDS = new Set([
  'node',
  'digest',
  'title',
  'visibility',
  'stage',
  'startedFrom',
  'objective',
  'effect',
]);

/** What a line says; FieldProblem where it says nothing that could be recorded. */
export function readLineageLine(fields: Fields): LineageLine {
  return textField(fields, 'node', LONGEST_REF) === null
    ? { edge: readEdge(fields) }
    : { node: readNode(fields) };
}

function readEdge(fields: Fields): EdgeLine {
  refuseUnknown(fields, EDGE_FIELDS);
  const kind = wordField(fields, 'kind', EDGE_KINDS);
  if (kind === null) throw new FieldProblem('kind is missing: what kind of edge it is.');
  const amount = numberField(fields, 'amount');
  const unit = wordField(fields, 'unit', AMOUNT_UNITS);
  if (amount !== null && unit === null) throw new FieldProblem('An amount needs a unit.');
  if (amount !== null && unit === 'FRACTION' && amount > 1.001)
    throw new FieldProblem(`A fraction is at most 1; this is ${amount}.`);
  return {
    kind,
    downstream: neededText(fields, 'downstream', LONGEST_REF),
    upstream: neededText(fields, 'upstream', LONGEST_REF),
    amount,
    unit: amount === null ? null : unit,
    occurredAt: momentField(fields, 'occurredAt'),
  };
}

function readNode(fields: Fields): NodeLine {
  refuseUnknown(fields, NODE_FIELDS);
  const node = parseNodeRef(neededText(fields, 'node', LONGEST_REF));
  if ('problem' in node) throw new FieldProblem(node.problem);
  if (node.kind === 'EVAL_RUN' || node.kind === 'INCIDENT')
    throw new FieldProblem('Eval runs and incidents are recorded by themselves, not by a line of lineage.');
  const line: NodeLine = {
    node,
    digest: textField(fields, 'digest'),
    title: textField(fields, 'title'),
    visibility: wordField(fields, 'visibility', VISIBILITIES),
    stage: wordField(fields, 'stage', TRAINING_STAGES),
    startedFrom: wordField(fields, 'startedFrom', STARTED_FROM),
    objective: textField(fields, 'objective'),
    effect: wordField(fields, 'effect', TRANSFORMATION_EFFECTS),
  };
  refuseForeign(line);
  return line;
}

/** What only nodes of another kind have. */
function refuseForeign(line: NodeLine): void {
  const { kind } = line.node;
  const wrong = (name: string) => new FieldProblem(`${name} is not said of this kind of node.`);
  if (line.digest !== null && kind !== 'DATASET_VERSION' && kind !== 'MODEL_VERSION') throw wrong('digest');
  if (line.title !== null && kind !== 'SOURCE') throw wrong('title');
  if (line.effect !== null && kind !== 'TRANSFORMATION') throw wrong('effect');
  const ofRun = line.stage ?? line.startedFrom ?? line.objective;
  if (ofRun !== null && kind !== 'TRAINING_RUN') throw wrong('stage, startedFrom or objective');
  if (kind === 'TRAINING_RUN' && (line.stage === null || line.startedFrom === null))
    throw new FieldProblem('A training run has a stage and startedFrom.');
}
