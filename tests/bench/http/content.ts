// What an answer says, however its peer names and orders it, as a digest: peers that answer alike have the same.
import { createHash } from 'node:crypto';

/** Digits of a share or a rate that count: one peer writes what another computes again. */
const DIGITS = 12;

type Json = Record<string, unknown>;

const digest = (lines: readonly string[]) =>
  createHash('sha256')
    .update([...lines].sort().join('\n'))
    .digest('hex');
const amount = (value: unknown) => (value === null ? '–' : Number(value).toPrecision(DIGITS));
const idOf = (node: unknown) => String((node as Json)?.id ?? node);

/** Name and version; a team's namespace before it, which one peer alone says, is left out. */
function labelOf({ label, name, version }: Json): string {
  if (typeof label === 'string') return label.slice(label.indexOf('/') + 1);
  return version === null ? String(name) : `${name}@${version}`;
}

/** Which nodes and edges a lineage has, edges by the kinds and labels of their ends. */
export function lineageContent(said: { nodes: Json[]; edges: Json[] }): string {
  const nodes = new Map(
    said.nodes.map((node) => [idOf(node.rowId ?? node.id), `${node.kind} ${labelOf(node)}`]),
  );
  const end = (id: unknown) => nodes.get(idOf(id)) ?? `no node ${idOf(id)}`;
  // Nobody states that a model version came of its training whole; GraphQL says so, and the rows don't.
  const whole = (kind: unknown, share: unknown) => (kind === 'GENERATED_BY' ? (share ?? 1) : share);
  const edges = said.edges.map(
    ({ kind, share, upstream, downstream }) =>
      `${kind} ${amount(whole(kind, share))} ${end(upstream)} → ${end(downstream)}`,
  );
  return `${nodes.size} nodes, ${edges.length} edges, ${digest([...nodes.values(), ...edges])}`;
}

/** Which incidents a list has, in its order, with what each concerns and what was measured of it. */
export function listContent(said: Json[]): string {
  const rows = said.map((incident, place) => {
    const models = (incident.modelVersions ?? incident.modelVersionsList ?? []) as Json[];
    const measured = (incident.measurements ?? incident.measurementsList ?? []) as Json[];
    return [
      place,
      ...['key', 'title', 'severity', 'status'].map((field) => incident[field]),
      new Date(String(incident.occurredAt)).toISOString(),
      ...models.map(labelOf).sort(),
      ...measured
        .map(({ rate, sampleCount, behavior }) => {
          const name = (behavior as Json).name ?? behavior;
          return `${amount(rate)} of ${sampleCount} ${name}`;
        })
        .sort(),
    ].join(' | ');
  });
  return `${rows.length} incidents, ${digest(rows)}`;
}
