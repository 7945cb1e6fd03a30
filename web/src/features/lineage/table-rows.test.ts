import { describe, expect, it } from 'vitest';
import { edge, graph, node } from './small-graph.ts';
import { tableRows } from './table-rows.ts';

const disputed = {
  ...edge('mix', 'DERIVED_FROM', 'books', 0.5),
  status: 'DISPUTED' as const,
  disputes: [
    {
      id: 'd',
      ofStatement: false,
      statement: 'It was less.',
      by: 'a critic',
      recordedAt: '',
      shareLower: 0.1,
      shareUpper: 0.2,
    },
  ],
};
const contracted = { ...edge('mix', 'DERIVED_FROM', 'web', 0.4), contracted: true };
const story = graph(
  [node('mix', 'DATASET_VERSION'), node('books', 'SOURCE'), node('web', 'SOURCE')],
  [disputed, contracted],
  {
    unaccounted: [{ node: 'mix', share: 0.1, shareUpper: 0.1, reason: 'NOT_RECORDED' }],
  },
);

describe('the table of a lineage', () => {
  it('says what the picture shows: disputes in words, links through nodes not shown, what is unaccounted', () => {
    const [first, second, third] = tableRows(story);
    expect(first).toMatchObject({ assertedBy: 'a team', opens: true, disputes: [{ by: 'a critic' }] });
    expect(first?.marks.map((m) => m.text)).toEqual(['Disputed']);
    expect(second).toMatchObject({ assertedBy: null, opens: true });
    expect(second?.marks.map((m) => m.text)).toEqual(['Through nodes not shown']);
    expect(third).toMatchObject({ relation: 'unaccounted', upstream: null, opens: false });
  });

  it('marks what is on a path, what came since and which shares moved', () => {
    const marks = {
      path: new Set(['mix-books']),
      added: new Set(['mix-web']),
      shares: new Set(['mix-books']),
    };
    expect(tableRows(story, marks).map((r) => r.marks.map((m) => m.text))).toEqual([
      ['Disputed', 'On the path', 'Share changed'],
      ['Recorded since', 'Through nodes not shown'],
      [],
    ]);
  });
});
