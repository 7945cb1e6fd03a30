import { describe, expect, it } from 'vitest';
import { collapse } from '../collapse.ts';
import { edge, graph, node } from '../small-graph.ts';
import { edgesOnPaths, markPaths } from './mark-path.ts';

const sources = Array.from({ length: 9 }, (_, i) => `source-${i}`);
const story = graph(
  [
    node('run', 'TRAINING_RUN'),
    node('mix', 'DATASET_VERSION'),
    node('other', 'DATASET_VERSION'),
    ...sources.map((s) => node(s, 'SOURCE')),
  ],
  [
    edge('run', 'USED', 'mix', 0.5),
    edge('run', 'USED', 'other', 0.5),
    ...sources.map((s) => edge('mix', 'DERIVED_FROM', s, 1 / 9)),
  ],
);

describe('the marks of ways', () => {
  it('are the boxes and lines on them, and no others', () => {
    const marks = markPaths([['run', 'mix', 'source-3']], collapse(story, new Set(sources)));
    expect([...marks.nodes]).toEqual(['run', 'mix', 'source-3']);
    expect([...marks.edges].sort()).toEqual(['mix>source-3:DERIVED_FROM', 'run>mix:USED']);
  });

  it('go into a fold that holds the node', () => {
    const marks = markPaths([['run', 'mix', 'source-3']], collapse(story, new Set()));
    expect([...marks.nodes].at(-1)).toMatch(/^fold:/);
    expect(marks.edges.size).toBe(2);
  });

  it('pass over what is not drawn by itself, and are the same the other way round', () => {
    const drawn = collapse(story, new Set(sources));
    const there = markPaths([['run', 'a transformation', 'mix']], drawn);
    expect([...there.edges]).toEqual(['run>mix:USED']);
    expect([...markPaths([['mix', 'run']], drawn).edges]).toEqual(['run>mix:USED']);
  });

  it('of several ways are all of theirs', () => {
    const marks = markPaths(
      [
        ['run', 'mix'],
        ['run', 'other'],
      ],
      collapse(story, new Set()),
    );
    expect([...marks.nodes].sort()).toEqual(['mix', 'other', 'run']);
  });

  it('are the same edges in the table', () => {
    expect([...edgesOnPaths([['run', 'mix', 'source-3']], story)]).toEqual(['run-mix', 'mix-source-3']);
    const contracted = {
      ...story,
      nodes: story.nodes.filter((n) => n.id !== 'mix'),
      edges: [edge('run', 'DERIVED_FROM', 'source-3')],
    };
    expect([...edgesOnPaths([['run', 'mix', 'source-3']], contracted)]).toEqual(['run-source-3']);
  });
});
