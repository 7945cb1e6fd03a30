import type { Hand, Trial } from './hand.ts';

export function aboutLineage(h: Hand): Trial[] {
  const { names, dice } = h;
  const composition = (...kinds: string[]) => ({
    unit: 'FRACTION',
    complete: dice.chance(0.5),
    inputs: h.refs(2, ...kinds).map((of) => ({ of, amount: 0.25 })),
  });
  return [
    ['registerSource', { name: h.taken(names.nodes('SOURCE')), title: h.text(), visibility: h.visibility() }],
    [
      'registerDatasetVersion',
      {
        dataset: h.taken(names.of('dataset')),
        version: '9',
        derivedFrom: composition('SOURCE', 'DATASET_VERSION'),
        visibility: h.visibility(),
      },
    ],
    [
      'registerDatasetVersion',
      {
        dataset: h.fresh(),
        version: '1',
        transformation: {
          name: h.taken(names.nodes('TRANSFORMATION')),
          effect: 'SELECTS',
          composition: composition('SOURCE'),
        },
      },
    ],
    [
      'recordTransformation',
      {
        output: h.ref('DATASET_VERSION'),
        transformation: { name: h.fresh(), composition: composition('SOURCE') },
      },
    ],
    [
      'registerModelVersion',
      {
        model: h.taken(names.of('model')),
        version: '9',
        visibility: h.visibility(),
        trainedBy: {
          name: h.taken(names.nodes('TRAINING_RUN')),
          stage: 'SFT',
          startedFrom: 'MODEL',
          initializedFrom: h.refs(1, 'MODEL_VERSION'),
          composition: composition('DATASET_VERSION'),
        },
      },
    ],
    ['registerModelVersion', { model: h.fresh(), version: '1' }],
    [
      'recordTrainingRun',
      {
        trainingRun: {
          name: h.fresh(),
          stage: 'RL',
          startedFrom: 'UNKNOWN',
          rewardedBy: h.refs(1, 'MODEL_VERSION'),
        },
      },
    ],
    ['assertClaim', { node: h.ref(), property: 'DESCRIPTION', text: h.text() }],
    [
      'assertClaim',
      {
        node: h.seenRef('DATASET_VERSION'),
        property: 'TOKENS',
        number: 5,
        replaces: h.id('claim'),
        reason: h.text(),
      },
    ],
    [
      'assertComposition',
      { node: h.ref('TRAINING_RUN', 'DATASET_VERSION'), composition: composition('SOURCE') },
    ],
    [
      'assertComposition',
      {
        node: h.seenRef('TRAINING_RUN'),
        composition: composition('SOURCE'),
        replaces: h.id('composition'),
        reason: h.text(),
      },
    ],
    ['assertEdge', { kind: 'JUDGED_BY', downstream: h.ref('EVAL_RUN'), upstream: h.ref('MODEL_VERSION') }],
    [
      'assertEdge',
      {
        kind: 'TESTED_ON',
        downstream: h.seenRef('EVAL_RUN'),
        upstream: h.seenRef('DATASET_VERSION'),
        replaces: h.id('edge'),
        reason: h.text(),
      },
    ],
    ['assertEdge', { kind: 'REVISES', ...h.joinedUnseen() }],
    ['addAlias', h.alias()],
    ['addAlias', { node: h.ref('DATASET_VERSION'), alias: h.seenOwnRef('DATASET_VERSION'), replacing: true }],
    [
      'addAlias',
      { node: h.ref(), alias: `source:${h.taken([...names.of('alias'), ...names.nodes('SOURCE')])}` },
    ],
    ['dispute', { target: h.id('edge', 'claim', 'composition', 'node'), statement: h.text() }],
    [
      'dispute',
      { target: h.id('claim', 'composition'), statement: h.text(), shareLower: 0.5, shareUpper: 0.75 },
    ],
    [
      'recordContentMeasurement',
      {
        datasetVersion: h.ref('DATASET_VERSION'),
        tag: h.taken(names.of('content_tag')),
        fraction: 0.5,
        unit: 'FRACTION',
        method: 'ESTIMATE',
      },
    ],
    [
      'retract',
      { target: h.id('edge', 'claim', 'composition', 'dispute', 'content_measurement'), reason: h.text() },
    ],
    ['retract', { target: h.id('node'), reason: h.text(), replacedBy: h.ref() }],
    ['retract', { target: h.seen('claim'), reason: h.text() }],
    ['retract', { target: h.seen('node'), reason: h.text() }],
  ];
}
