// Incidents with everything that hangs on them.
import type { Catalogue } from './catalogue.ts';
import type { Writer } from './generate.ts';
import type { Lineage } from './lineage.ts';
import { edge, node, refOf } from './nodes.ts';
import type { Row } from './rows.ts';

export function recordIncidents(write: Writer, lineage: Lineage, catalogue: Catalogue): void {
  const incidents: Row[] = [];
  for (let i = 0; i < 4; i += 1) incidents.push(incident(write, i));
  const results: Row[] = [];
  for (const row of incidents) {
    links(write, lineage, catalogue, row);
    results.push(reportedResult(write, lineage, catalogue, row));
  }
  results.push(reportedResult(write, lineage, catalogue, null));
  for (const row of incidents) {
    related(write, row, incidents);
    papers(write, row);
    const suspects = suspectsOf(write, lineage, row);
    hypothesis(write, row, suspects);
    intervention(write, lineage, catalogue, row, results);
  }
}

function incident(write: Writer, i: number): Row {
  const { dice } = write;
  const draft = dice.chance(0.2);
  const key = draft ? null : `MBI-2026-${String(100 + i).padStart(4, '0')}`;
  const row = node(write, 'INCIDENT', write.guard(), key, null, draft ? 'lab' : '');
  write.rows.add('incident', {
    id: row.id,
    needs: { node_id: row },
    values: {
      key,
      title: `${write.words()} blackmail`,
      summary: write.words(),
      setting: dice.pick(['SAFETY_TEST', 'RED_TEAM', 'DEPLOYMENT']),
      severity: dice.pick(['LOW', 'HIGH', 'CRITICAL']),
      status: draft ? 'DRAFT' : dice.pick(['SUBMITTED', 'TRIAGED', 'INVESTIGATING', 'RESOLVED']),
      occurred_at: dice.chance(0.7) ? `2026-02-0${1 + i}T00:00:00Z` : null,
      submitted_at: draft ? null : write.moment(),
      updated_at: write.moment(),
      duplicate_of: null,
    },
  });
  write.event('INCIDENT_FILED', row, { title: write.words(), draft }, []);
  return row;
}

function links(write: Writer, lineage: Lineage, catalogue: Catalogue, row: Row): void {
  const { dice } = write;
  for (const behavior of dice.some(catalogue.behaviors, 2))
    write.rows.add('incident_behavior', { id: 0, needs: { incident_id: row, behavior_id: behavior } });
  for (const model of dice.some(lineage.modelVersions, 1 + dice.below(2))) {
    const linked = edge(write, lineage, 'EXHIBITED_BY', row, model);
    write.event('INCIDENT_LINKED', row, { added: [refOf(model)], removed: [], reason: null }, [linked]);
  }
  for (const run of dice.some(catalogue.evalRuns, 1 + dice.below(2)))
    edge(write, lineage, 'OBSERVED_IN', row, run);
}

function reportedResult(write: Writer, lineage: Lineage, catalogue: Catalogue, row: Row | null): Row {
  const { dice } = write;
  // A reported result cannot stand without what reports it.
  const citation = write.record('citation', {
    guard: write.guard(),
    values: {
      source: write.words(),
      url: null,
      locator: null,
      certainty: 'PRIMARY',
      quote: null,
      note: null,
      retrieved_at: null,
    },
  });
  return write.assert('reported_result', {
    guard: write.guardWithin(citation),
    needs: { citation_id: citation, ...(row === null ? {} : { incident_id: row }) },
    leads: {
      behavior_id: dice.chance(0.5) ? dice.pick(catalogue.behaviors) : null,
      model_version_id: dice.chance(0.5) ? dice.pick(lineage.modelVersions) : null,
    },
    values: {
      statement: write.words(),
      value: 0.5,
      lower: null,
      upper: null,
      unit: 'FRACTION',
      qualifier: 'EXACT',
      subject: null,
      behavior_id: null,
      model_version_id: null,
      ...(row === null ? { incident_id: null } : {}),
    },
  });
}

function related(write: Writer, row: Row, incidents: readonly Row[]): void {
  const other = write.dice.pick(incidents);
  if (other !== row)
    write.assert('related_incident', {
      needs: { incident_id: row, other_id: other },
      values: { relation: 'same cause', note: write.words() },
    });
}

