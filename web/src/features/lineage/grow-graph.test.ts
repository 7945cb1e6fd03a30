import { describe, expect, it } from 'vitest';
import { growGraph } from './grow-graph.ts';
import { edge, graph, node } from './small-graph.ts';

const base = graph(
  [node('model', 'MODEL_VERSION'), node('run', 'TRAINING_RUN')],
  [edge('model', 'GENERATED_BY', 'run')],
);
const cut = { ...base, truncated: { reason: 'LIMIT', frontier: ['run', 'elsewhere'] } };
const level = graph(
  [node('run', 'TRAINING_RUN'), node('mix', 'DATASET_VERSION')],
  [edge('run', 'USED', 'mix', 1)],
);
const UP = { ref: 'run', way: 'UPSTREAM', all: false } as const;

describe('growing a graph', () => {
  it('adds what the part holds, each node and edge once', () => {
    const grown = growGraph(base, level, UP, 'UPSTREAM');
    expect(grown.nodes.map((n) => n.id)).toEqual(['model', 'run', 'mix']);
    expect(grown.edges).toHaveLength(2);
    expect(grown.root).toBe('model');
  });

  it('takes the node from the cut, and goes on from the ends of the new level', () => {
    const part = { ...level, truncated: { reason: 'MAX_DEPTH', frontier: ['mix'] } };
    expect(growGraph(cut, part, UP, 'UPSTREAM').truncated?.frontier).toEqual(['elsewhere', 'mix']);
  });

  it('is whole again where the last cut was gone on from', () => {
    const last = { ...base, truncated: { reason: 'LIMIT', frontier: ['run'] } };
    expect(growGraph(last, level, { ...UP, all: true }, 'UPSTREAM').truncated).toBeNull();
  });

  it('is not cut by one level the other way, whose ends are open', () => {
    const down = graph([node('run', 'TRAINING_RUN'), node('sibling', 'MODEL_VERSION')], []);
    const part = { ...down, truncated: { reason: 'MAX_DEPTH', frontier: ['sibling'] } };
    const grown = growGraph(base, part, { ...UP, way: 'DOWNSTREAM' }, 'UPSTREAM');
    expect(grown.truncated).toBeNull();
    expect(grown.open).toEqual(['sibling']);
  });

  it('says so where a part that was asked for whole was cut by its size', () => {
    const part = { ...level, truncated: { reason: 'LIMIT', frontier: ['mix'] } };
    const grown = growGraph(base, part, { ...UP, way: 'DOWNSTREAM', all: true }, 'UPSTREAM');
    expect(grown.truncated).toEqual({ reason: 'LIMIT', frontier: ['mix'], skip: {} });
  });

  it('goes on from the node itself where more stands next to it than an answer holds', () => {
    const part = { ...level, truncated: { reason: 'LIMIT', frontier: ['run', 'mix'], skip: { run: 1 } } };
    const grown = growGraph(cut, part, { ...UP, all: true }, 'UPSTREAM');
    expect(grown.truncated).toEqual({
      reason: 'LIMIT',
      frontier: ['elsewhere', 'run', 'mix'],
      skip: { run: 1 },
    });
  });

  it('closes an open end that was gone on from', () => {
    const open = { ...base, open: ['run', 'other'] };
    expect(growGraph(open, level, { ...UP, way: 'DOWNSTREAM' }, 'UPSTREAM').open).toEqual(['other']);
  });
});
