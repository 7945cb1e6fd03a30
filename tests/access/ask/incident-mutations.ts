import type { Hand, Trial } from './hand.ts';

export function aboutIncidents(h: Hand): Trial[] {
  const { names, dice } = h;
  const behaviors = names.of('behavior');
  return [
    [
      'fileIncident',
      {
        title: `${h.text()} blackmail`,
        summary: h.text(),
        setting: 'RED_TEAM',
        severity: 'HIGH',
        draft: dice.chance(0.3),
        behaviors: dice.chance(0.5) ? [h.taken(behaviors)] : [],
        modelVersions: h.refs(1, 'MODEL_VERSION'),
        evalRuns: dice.chance(0.3) ? h.refs(1, 'EVAL_RUN') : [],
        suspects: h.refs(1, 'SOURCE', 'DATASET_VERSION'),
        suspectTags: [h.taken(names.of('content_tag'))],
        occurredAt: '2026-03-01T00:00:00.000Z',
        visibility: h.visibility(),
      },
    ],
    [
      'fileIncident',
      {
        title: h.text(),
        summary: h.text(),
        setting: 'DEPLOYMENT',
        severity: 'LOW',
        modelVersions: [h.seenRef('MODEL_VERSION')],
        behaviors: [],
        suspects: [],
      },
    ],
    [
      'linkIncident',
      {
        incident: h.seenRef('INCIDENT'),
        modelVersions: h.refs(1, 'MODEL_VERSION'),
        related: dice.chance(0.5) ? [{ incident: h.ref('INCIDENT'), relation: 'same' }] : [],
      },
    ],
    ['linkIncident', { incident: h.seenRef('INCIDENT'), unlink: [h.id('suspect', 'evidence', 'report')] }],
    [
      'linkIncident',
      {
        incident: h.seenRef('INCIDENT'),
        unlink: [names.id(dice.pick(names.nodes('MODEL_VERSION', 'EVAL_RUN', 'INCIDENT')))],
      },
    ],
    [
      'linkIncident',
      {
        incident: h.ref('INCIDENT'),
        suspects: h.refs(1, 'DATASET_VERSION', 'TRAINING_RUN'),
        suspectTags: [h.taken(names.of('content_tag'))],
      },
    ],
    ['updateIncident', { incident: h.ref('INCIDENT'), title: h.text() }],
    ['updateIncident', { incident: h.seenRef('INCIDENT'), behaviors: [h.taken(behaviors)] }],
    [
      'changeIncidentStatus',
      {
        incident: h.seenRef('INCIDENT'),
        to: dice.pick(['TRIAGED', 'INVESTIGATING', 'SUBMITTED', 'CLOSED']),
        comment: h.text(),
      },
    ],
    [
      'changeIncidentStatus',
      { incident: h.ref('INCIDENT'), to: 'DUPLICATE', duplicateOf: h.ref('INCIDENT'), comment: h.text() },
    ],
    ['addEvidence', { incident: h.ref('INCIDENT'), kind: 'QUOTATION', title: h.text(), text: h.text() }],
    [
      'openHypothesis',
      {
        incident: h.seenRef('INCIDENT'),
        statement: h.text(),
        suspects: h.refs(1, 'DATASET_VERSION', 'SOURCE'),
        suspectTags: [h.taken(names.of('content_tag'))],
      },
    ],
    [
      'addHypothesisEvidence',
      { hypothesis: h.id('hypothesis'), direction: 'SUPPORTS', method: 'PROBE', statement: h.text() },
    ],
    ['assessHypothesis', { hypothesis: h.id('hypothesis'), confidence: h.text() }],
    ['assessHypothesis', { hypothesis: h.seen('hypothesis'), confidence: h.text(), status: 'SUPPORTED' }],
    [
      'recordIntervention',
      {
        incident: h.seenRef('INCIDENT'),
        title: h.text(),
        description: h.text(),
        outcome: 'PARTIAL',
        addedData: h.ref('DATASET_VERSION', 'SOURCE'),
        comparisons: [
          { label: 'rate', beforeMeasurement: h.id('measurement'), afterMeasurement: h.seen('measurement') },
        ],
      },
    ],
    [
      'recordIntervention',
      {
        incident: h.seenRef('INCIDENT'),
        title: h.text(),
        description: h.text(),
        outcome: 'PARTIAL',
        comparisons: [{ label: 'rate', beforeResult: h.id('reported_result') }],
      },
    ],
  ];
}
