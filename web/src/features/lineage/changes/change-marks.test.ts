import { describe, expect, it } from 'vitest';
import { type Changes, changeLines, marksOf, momentsOf } from './change-marks.ts';

const AT = '2026-01-01T00:00:00.000Z';
const LATER = '2026-01-02T00:00:00.000Z';
const end = (id: string) => ({ id, ref: `source:${id}`, label: id });
const link = (id: string, share: number | null) => ({
  id,
  kind: 'DERIVED_FROM' as const,
  recordedAt: AT,
  share,
  shareUpper: share,
  assertedBy: { name: 'a person' },
  team: { name: 'a team' },
  downstream: end('mix'),
  upstream: end('books'),
});
const node = (id: string) => ({
  __typename: 'Source' as const,
  ...end(id),
  kind: 'SOURCE' as const,
  recordedAt: AT,
});

const CHANGES: Changes = {
  since: AT,
  until: LATER,
  nodesAdded: [node('books')],
  nodesRemoved: [
    {
      node: node('old'),
      reason: 'twice',
      retractedAt: LATER,
      retractedBy: { name: 'someone' },
      replacedBy: end('new'),
    },
  ],
  edgesAdded: [link('e1', 0.5)],
  edgesRemoved: [{ edge: link('e2', 0.25), reason: null, retractedAt: null, retractedBy: null }],
  sharesChanged: [{ edge: link('e3', 0.3), before: 0.2, beforeUpper: 0.2, after: 0.3, afterUpper: 0.4 }],
  disputes: [
    {
      dispute: {
        statement: 'It was less.',
        by: { name: 'a critic' },
        recordedAt: LATER,
        shareLower: null,
        shareUpper: null,
      },
      edge: null,
      composition: { node: end('mix') },
    },
  ],
  truncated: null,
};

describe('what changed', () => {
  it('is a line for everything, with who and when, and with why where that was said', () => {
    const lines = changeLines(CHANGES);
    expect(lines.map((l) => [l.kind, l.what, l.by, l.at, l.reason])).toEqual([
      ['added', 'Source books', null, AT, null],
      ['added', 'mix was derived from books, share 50%', 'a team', AT, null],
      ['removed', 'Source old; new stands in its place', 'someone', LATER, 'twice'],
      ['removed', 'mix was derived from books, share 25%', null, null, 'what led to it was taken back'],
      ['share', 'mix was derived from books: 20% → 30–40%', null, null, null],
      ['disputed', 'the inputs of mix: It was less.', 'a critic', LATER, null],
    ]);
    expect(new Set(lines.map((l) => l.id)).size).toBe(lines.length);
  });

  it('opens what is still there, and nothing that is not', () => {
    expect(changeLines(CHANGES).map((l) => l.node ?? l.edge)).toEqual([
      'source:books',
      'e1',
      null,
      null,
      'e3',
      null,
    ]);
  });

  it('marks what came and what moved, by recorded id', () => {
    const marks = marksOf(CHANGES);
    expect([[...marks.addedNodes], [...marks.addedEdges], [...marks.shares]]).toEqual([
      ['books'],
      ['e1'],
      ['e3'],
    ]);
  });

  it('knows every moment at which something happened', () => {
    expect(momentsOf(CHANGES)).toEqual([AT, AT, LATER, LATER]);
  });
});
