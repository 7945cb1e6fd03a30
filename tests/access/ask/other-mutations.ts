// Reading what is guarded, sharing, and tokens.
import type { Hand, Trial } from './hand.ts';

export function aboutReading(h: Hand): Trial[] {
  const { names } = h;
  return [
    ['revealEvidence', { id: h.id('evidence'), reason: 'It must be read for this.' }],
    ['revealEvidence', { id: h.seen('evidence'), reason: 'It must be read for this.' }],
    ['revealImport', { import: h.id('import'), reason: 'It must be read for this.' }],
    ['rereadImport', { import: h.id('import') }],
    ['approveStandard', { standard: h.taken(names.of('standard')), version: '0', decision: 'APPROVED' }],
    ['approveStandard', { standard: h.seenName('standard'), version: '0', decision: 'DISSENTED' }],
  ];
}

export function aboutSharing(h: Hand): Trial[] {
  const kept = h.keptRun();
  return [
    ['shareWith', { target: h.id('node', 'dataset', 'model', 'evidence'), visibility: h.visibility() }],
    ['shareWith', { target: h.seen('node'), visibility: h.visibility(), people: [h.id('actor')] }],
    ['shareWith', { target: h.seen('dataset'), people: [h.id('actor')] }],
    ['shareWith', { target: h.seen('hypothesis'), visibility: 'PUBLIC' }],
    // One after the other, somebody would find out who sees what a run of theirs ran on, and how widely it is seen.
    ...h.dice
      .some(h.names.of('actor'), 3)
      .map((person): Trial => ['shareWith', { target: kept, people: [h.names.id(person)] }]),
    ['shareWith', { target: kept, people: [h.id('actor'), h.id('actor')] }],
    ['shareWith', { target: kept, visibility: h.visibility() }],
    ['shareWith', { target: kept, people: [] }],
  ];
}

export function aboutAccounts(h: Hand): Trial[] {
  return [
    ['createApiToken', { name: 'tool', scopes: ['read'] }],
    ['revokeApiToken', { id: h.id('claim') }],
  ];
}

export function aboutRegressions(h: Hand): Trial[] {
  const { names, dice } = h;
  const behavior = () => h.taken(names.of('behavior'));
  const watched = () => h.id('regression_rule', 'behavior', 'node');
  return [
    [
      'createRegressionRule',
      {
        title: h.text(),
        definition: { behavior: behavior(), modelFamily: 'model-*', kind: 'THRESHOLD', threshold: 0.3 },
        visibility: h.visibility(),
        ...(dice.chance(0.5) ? { incident: h.ref('INCIDENT') } : {}),
      },
    ],
    [
      'createRegressionRule',
      {
        title: h.text(),
        definition: {
          behavior: behavior(),
          modelFamily: 'model-0',
          kind: 'RISE',
          ...(dice.chance(0.5)
            ? { baselines: [h.id('measurement')] }
            : { baselineModelVersion: h.ref('MODEL_VERSION') }),
        },
      },
    ],
    ...names.of('regression_rule').map((row): Trial => {
      const input = { regressionRule: names.id(row), since: '2020-01-01T00:00:00Z' };
      return ['lookBackRegressionRule', input];
    }),
    ['retireRegressionRule', { regressionRule: h.id('regression_rule'), reason: h.text() }],
    ['retireRegressionRule', { regressionRule: h.seen('regression_rule'), reason: h.text() }],
    ['watch', { target: watched() }],
    ['watch', { target: h.seen('behavior') }],
    ['unwatch', { target: watched() }],
    ['unwatch', { target: h.seen('behavior') }],
    ['markNotificationsRead', { notifications: [h.id('notification')] }],
    ['markNotificationsRead', {}],
  ];
}