function papers(write: Writer, row: Row): void {
  const text = write.words();
  const evidence = write.assert('evidence', {
    needs: { incident_id: row },
    leads: { citation_id: write.citation() },
    values: {
      kind: write.dice.pick(['TRANSCRIPT', 'QUOTATION']),
      title: write.words(),
      text,
      digest: 'ab'.repeat(32),
      media_type: 'text/plain',
      bytes: text.length,
      sensitivity: text.length % 2 === 0 ? 'HAZARDOUS' : 'SENSITIVE',
      warning: null,
      citation_id: null,
    },
  });
  write.event(
    'EVIDENCE_ADDED',
    row,
    { title: String(evidence.values.title), kind: 'TRANSCRIPT', digest: 'ab'.repeat(32) },
    [evidence],
    'Evidence',
  );
  if (write.dice.chance(0.5))
    write.record('evidence_reveal', {
      guard: write.guard(),
      needs: { evidence_id: evidence },
      values: { reason: write.words(), expires_at: '2026-05-01T00:00:00Z' },
    });
  write.assert('report', {
    needs: { incident_id: row },
    values: {
      title: write.words(),
      publisher: write.words(),
      url: null,
      author: null,
      published_at: null,
      language: 'en',
    },
  });
}

function suspectsOf(write: Writer, lineage: Lineage, row: Row): Row[] {
  const { dice } = write;
  const node = dice.pick([...lineage.datasetVersions, ...lineage.sources, ...lineage.trainingRuns]);
  const tag = dice.pick(lineage.tags);
  return [
    write.assert('suspect', {
      needs: { incident_id: row, node_id: node },
      values: { kind: node.values.kind ?? '', reason: write.words(), content_tag_id: null },
    }),
    write.assert('suspect', {
      needs: { incident_id: row, content_tag_id: tag },
      values: { kind: 'CONTENT_TAG', reason: write.words(), node_id: null },
    }),
  ];
}

function hypothesis(write: Writer, row: Row, suspects: readonly Row[]): void {
  const { dice } = write;
  const made = write.assert('hypothesis', {
    needs: { incident_id: row },
    leads: { citation_id: write.citation() },
    values: { statement: write.words(), status: 'OPEN', proposed_by: null, citation_id: null },
  });
  for (const suspect of suspects)
    write.rows.add('hypothesis_suspect', { id: 0, needs: { hypothesis_id: made, suspect_id: suspect } });
  for (let i = 0; i < 2; i += 1) {
    write.assert('evidence_item', {
      needs: { hypothesis_id: made },
      leads: { citation_id: write.citation() },
      values: {
        direction: dice.pick(['SUPPORTS', 'REFUTES']),
        method: 'ABLATION',
        statement: write.words(),
        score: 0.5,
        score_meaning: null,
        citation_id: null,
      },
    });
    write.assert('assessment', {
      needs: { hypothesis_id: made },
      leads: { citation_id: write.citation() },
      values: {
        confidence: write.words(),
        probability: 0.5,
        dissent: i === 1,
        reasoning: write.words(),
        status: null,
        assessor: null,
        citation_id: null,
      },
    });
  }
  write.event('HYPOTHESIS_OPENED', row, { statement: String(made.values.statement) }, [made]);
}

function intervention(
  write: Writer,
  lineage: Lineage,
  catalogue: Catalogue,
  row: Row,
  results: readonly Row[],
): void {
  const { dice } = write;
  const made = write.assert('intervention', {
    needs: { incident_id: row },
    leads: {
      added_node: dice.chance(0.6) ? dice.pick(lineage.datasetVersions) : null,
      citation_id: write.citation(),
    },
    values: {
      title: write.words(),
      description: write.words(),
      outcome: 'NULL_RESULT',
      caveat: null,
      occurred_at: null,
      added_amount: 10,
      added_unit: 'ROWS',
      added_description: null,
      stage: null,
      added_node: null,
      citation_id: null,
    },
  });
  const sides = {
    before_measurement_id: null,
    after_measurement_id: null,
    before_result_id: null,
    after_result_id: null,
  };
  write.rows.add('intervention_comparison', {
    needs: { intervention_id: made },
    leads: {
      before_measurement_id: dice.pick(catalogue.measurements),
      after_measurement_id: dice.pick(catalogue.measurements),
    },
    values: { position: 0, label: write.words(), ...sides },
  });
  write.rows.add('intervention_comparison', {
    needs: { intervention_id: made },
    leads: { before_result_id: dice.pick(results), after_result_id: dice.pick(results) },
    values: { position: 1, label: write.words(), ...sides },
  });
}
