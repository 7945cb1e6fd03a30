import { describe, expect, it } from 'vitest';
import { type Asked, goOn } from './go-on.ts';
import type { PictureGraph } from './picture-graph.ts';
import { graph, node } from './small-graph.ts';

const wide = graph([node('wide', 'SOURCE'), node('a', 'DATASET_VERSION')], []);
const next = graph([node('wide', 'SOURCE'), node('b', 'DATASET_VERSION')], []);
const cut = { ...wide, truncated: { reason: 'LIMIT', frontier: ['wide'], skip: { wide: 1 } } };

async function asking(from: PictureGraph, answer: PictureGraph | string | null) {
  const asked: Asked[] = [];
  const gone = await goOn(from, 'DOWNSTREAM', async (one) => {
    asked.push(one);
    return answer;
  });
  return { asked, ...gone };
}

describe('going on from where a lineage was cut', () => {
  it('leaves out what stands next to a node and is held, until nothing more does', async () => {
    const more = { ...next, truncated: { reason: 'LIMIT', frontier: ['wide'], skip: { wide: 2 } } };
    const first = await asking(cut, more);
    expect(first.asked).toEqual([{ ref: 'wide', direction: 'DOWNSTREAM', maxDepth: null, skip: 1 }]);
    expect(first.graph.nodes.map(({ id }) => id)).toEqual(['wide', 'a', 'b']);
    expect(first.graph.truncated).toEqual({ reason: 'LIMIT', frontier: ['wide'], skip: { wide: 2 } });
    const last = await asking(first.graph, graph([node('wide', 'SOURCE'), node('c', 'DATASET_VERSION')], []));
    expect(last.asked[0]?.skip).toBe(2);
    expect(last.graph.truncated).toBeNull();
  });

  it('keeps what could not be read where it goes on, and says why', async () => {
    const { graph: left, failed } = await asking(cut, 'The API does not answer.');
    expect(left.truncated).toEqual({ reason: 'LIMIT', frontier: ['wide'], skip: { wide: 1 } });
    expect(failed).toBe('The API does not answer.');
  });
});
