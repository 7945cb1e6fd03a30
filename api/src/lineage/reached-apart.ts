import { byRecordOrder, type Graph, inGroups, nodeIndex } from './graph.ts';
import type { EdgeGroup } from './kinds.ts';
import { nodeAt, wayOf } from './ways.ts';

/** A model version with the eval runs in which it was examined. */
export interface Examined {
  readonly model: bigint;
  readonly evalRuns: readonly bigint[];
}

export const APART_GROUPS = ['INFLUENCE', 'EVALUATION', 'REVISION'] as const satisfies readonly EdgeGroup[];
export type ApartGroup = (typeof APART_GROUPS)[number];

export interface ReachedApart {
  readonly group: ApartGroup;
  readonly node: bigint;
  /** Of the first and of the second lot, how many reach it so. */
  readonly first: number;
  readonly second: number;
}

const SHOWN = new Set(['SOURCE', 'DATASET_VERSION', 'MODEL_VERSION']);

/**
 * What lies upstream of model versions only with the help of other groups than DATA: who wrote for them, taught or
 * rewarded them, what their data revises, and the data and graders of their evaluations. Listed for what the first
 * lot reaches: what most of them reach first, then what fewest of the second do.
 */
export function reachedApart(
  graph: Graph,
  first: readonly Examined[],
  second: readonly Examined[],
): ReachedApart[] {
  const counts = new Map<string, { group: ApartGroup; at: number; first: number; second: number }>();
  for (const [lot, members] of [
    ['first', first],
    ['second', second],
  ] as const) {
    for (const member of members) {
      for (const group of APART_GROUPS) {
        for (const at of apartOf(graph, member, group)) {
          const key = `${group} ${at}`;
          const held = counts.get(key) ?? { group, at, first: 0, second: 0 };
          held[lot]++;
          counts.set(key, held);
        }
      }
    }
  }
  return [...counts.values()]
    .filter((row) => row.first > 0 && SHOWN.has(graph.nodes[row.at]!.kind))
    .sort(
      (a, b) =>
        b.first - a.first ||
        a.second - b.second ||
        APART_GROUPS.indexOf(a.group) - APART_GROUPS.indexOf(b.group) ||
        byRecordOrder(graph.nodes[a.at]!, graph.nodes[b.at]!),
    )
    .map(({ at, ...row }) => ({ ...row, node: graph.nodes[at]!.id }));
}

function apartOf(graph: Graph, { model, evalRuns }: Examined, group: ApartGroup): number[] {
  const root = nodeIndex(graph, model);
  const own = upstream(graph, [root], ['DATA']);
  const reached =
    group === 'EVALUATION'
      ? upstream(
          graph,
          evalRuns.map((run) => nodeIndex(graph, run)),
          ['EVALUATION', 'DATA'],
        )
      : upstream(graph, [root], ['DATA', group]);
  return [...reached].filter((at) => !own.has(at));
}

function upstream(graph: Graph, roots: readonly number[], via: readonly EdgeGroup[]): Set<number> {
  const way = wayOf(graph, 'UPSTREAM');
  const places = new Set(roots);
  for (const place of places) {
    for (let i = way.start[place]!; i < way.start[place + 1]!; i++) {
      const edge = way.edges[i]!;
      if (inGroups(graph.edges[edge]!, via)) places.add(way.to[edge]!);
    }
  }
  return way.nodes === null ? places : new Set([...places].map((place) => nodeAt(way, place)));
}
