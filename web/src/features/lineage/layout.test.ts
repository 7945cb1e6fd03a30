import { describe, expect, it } from 'vitest';
import { absorbTransformations } from './absorb.ts';
import { assignBands, trainingOrder } from './bands.ts';
import { collapse, foldLabel } from './collapse.ts';
import { layoutPicture } from './layout.ts';
import { shareRange } from './lineage-words.ts';
import { carriesMass, mergeGraphs, type PictureGraph } from './picture-graph.ts';
import { placeColumn } from './place-column.ts';
import { edge, graph, node } from './small-graph.ts';
import { edgeWidth, isUnknown, shareWidth } from './thickness.ts';
import { joinsOf, litBy } from './upstream-path.ts';

/** Incident → run → model → fine-tuning → base → pretraining → pile → `sources` sources of equal share. */
function story(sources: number): PictureGraph {
  const names = Array.from({ length: sources }, (_, i) => `source-${String(i).padStart(4, '0')}`);
  return graph(
    [
      node('incident', 'INCIDENT'),
      node('eval', 'EVAL_RUN'),
      node('model', 'MODEL_VERSION'),
      node('sft', 'TRAINING_RUN', 'SFT'),
      node('base', 'MODEL_VERSION'),
      node('pre', 'TRAINING_RUN', 'PRETRAINING'),
      node('pile', 'DATASET_VERSION'),
      ...names.map((n) => node(n, 'SOURCE')),
    ],
    [
      edge('incident', 'OBSERVED_IN', 'eval'),
      edge('eval', 'EVALUATED', 'model'),
      edge('model', 'GENERATED_BY', 'sft'),
      edge('sft', 'INITIALIZED_FROM', 'base', 1),
      edge('base', 'GENERATED_BY', 'pre'),
      edge('pre', 'USED', 'pile', 1),
      ...names.map((n) => edge('pile', 'DERIVED_FROM', n, 1 / sources)),
    ],
    { unaccounted: [{ node: 'sft', share: 1, shareUpper: 1, reason: 'NOT_RECORDED' }] },
  );
}

describe('bands', () => {
  it('puts an observed model in the model band and a base model among the training stages', () => {
    const bands = assignBands(story(3));
    expect(bands.get('model')).toBe('MODEL');
    expect(bands.get('base')).toBe('TRAINING');
    expect(bands.get('source-0000')).toBe('SOURCES');
  });

  it('puts a model that only wrote text with the data it wrote', () => {
    const g = graph(
      [node('d', 'DATASET_VERSION'), node('writer', 'MODEL_VERSION')],
      [edge('d', 'SYNTHESIZED_BY', 'writer')],
    );
    expect(assignBands(g).get('writer')).toBe('DATASETS');
  });

  it('orders training in time: pretraining, the base model, fine-tuning', () => {
    const order = trainingOrder(story(3));
    expect(order.get('pre')).toBe(0);
    expect(order.get('base')).toBe(0.5);
    expect(order.get('sft')).toBe(1);
  });
});

describe('folding a fan-out', () => {
  it('folds 22 sources into one whose edge carries their whole share', () => {
    const drawn = collapse(story(22), new Set());
    const fold = drawn.nodes.find((n) => n.folded)!;
    expect(fold.members).toHaveLength(22);
    expect(foldLabel(fold.kind, fold.members.length)).toBe('22 sources');
    expect(drawn.edges.find((e) => e.upstream === fold.id)!.share).toBeCloseTo(1, 9);
  });

  it('leaves a few siblings as they are', () => {
    expect(collapse(story(6), new Set()).nodes.every((n) => !n.folded)).toBe(true);
  });

  it('draws a revealed member apart and keeps the rest folded', () => {
    const drawn = collapse(story(22), new Set(['source-0003']));
    expect(drawn.nodes.find((n) => n.id === 'source-0003')?.folded).toBe(false);
    expect(drawn.nodes.find((n) => n.folded)!.members).toHaveLength(21);
  });

  it('folds what stands behind a folded fan-out too', () => {
    const ids = Array.from({ length: 61 }, (_, i) => i);
    const g = graph(
      [
        node('run', 'TRAINING_RUN', 'MIDTRAINING'),
        ...ids.map((i) => node(`d${i}`, 'DATASET_VERSION')),
        ...ids.map((i) => node(`s${i}`, 'SOURCE')),
      ],
      [
        ...ids.map((i) => edge('run', 'USED', `d${i}`, 1 / 61)),
        ...ids.map((i) => edge(`d${i}`, 'DERIVED_FROM', `s${i}`, 1)),
      ],
    );
    const drawn = collapse(g, new Set());
    expect(drawn.nodes).toHaveLength(3);
    expect(drawn.edges.map((e) => e.share)).toEqual([expect.closeTo(1, 9), expect.closeTo(1, 9)]);
  });

  it('does not call a fold known when some of its shares are missing', () => {
    const g = story(8);
    const drawn = collapse(
      { ...g, edges: g.edges.map((e) => (e.upstream === 'source-0001' ? { ...e, share: null } : e)) },
      new Set(),
    );
    const link = drawn.edges.find((e) => e.kind === 'DERIVED_FROM')!;
    expect(link.unknown).toBe(1);
    expect(link.share).toBeCloseTo(7 / 8, 9);
  });

  it('counts how many of the edges behind a fold are disputed', () => {
    const g = story(9);
    const edges = g.edges.map((e) =>
      e.upstream === 'source-0001' ? { ...e, status: 'DISPUTED' as const } : e,
    );
    expect(collapse({ ...g, edges }, new Set()).edges.find((e) => e.kind === 'DERIVED_FROM')!.disputed).toBe(
      1,
    );
  });
});

