// A node of a world, and an edge between two.
import type { Writer } from './generate.ts';
import { type Guard, TEAMS } from './principals.ts';
import type { Row } from './rows.ts';

/** The namespace of the team in whose name something is recorded. */
export const namespaced = (guard: Guard) => TEAMS[guard.team].namespace;

export function node(
  write: Writer,
  kind: string,
  guard: Guard,
  name: string | null,
  version: string | null,
  namespace: string = namespaced(guard),
): Row {
  const citation = write.citation();
  const row = write.assert('node', {
    guard,
    retracted: false,
    leads: { citation_id: citation },
    values: { kind, namespace, name, version, digest: null, replaced_by: null },
  });
  write.nodes.push(row);
  return row;
}

export function refOf(node: Row): string {
  const kinds: Record<string, string> = {
    SOURCE: 'source',
    DATASET_VERSION: 'dataset',
    TRANSFORMATION: 'transformation',
    TRAINING_RUN: 'training-run',
    MODEL_VERSION: 'model',
    EVAL_RUN: 'eval-run',
    INCIDENT: 'incident',
  };
  const { kind, namespace, name, version } = node.values as Record<string, string | null>;
  return `${kinds[kind ?? '']}:${namespace ? `${namespace}/` : ''}${name}${version ? `@${version}` : ''}`;
}

export function edge(
  write: Writer,
  made: { edges: Row[] },
  kind: string,
  downstream: Row,
  upstream: Row,
  more: {
    amount?: number | null;
    unit?: string | null;
    composition?: Row | null;
    guard?: Guard;
    retracted?: boolean;
  } = {},
): Row {
  const { amount = null, unit = null, composition = null } = more;
  const row = write.assert('edge', {
    ...(more.guard === undefined ? {} : { guard: more.guard }),
    ...(more.retracted === undefined ? {} : { retracted: more.retracted }),
    needs: { downstream, upstream, ...(composition === null ? {} : { composition_id: composition }) },
    leads: { citation_id: write.citation() },
    values: {
      kind,
      amount,
      amount_unit: amount === null ? null : unit,
      epochs: null,
      occurred_at: null,
      ...(composition === null ? { composition_id: null } : {}),
    },
  });
  made.edges.push(row);
  return row;
}
