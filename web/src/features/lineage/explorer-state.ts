import { readAsOf } from '../../navigation/as-of.ts';
import { STAGE_ORDER } from './bands.ts';
import { type Growth, growthText, readGrowth } from './growth.ts';
import type { NodeKind, Stage } from './picture-graph.ts';

export type Direction = 'UPSTREAM' | 'DOWNSTREAM' | 'BOTH';

/** Of an address; upstream where it says none. */
export const directionOf = (text: string | null): Direction =>
  text === 'downstream' ? 'DOWNSTREAM' : text === 'both' ? 'BOTH' : 'UPSTREAM';

/** What one view of a lineage shows, as its address says it; what is absent there is the plain view. */
export type ExplorerState = {
  asTable: boolean;
  asOf: string | null;
  /** The earlier moment that the view is compared with. */
  since: string | null;
  /** Kinds that are shown; empty for all. */
  kinds: NodeKind[];
  stages: Stage[];
  /** Links of less than this share are left out, from 0 to 1. */
  share: number | null;
  tag: string | null;
  grown: Growth[];
  /** How often the picture was gone on with from where it was cut. */
  more: number;
  /** The node whose panel is open, by its reference. */
  at: string | null;
  /** The edge whose panel is open, by its id. */
  edge: string | null;
  from: string | null;
  to: string | null;
  /** Nodes drawn out of their fold, and folds drawn whole, by the reference of a member. */
  drawn: string[];
  unfolded: string[];
};

export const KINDS: readonly NodeKind[] = [
  'INCIDENT',
  'EVAL_RUN',
  'MODEL_VERSION',
  'TRAINING_RUN',
  'TRANSFORMATION',
  'DATASET_VERSION',
  'SOURCE',
];
/** What can be repeated in an address, so that no link asks for more than a page can answer. */
const MOST_GROWN = 20;
const MOST_DRAWN = 60;

export function readState(params: URLSearchParams): ExplorerState {
  const share = Number(params.get('share') ?? Number.NaN);
  return {
    asTable: params.get('view') === 'table',
    asOf: readAsOf(params.get('asOf')).at,
    since: readAsOf(params.get('since')).at,
    kinds: chosen(params.get('kinds'), KINDS),
    stages: chosen(params.get('stages'), STAGE_ORDER),
    share: share > 0 && share <= 1 ? share : null,
    tag: params.get('tag') || null,
    grown: params
      .getAll('grow')
      .slice(0, MOST_GROWN)
      .map(readGrowth)
      .filter((g) => g !== null),
    more: Math.min(50, Math.max(0, Math.trunc(Number(params.get('more') ?? 0)) || 0)),
    at: params.get('at') || null,
    edge: params.get('edge') || null,
    from: params.get('pathFrom') || null,
    to: params.get('pathTo') || null,
    drawn: params.getAll('drawn').slice(0, MOST_DRAWN),
    unfolded: params.getAll('unfold').slice(0, MOST_DRAWN),
  };
}

type Value = string | string[] | null;

/** The change of an address that a change of the view is; other parameters of the page stay as they are. */
export function stateParams(change: Partial<ExplorerState>): Record<string, Value> {
  const values: Record<string, Value> = {};
  if (change.asTable !== undefined) values.view = change.asTable ? 'table' : null;
  if (change.asOf !== undefined) values.asOf = change.asOf;
  if (change.since !== undefined) values.since = change.since;
  if (change.kinds) values.kinds = change.kinds.join('.') || null;
  if (change.stages) values.stages = change.stages.join('.') || null;
  if (change.share !== undefined) values.share = change.share === null ? null : String(change.share);
  if (change.tag !== undefined) values.tag = change.tag;
  if (change.grown) values.grow = change.grown.slice(-MOST_GROWN).map(growthText);
  if (change.more !== undefined) values.more = change.more ? String(change.more) : null;
  if (change.at !== undefined) values.at = change.at;
  if (change.edge !== undefined) values.edge = change.edge;
  if (change.from !== undefined) values.pathFrom = change.from;
  if (change.to !== undefined) values.pathTo = change.to;
  if (change.drawn) values.drawn = change.drawn.slice(-MOST_DRAWN);
  if (change.unfolded) values.unfold = change.unfolded.slice(-MOST_DRAWN);
  return values;
}

export function withValues(params: URLSearchParams, values: Record<string, Value>): URLSearchParams {
  const next = new URLSearchParams(params);
  for (const [name, value] of Object.entries(values)) {
    next.delete(name);
    for (const one of value === null ? [] : [value].flat()) next.append(name, one);
  }
  return next;
}

function chosen<T extends string>(text: string | null, all: readonly T[]): T[] {
  const named = new Set((text ?? '').split('.'));
  return all.filter((one) => named.has(one));
}