describe('a transformation in the picture', () => {
  const made = (outputs: string[]) =>
    graph(
      [
        node('run', 'TRAINING_RUN', 'PRETRAINING'),
        ...outputs.map((o) => node(o, 'DATASET_VERSION')),
        { ...node('dedup', 'TRANSFORMATION'), note: 'Selects' },
        node('pile', 'DATASET_VERSION'),
      ],
      [
        ...outputs.map((o) => edge('run', 'USED', o, 1)),
        ...outputs.map((o) => edge(o, 'GENERATED_BY', 'dedup')),
        edge('dedup', 'USED', 'pile', 1),
      ],
      { unaccounted: [{ node: 'dedup', share: 1, shareUpper: 1, reason: 'PROPORTIONS_CHANGED' }] },
    );

  it('is written into the one version that it made, with what it used and lost', () => {
    const drawn = absorbTransformations(made(['small']));
    expect(drawn.nodes.map((n) => n.id)).toEqual(['run', 'small', 'pile']);
    expect(drawn.nodes[1]?.note).toBe('Selects: dedup');
    expect(drawn.edges.map((e) => [e.downstream, e.upstream])).toEqual([
      ['run', 'small'],
      ['small', 'pile'],
    ]);
    expect(drawn.unaccounted[0]?.node).toBe('small');
  });

  it('stays a box where it made several versions', () => {
    expect(absorbTransformations(made(['a', 'b'])).nodes).toHaveLength(5);
  });

  it('stays a box where it was asked about', () => {
    expect(absorbTransformations({ ...made(['small']), root: 'dedup' }).nodes).toHaveLength(4);
  });
});

