import { describe, expect, it } from 'vitest';
import { edge, graph, node } from '../small-graph.ts';
import { filterGraph, type LineageFilter, type Start } from './filter-graph.ts';

const NONE: LineageFilter = { stages: new Set(), share: null, carriers: null };
const UP: Start[] = [{ id: 'model', way: 'UPSTREAM' }];

/** A fine-tuned model: its own mixture of two datasets, and the pretraining of its base. */
function story() {
  return graph(
    [
      node('model', 'MODEL_VERSION'),
      node('sft', 'TRAINING_RUN', 'SFT'),
      node('base', 'MODEL_VERSION'),
      node('pre', 'TRAINING_RUN', 'PRETRAINING'),
      node('chats', 'DATASET_VERSION'),
      node('stories', 'DATASET_VERSION'),
      node('web', 'DATASET_VERSION'),
      node('crawl', 'SOURCE'),
    ],
    [
      edge('model', 'GENERATED_BY', 'sft'),
      edge('sft', 'INITIALIZED_FROM', 'base'),
      edge('base', 'GENERATED_BY', 'pre'),
      edge('sft', 'USED', 'chats', 0.99),
      edge('sft', 'USED', 'stories', 0.01),
      edge('pre', 'USED', 'web', 1),
      edge('chats', 'DERIVED_FROM', 'crawl', null),
      edge('stories', 'DERIVED_FROM', 'crawl', 1),
      edge('web', 'DERIVED_FROM', 'crawl', 1),
    ],
    {
      unaccounted: [
        { node: 'sft', share: 0.002, shareUpper: 0.002, reason: 'NOT_RECORDED' },
        { node: 'chats', share: 1, shareUpper: 1, reason: 'AMOUNT_UNKNOWN' },
      ],
    },
  );
}

const names = (of: { nodes: { id: string }[] }) => of.nodes.map((n) => n.id).sort();
const links = (of: { edges: { id: string }[] }) => of.edges.map((e) => e.id).sort();

describe('a filter of a lineage', () => {
  it('changes nothing where nothing is chosen', () => {
    const all = story();
    expect(filterGraph(all, UP, NONE)).toEqual({ graph: all, hiddenNodes: 0, hiddenEdges: 0 });
  });

  it('leaves of a stage its runs, what leads to them and their own data, not what earlier runs had seen', () => {
    const { graph: left, hiddenNodes } = filterGraph(story(), UP, { ...NONE, stages: new Set(['SFT']) });
    expect(names(left)).toEqual(['chats', 'crawl', 'model', 'sft', 'stories']);
    expect(hiddenNodes).toBe(3);
  });

  it('leaves of an early stage the later runs as the way to it, without what these used', () => {
    const { graph: left } = filterGraph(story(), UP, { ...NONE, stages: new Set(['PRETRAINING']) });
    expect(names(left)).toEqual(['base', 'crawl', 'model', 'pre', 'sft', 'web']);
    expect(left.unaccounted).toEqual([]);
  });

  it('leaves the root alone where no run is of the stage', () => {
    const { graph: left } = filterGraph(story(), UP, { ...NONE, stages: new Set(['RL']) });
    expect(names(left)).toEqual(['model']);
    expect(left.edges).toEqual([]);
  });

  it('leaves out smaller shares and what only they led to; what is not known is not small', () => {
    const { graph: left, hiddenEdges } = filterGraph(story(), UP, { ...NONE, share: 0.05 });
    expect(names(left)).toEqual(['base', 'chats', 'crawl', 'model', 'pre', 'sft', 'web']);
    expect(links(left)).toContain('chats-crawl');
    expect(hiddenEdges).toBe(2);
    expect(left.unaccounted.map((u) => u.node)).toEqual(['chats']);
  });

  it('judges a range of shares by its upper end', () => {
    const all = story();
    all.edges[4] = { ...all.edges[4]!, shareUpper: 0.2 };
    expect(names(filterGraph(all, UP, { ...NONE, share: 0.05 }).graph)).toContain('stories');
  });

  it('leaves of a tag what carries it and the ways to it', () => {
    const { graph: left } = filterGraph(story(), UP, {
      ...NONE,
      carriers: new Set(['stories', 'elsewhere']),
    });
    expect(names(left)).toEqual(['model', 'sft', 'stories']);
    expect(links(left)).toEqual(['model-sft', 'sft-stories']);
  });

  it('keeps what was drawn beyond, from a node that is still there', () => {
    const all = story();
    const more = { ...all, nodes: [...all.nodes, node('other', 'DATASET_VERSION')] };
    const grown = { ...more, edges: [...more.edges, edge('other', 'DERIVED_FROM', 'crawl', 0.5)] };
    const starts: Start[] = [...UP, { id: 'crawl', way: 'DOWNSTREAM' }];
    expect(names(filterGraph(grown, starts, { ...NONE, share: 0.05 }).graph)).toContain('other');
    expect(names(filterGraph(grown, UP, { ...NONE, share: 0.05 }).graph)).not.toContain('other');
  });

  it('finds, downstream of a source, what runs of a stage reached', () => {
    const start: Start[] = [{ id: 'crawl', way: 'DOWNSTREAM' }];
    const all = { ...story(), root: 'crawl' };
    const { graph: left } = filterGraph(all, start, { ...NONE, stages: new Set(['PRETRAINING']) });
    expect(names(left)).toEqual(['base', 'crawl', 'model', 'pre', 'sft', 'web']);
  });
});
