import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { collapse } from './collapse.ts';
import { DisputeLines, DisputeNotice } from './Disputes.tsx';
import { LineageTable } from './LineageTable.tsx';
import { disputedShare } from './lineage-words.ts';
import { Assertion } from './peek/Assertion.tsx';
import { readParts } from './read-lineage.ts';
import { graph } from './small-graph.ts';

const text = (markup: string) =>
  markup
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();

const AT = '2026-01-01T00:00:00.000Z';
const node = (id: string, kind: 'DATASET_VERSION' | 'SOURCE') => ({
  __typename: kind === 'SOURCE' ? ('Source' as const) : ('DatasetVersion' as const),
  id,
  ref: `${kind === 'SOURCE' ? 'source' : 'dataset'}:${id}`,
  kind,
  label: id,
  recordedAt: AT,
  retractedAt: null,
});
const said = (targetKind: 'EDGE' | 'COMPOSITION') => ({
  id: `of ${targetKind}`,
  statement: 'It was less.',
  by: { name: 'a critic' },
  recordedAt: AT,
  shareLower: 0.2,
  shareUpper: 0.4,
  targetKind,
});
const { nodes, edges } = readParts(
  [node('mix', 'DATASET_VERSION'), node('books', 'SOURCE')],
  [
    {
      id: 'mix-books',
      kind: 'DERIVED_FROM',
      downstream: { id: 'mix' },
      upstream: { id: 'books' },
      amount: null,
      unit: null,
      epochs: null,
      share: 0.5,
      shareUpper: 0.5,
      contracted: false,
      status: 'DISPUTED',
      recordedAt: AT,
      retractedAt: null,
      occurredAt: null,
      assertedBy: { name: 'someone' },
      team: { name: 'a team' },
      citation: null,
      disputes: [said('COMPOSITION'), said('EDGE')],
    },
  ],
);

describe('what is disputed', () => {
  it('marks a line of the picture whose whole statement is disputed', () => {
    const story = graph(nodes, [{ ...edges[0]!, disputes: edges[0]!.disputes.slice(0, 1) }]);
    expect(collapse(story, new Set()).edges).toMatchObject([{ disputed: 1 }]);
  });

  it('tells in the panel of a link by whom, why, with which range, and whether of the whole statement', () => {
    const panel = text(renderToStaticMarkup(<Assertion edge={edges[0]!} more={undefined} />));
    expect(panel).toMatch(
      /Disputed by a critic with the whole statement .* It was less. Says a share of 20–40%\./,
    );
    expect(panel.match(/Disputed by a critic/g)).toHaveLength(2);
    expect(panel.match(/whole statement/g)).toHaveLength(1);
  });

  it('tells the same in the table', () => {
    const table = text(
      renderToStaticMarkup(
        <LineageTable
          graph={graph(nodes, edges)}
          direction="UPSTREAM"
          knownOn={null}
          filtered={false}
          marks={{ path: new Set(), added: new Set(), shares: new Set() }}
          open={null}
          onEdge={() => undefined}
        />,
      ),
    );
    expect(table).toContain('a critic, of the whole statement: It was less. (a share of 20–40%)');
    expect(table).toContain('a critic: It was less. (a share of 20–40%)');
  });

  it('tells it of a statement, a claim and a record by itself, and nothing where nobody disagrees', () => {
    const disputes = [{ ...said('COMPOSITION'), citation: null }];
    expect(
      text(renderToStaticMarkup(<DisputeLines disputes={disputes} what="The whole statement is" />)),
    ).toBe('The whole statement is disputed by a critic: It was less. (a share of 20–40%)');
    expect(text(renderToStaticMarkup(<DisputeNotice disputes={disputes} />))).toBe(
      'This record is disputed Disputed by a critic: It was less. (a share of 20–40%)',
    );
    expect(renderToStaticMarkup(<DisputeNotice disputes={[]} />)).toBe('');
  });

  it('says of a range what is stated of it', () => {
    expect(disputedShare(null, null)).toBeNull();
    expect(disputedShare(null, 0.4)).toBe('a share of at most 40%');
    expect(disputedShare(0.2, null)).toBe('a share of at least 20%');
    expect(disputedShare(0, 0)).toBe('a share of 0%');
  });
});