describe('layout', () => {
  it('goes from the incident on the left to the sources on the right', () => {
    const { nodes, bands } = layoutPicture(story(3), new Set());
    const x = (id: string) => nodes.find((n) => n.id === id)!.x;
    expect(x('incident')).toBeLessThan(x('eval'));
    expect(x('eval')).toBeLessThan(x('model'));
    expect(x('model')).toBeLessThan(x('sft'));
    expect(x('sft')).toBe(x('pre'));
    expect(x('pre')).toBeLessThan(x('pile'));
    expect(x('pile')).toBeLessThan(x('source-0000'));
    expect(bands.map((b) => b.band)).toEqual([
      'INCIDENT',
      'EVALUATION',
      'MODEL',
      'TRAINING',
      'DATASETS',
      'SOURCES',
    ]);
  });

  it('stacks training stages in time, earliest on top', () => {
    const { nodes } = layoutPicture(story(3), new Set());
    const y = (id: string) => nodes.find((n) => n.id === id)!.y;
    expect(y('pre')).toBeLessThan(y('base'));
    expect(y('base')).toBeLessThan(y('sft'));
  });

  it('puts the larger shares of a fan-out above the smaller', () => {
    const g = story(4);
    const shares = [0.1, 0.2, 0.4, 0.3];
    const edges = g.edges.map((e, i) => (e.kind === 'DERIVED_FROM' ? { ...e, share: shares[i - 6]! } : e));
    const { nodes } = layoutPicture({ ...g, edges }, new Set());
    const order = nodes.filter((n) => n.kind === 'SOURCE').sort((a, b) => a.y - b.y);
    expect(order.map((n) => n.id)).toEqual(['source-0002', 'source-0003', 'source-0001', 'source-0000']);
  });

  it('gives the unaccounted part a place of its own, upstream of what lacks it', () => {
    const { nodes, stubs } = layoutPicture(story(3), new Set());
    expect(stubs).toHaveLength(1);
    expect(stubs[0]!.x).toBeGreaterThan(nodes.find((n) => n.id === 'sft')!.x);
  });

  it('keeps the stages of one model together, whatever else stands in their column', () => {
    const g = story(3);
    const others = Array.from({ length: 6 }, (_, i) => `other-${i}`);
    const crowded = {
      ...g,
      nodes: [
        ...g.nodes,
        ...others.flatMap((o) => [node(o, 'MODEL_VERSION'), node(`run-${o}`, 'TRAINING_RUN', 'SFT')]),
      ],
      edges: [
        ...g.edges,
        ...others.flatMap((o) => [edge('eval', 'EVALUATED', o), edge(o, 'GENERATED_BY', `run-${o}`)]),
      ],
    };
    const { nodes } = layoutPicture(crowded, new Set());
    const x = nodes.find((n) => n.id === 'pre')!.x;
    const column = nodes.filter((n) => n.x === x).sort((a, b) => a.y - b.y);
    const at = column.findIndex((n) => n.id === 'pre');
    expect(column.slice(at, at + 3).map((n) => n.id)).toEqual(['pre', 'base', 'sft']);
  });

  it('leads an edge over several columns past the boxes between them', () => {
    const g = story(3);
    const more = { ...g, edges: [...g.edges, edge('incident', 'EXHIBITED_BY', 'model')] };
    const { nodes, edges, bends } = layoutPicture(more, new Set());
    const long = edges.find((e) => e.kind === 'EXHIBITED_BY')!;
    const between = nodes.find((n) => n.id === 'eval')!;
    const bend = bends[long.id]![0]!;
    expect(bend.y < between.y || bend.y > between.y + between.height).toBe(true);
  });

  it('never lets two boxes overlap', () => {
    const { nodes, stubs } = layoutPicture(story(30), new Set(story(30).nodes.map((n) => n.id)));
    const boxes = [...nodes, ...stubs];
    for (const a of boxes)
      for (const b of boxes) {
        if (a === b || a.x !== b.x) continue;
        expect(Math.abs(a.y + a.height / 2 - b.y - b.height / 2)).toBeGreaterThanOrEqual(
          (a.height + b.height) / 2,
        );
      }
  });

  it('lays 1,000 drawn nodes out in under a second', () => {
    const g = story(1000);
    const started = performance.now();
    const { nodes } = layoutPicture(g, new Set(g.nodes.map((n) => n.id)));
    expect(nodes).toHaveLength(1007);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});

describe('placing a column', () => {
  it('grants wishes that do not collide and shares the shift where they do', () => {
    const y = new Map<string, number>();
    const cells = ['a', 'b', 'c'].map((id) => ({ id, height: 10 }));
    placeColumn(cells, [0, 0, 100], 0, y);
    expect([...y.values()]).toEqual([-5, 5, 100]);
  });
});

describe('thickness and words', () => {
  it('grows with the share and never vanishes', () => {
    expect(shareWidth(0.01)).toBeGreaterThan(shareWidth(0.001));
    expect(shareWidth(1)).toBe(18);
    expect(shareWidth(0)).toBe(shareWidth(null));
  });

  it('lets data flow from a transformation into what it made, not from one training run into a whole model', () => {
    expect(carriesMass('GENERATED_BY', 'DATASET_VERSION')).toBe(true);
    expect(carriesMass('GENERATED_BY', 'MODEL_VERSION')).toBe(false);
  });

  it('dashes a missing weight, not a link that carries none', () => {
    expect(isUnknown(edge('run', 'USED', 'pile'))).toBe(true);
    expect(isUnknown(edge('run', 'EVALUATED', 'model'))).toBe(false);
    expect(edgeWidth(edge('run', 'EVALUATED', 'model', 1))).toBe(edgeWidth(edge('run', 'USED', 'pile')));
  });

  it('writes a range once, and says where nothing is known', () => {
    expect(shareRange(0.2, 0.3)).toBe('20–30%');
    expect(shareRange(null, null)).toBe('not known');
  });
});

describe('lighting a path', () => {
  it('lights what is upstream and the way from the root, and nothing beside', () => {
    const g = story(3);
    const drawn = collapse(g, new Set());
    const lit = litBy('pile', joinsOf(drawn.edges));
    expect(lit.nodes.has('source-0002')).toBe(true);
    expect(lit.nodes.has('incident')).toBe(true);
    expect(litBy('source-0000', joinsOf(drawn.edges)).nodes.has('source-0001')).toBe(false);
  });
});

describe('going on from a cut answer', () => {
  it('keeps each node and edge once', () => {
    const merged = mergeGraphs(story(3), story(4));
    expect(merged.nodes.filter((n) => n.id === 'pile')).toHaveLength(1);
    expect(merged.nodes.filter((n) => n.kind === 'SOURCE')).toHaveLength(4);
  });
});
