'use client';

import Link from 'next/link';
import { useMemo, useState } from 'react';
import { paths } from '@/navigation/paths.ts';
import { Badge } from '@/ui/Badge.tsx';
import { Button } from '@/ui/Button.tsx';
import { CitationMark } from '@/ui/CitationMark.tsx';
import { EmptyState } from '@/ui/EmptyState.tsx';
import { Input } from '@/ui/Field.tsx';
import { ShareRange, Unknown } from '@/ui/Figure.tsx';
import { plural } from '@/ui/numbers.ts';
import { Table, Td, Th } from '@/ui/Table.tsx';
import { emptyWords } from './empty-words.ts';
import type { Direction } from './explorer-state.ts';
import { disputedShare, KIND_WORDS } from './lineage-words.ts';
import type { PictureDispute, PictureGraph, PictureNode } from './picture-graph.ts';
import { type LineageRow, matches, type RowMarks, tableRows } from './table-rows.ts';

const AT_ONCE = 200;

/** The same lineage as the picture, one line an edge, for reading, searching and screen readers. */
export function LineageTable(props: {
  graph: PictureGraph;
  direction: Direction;
  /** The past moment that it is of; null for now. */
  knownOn: string | null;
  /** Whether filters leave something out, so that an empty table does not say that nothing is recorded. */
  filtered: boolean;
  marks: RowMarks;
  /** The edge whose panel is open. */
  open: string | null;
  onEdge: (id: string) => void;
}) {
  const { graph, marks } = props;
  const [typed, setTyped] = useState('');
  const [shown, setShown] = useState(AT_ONCE);
  const rows = useMemo(() => tableRows(graph, marks), [graph, marks]);
  const found = useMemo(() => rows.filter((row) => matches(row, typed)), [rows, typed]);
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <div className="flex flex-wrap items-center gap-3">
        <div className="w-72 max-w-full">
          <Input
            type="search"
            aria-label="Search the lineage"
            placeholder="Search by name or reference"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        </div>
        <p className="text-sm text-ink-2" role="status">
          {typed ? `${found.length} of ${plural(rows.length, 'row')}` : plural(rows.length, 'row')}
        </p>
      </div>
      {found.length === 0 ? (
        <EmptyState
          {...emptyWords(rows.length > 0, props.filtered, props.direction)}
          action={rows.length ? <Button onClick={() => setTyped('')}>Clear the search</Button> : undefined}
        />
      ) : (
        <Table label="Lineage as a table">
          <thead>
            <tr>
              <Th>Downstream</Th>
              <Th>Relation</Th>
              <Th>Upstream</Th>
              <Th align="right">Share</Th>
              <Th>Amount</Th>
              <Th>Asserted by</Th>
              <Th>
                <span className="sr-only">Who asserted it, on which evidence</span>
              </Th>
            </tr>
          </thead>
          <tbody>
            {found.slice(0, shown).map((row) => (
              <Row
                key={row.id}
                row={row}
                knownOn={props.knownOn}
                open={row.id === props.open}
                onEdge={props.onEdge}
              />
            ))}
          </tbody>
        </Table>
      )}
      {found.length > shown ? (
        <Button onClick={() => setShown(shown + AT_ONCE)}>
          Show {Math.min(AT_ONCE, found.length - shown)} more of {found.length - shown}
        </Button>
      ) : null}
    </div>
  );
}

function Row(props: {
  row: LineageRow;
  knownOn: string | null;
  open: boolean;
  onEdge: (id: string) => void;
}) {
  const { row, knownOn, open } = props;
  const said = `${row.downstream.label} ${row.relation} ${row.upstream?.label ?? ''}`;
  return (
    <tr className={open ? 'bg-accent-soft' : undefined}>
      <Td>
        <NodeLink node={row.downstream} knownOn={knownOn} />
      </Td>
      <Td className="whitespace-nowrap text-ink-2">{row.relation}</Td>
      <Td>
        {row.upstream ? (
          <NodeLink node={row.upstream} knownOn={knownOn} />
        ) : (
          <span className="inline-flex items-center gap-2 text-ink-2">
            <span
              aria-hidden="true"
              className="hatched inline-block h-3 w-5 rounded-sm border border-line-strong"
            />
            {row.reason}
          </span>
        )}
      </Td>
      <Td align="right">
        {row.mass ? (
          <ShareRange lower={row.share} upper={row.shareUpper} />
        ) : (
          <span className="text-ink-3">–</span>
        )}
      </Td>
      <Td className="whitespace-nowrap">
        {row.amount ??
          (row.mass && row.upstream ? <Unknown what="not stated" /> : <span className="text-ink-3">–</span>)}
      </Td>
      <Td>
        <span className="inline-flex flex-wrap items-center gap-1.5">
          {row.assertedBy ? (
            <span className="whitespace-nowrap">
              {row.assertedBy}
              <CitationMark citation={row.citation} of={said} />
            </span>
          ) : (
            <span className="text-ink-3">–</span>
          )}
          {row.marks.map((mark) => (
            <Badge key={mark.text} tone={mark.tone}>
              {mark.text}
            </Badge>
          ))}
        </span>
        {row.disputes.map((d) => (
          <span key={d.id} className="block max-w-80 min-w-48 text-xs text-warning">
            {disputeText(d)}
          </span>
        ))}
      </Td>
      <Td align="right">
        {row.opens ? (
          <Button
            size="sm"
            look="quiet"
            aria-pressed={open}
            aria-label={`Evidence: ${said}`}
            onClick={() => props.onEdge(row.id)}
          >
            Evidence
          </Button>
        ) : null}
      </Td>
    </tr>
  );
}

function disputeText(dispute: PictureDispute): string {
  const share = disputedShare(dispute.shareLower, dispute.shareUpper);
  const of = dispute.ofStatement ? ', of the whole statement' : '';
  return `${dispute.by}${of}: ${dispute.statement}${share === null ? '' : ` (${share})`}`;
}

function NodeLink({ node, knownOn }: { node: PictureNode; knownOn: string | null }) {
  return (
    <span className="flex min-w-40 flex-col">
      <Link
        href={paths.ofRef(node.ref, { asOf: knownOn })}
        className="font-medium text-ink hover:text-accent hover:underline"
      >
        {node.label}
      </Link>
      <span className="text-xs text-ink-3">{KIND_WORDS[node.kind]}</span>
    </span>
  );
}
