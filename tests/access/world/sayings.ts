// What is said of the lineage beside what it is made of: claims, aliases and disputes.
import type { Writer } from './generate.ts';
import { namespaced, refOf } from './nodes.ts';
import type { Row } from './rows.ts';

const COUNTS = ['TOKENS', 'ROWS', 'DOCUMENTS', 'BYTES'];

/** What is claimed of a node, by whomever; another name of it; disagreement with it. */
export function describe(write: Writer, made: { edges: Row[] }, row: Row): void {
  const { dice } = write;
  const claims = dice.below(3);
  for (let i = 0; i < claims; i += 1) {
    const counted = dice.chance(0.7);
    const claim = write.assert('claim', {
      needs: { node_id: row },
      leads: { citation_id: write.citation() },
      values: {
        property: counted ? dice.pick(COUNTS) : dice.pick(['LICENSE', 'DESCRIPTION', 'TITLE']),
        value_number: counted ? 10_000 * (1 + dice.below(3)) : null,
        value_text: counted ? null : write.words(),
        value_time: null,
        unit: null,
      },
    });
    if (dice.chance(0.3)) dispute(write, 'claim_id', claim);
  }
  if (dice.chance(0.2)) dispute(write, 'node_id', row);
  if (dice.chance(0.2)) {
    const guard = write.guard();
    write.assert('alias', {
      guard,
      needs: { node_id: row },
      values: {
        kind: row.values.kind ?? '',
        namespace: namespaced(guard),
        name: `alias-${row.id}`,
        version: null,
        citation_id: null,
      },
    });
  }
  if (dice.chance(0.3) && made.edges.length > 0) {
    const one = dice.pick(made.edges);
    write.event(
      'EDGE_ASSERTED',
      row,
      {
        kind: String(one.values.kind),
        downstream: refOf(one.needs[0]!),
        upstream: refOf(one.needs[1]!),
        replaced: false,
        reason: null,
      },
      [one],
    );
  }
}

/** Disagreement with one record. */
export function dispute(
  write: Writer,
  column: 'edge_id' | 'claim_id' | 'composition_id' | 'node_id',
  target: Row,
): void {
  const targets: Record<string, null> = {
    edge_id: null,
    claim_id: null,
    composition_id: null,
    node_id: null,
  };
  delete targets[column];
  const ranged = write.dice.chance(0.4);
  write.assert('dispute', {
    needs: { [column]: target },
    leads: { citation_id: write.citation() },
    values: {
      ...targets,
      statement: write.words(),
      counter_kind: null,
      counter_downstream: null,
      counter_upstream: null,
      share_lower: ranged ? 0.125 : null,
      share_upper: ranged ? 0.5 : null,
    },
  });
}
