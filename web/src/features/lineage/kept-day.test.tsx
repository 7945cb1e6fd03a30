import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { ImpactTable } from './impact/ImpactTable.tsx';
import { LineageTable } from './LineageTable.tsx';
import { FoldMembers } from './peek/FoldMembers.tsx';
import { edge, graph, node } from './small-graph.ts';

const DAY = '2026-05-08T23:59:59.999Z';
const KEPT = '?asOf=2026-05-08T23%3A59%3A59.999Z';
const MIXTURE = node('dataset:mixture@1', 'DATASET_VERSION');
const NOVELS = node('source:novels', 'SOURCE');
const SMALL = graph([MIXTURE, NOVELS], [edge(MIXTURE.id, 'DERIVED_FROM', NOVELS.id, 0.5)]);

const linksOf = (markup: string) => [...markup.matchAll(/href="([^"]+)"/g)].map(([, href]) => href);

const table = (knownOn: string | null) =>
  renderToStaticMarkup(
    <LineageTable
      graph={SMALL}
      direction="UPSTREAM"
      knownOn={knownOn}
      filtered={false}
      marks={{ path: new Set(), added: new Set(), shares: new Set() }}
      open={null}
      onEdge={() => undefined}
    />,
  );

describe('links out of an answer about a past day', () => {
  it('keep the day in the lineage as a table', () => {
    expect(linksOf(table(DAY))).toEqual([`/datasets/mixture/1${KEPT}`, `/sources/novels${KEPT}`]);
    expect(linksOf(table(null))).toEqual(['/datasets/mixture/1', '/sources/novels']);
  });

  it('keep it in the list of what is folded into one box', () => {
    const nothing = () => undefined;
    const markup = renderToStaticMarkup(
      <FoldMembers graph={SMALL} members={[NOVELS]} knownOn={DAY} onDraw={nothing} onDrawAll={nothing} />,
    );
    expect(linksOf(markup)).toEqual([`/sources/novels${KEPT}`]);
  });

  it('keep it in the list of what was reached', () => {
    const row = {
      kind: 'DATASET_VERSION',
      ref: 'dataset:mixture@1',
      label: 'mixture@1',
      team: 'a team',
      reached: true,
      title: null,
      severity: null,
      status: null,
    } as const;
    const markup = renderToStaticMarkup(<ImpactTable team="a team" rows={[row]} knownOn={DAY} />);
    expect(linksOf(markup)).toEqual([`/datasets/mixture/1${KEPT}`]);
  });
});
