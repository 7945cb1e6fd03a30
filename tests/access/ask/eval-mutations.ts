import type { Hand, Trial } from './hand.ts';

export function aboutEvals(h: Hand): Trial[] {
  const { names, dice } = h;
  const behaviors = names.of('behavior');
  // One that there is, which may be hidden while what it is a version of is not; or none.
  const version = () => dice.pick(['0', '1', '9']);
  return [
    ['registerBehavior', { name: h.taken(behaviors), title: h.text() }],
    ['registerBehavior', { name: h.fresh(), title: h.text() }],
    [
      'registerEvaluation',
      { name: h.taken(names.of('evaluation')), version: version(), conditions: [{ name: 'plain' }] },
    ],
    [
      'registerGrader',
      {
        name: h.taken(names.of('grader')),
        version: version(),
        kind: 'MODEL',
        model: h.ref('MODEL_VERSION'),
        ...(dice.chance(0.5) ? { standard: h.taken(names.of('standard')), standardVersion: '0' } : {}),
      },
    ],
    [
      'publishStandard',
      { name: h.taken(names.of('standard')), version: version(), kind: 'rubric', title: h.text() },
    ],
    [
      'recordEvalRun',
      {
        name: h.taken(names.nodes('EVAL_RUN')),
        evaluation: h.taken(names.of('evaluation')),
        evaluationVersion: '0',
        modelVersion: h.ref('MODEL_VERSION'),
        testedOn: dice.chance(0.3) ? h.refs(1, 'DATASET_VERSION') : [],
        measurements: [
          {
            behavior: h.taken(behaviors),
            exhibited: 1,
            notExhibited: 2,
            ...(dice.chance(0.5) ? { grader: `${h.taken(names.of('grader'))}@0` } : {}),
          },
        ],
      },
    ],
    [
      'recordEvalRun',
      {
        name: h.fresh(),
        evaluation: 'evaluation-0',
        evaluationVersion: '0',
        modelVersion: h.seenRef('MODEL_VERSION'),
      },
    ],
    [
      'recordMeasurement',
      {
        evalRun: h.ref('EVAL_RUN'),
        measurement: {
          behavior: h.taken(behaviors),
          exhibited: 1,
          notExhibited: 3,
          condition: 'condition-0',
        },
      },
    ],
    [
      'judgeSamples',
      {
        evalRun: h.ref('EVAL_RUN'),
        behavior: h.taken(behaviors),
        grader: dice.chance(0.5) ? h.taken(names.of('grader')) : h.seenPerson(),
        condition: dice.chance(0.5) ? 'condition-0' : null,
        samples: [
          { sampleId: 's0', epoch: 1, outcome: 'EXHIBITED', explanation: h.text() },
          { sampleId: dice.chance(0.5) ? 's1' : 's7', epoch: 1, outcome: 'UNSCORED' },
        ],
      },
    ],
    [
      'judgeSamples',
      {
        evalRun: h.seenRef('EVAL_RUN'),
        behavior: h.seenName('behavior'),
        grader: h.seenPerson(),
        samples: [
          { sampleId: 's0', epoch: 1, outcome: 'EXHIBITED', explanation: h.text() },
          { sampleId: 's1', epoch: 1, outcome: 'NOT_EXHIBITED' },
        ],
      },
    ],
    ['retractJudgement', { measurement: h.id('measurement'), reason: h.text() }],
    ['retractJudgement', { measurement: h.seen('measurement'), reason: h.text() }],
    ...aboutScoring(h),
    [
      'recordMeasurement',
      { evalRun: h.seenRef('EVAL_RUN'), measurement: { behavior: h.taken(behaviors), rate: 2 } },
    ],
    [
      'recordReportedResult',
      {
        statement: h.text(),
        value: 0.5,
        behavior: h.taken(behaviors),
        modelVersion: h.ref('MODEL_VERSION'),
        ...(dice.chance(0.5) ? { incident: h.ref('INCIDENT') } : {}),
        citation: { source: h.text(), certainty: 'PRIMARY' },
      },
    ],
  ];
}

function aboutScoring(h: Hand): Trial[] {
  const { names } = h;
  const tests = { exhibited: { values: [1] }, notExhibited: { values: [0] } };
  const definition = () => ({ behavior: h.taken(names.of('behavior')), scorer: 'score', ...tests });
  const version = () => h.id('scoring_rule_version');
  return [
    ['proposeScoringRule', { evaluation: 'evaluation-0', name: h.fresh(), definition: definition() }],
    [
      'proposeScoringRule',
      { evaluation: h.fresh(), name: h.taken(names.of('scoring_rule')), definition: definition() },
    ],
    ['rescoreEvalRun', { evalRun: h.ref('EVAL_RUN'), scoringRuleVersion: version() }],
    [
      'rescoreEvalRun',
      { evalRun: h.seenRef('EVAL_RUN'), scoringRuleVersion: h.seen('scoring_rule_version') },
    ],
    ['confirmScoringRule', { scoringRuleVersion: version() }],
    ['retractScoringRuleVersion', { scoringRuleVersion: version(), reason: h.text() }],
    ['confirmModelAlias', { name: h.fresh(), modelVersion: h.ref('MODEL_VERSION') }],
    [
      'confirmModelAlias',
      { name: h.taken(names.of('model_alias')), modelVersion: h.seenRef('MODEL_VERSION') },
    ],
    ['retractModelAlias', { modelAlias: h.id('model_alias'), reason: h.text() }],
  ];
}
