'use client';

import { ArrowDown, ArrowUp } from 'lucide-react';
import Link from 'next/link';
import type { IncidentRowFragment } from '@/graphql/generated/graphql.ts';
import { paths } from '@/navigation/paths.ts';
import { linkLook } from '@/navigation/RefLink.tsx';
import { cx } from '@/ui/classes.ts';
import { Day, Unknown } from '@/ui/Figure.tsx';
import { words } from '@/ui/numbers.ts';
import { SeverityMark } from '@/ui/SeverityMark.tsx';
import { StatusDot } from '@/ui/StatusDot.tsx';
import { Table, Td, Th } from '@/ui/Table.tsx';
import { changed, type ListState, type SortName } from './list-state.ts';

function SortableTh({ name, label, state }: { name: SortName; label: string; state: ListState }) {
  const isSorted = state.sort === name;
  const ascending = state.dir === 'asc';
  const first = name === 'title' || name === 'key' ? 'asc' : null;
  const next = isSorted ? (ascending ? null : 'asc') : first;
  const Arrow = ascending ? ArrowUp : ArrowDown;
  return (
    <Th aria-sort={isSorted ? (ascending ? 'ascending' : 'descending') : 'none'}>
      <Link
        href={changed(state, { sort: name, dir: next })}
        scroll={false}
        className="inline-flex min-h-6 items-center gap-1 rounded-sm hover:text-ink"
      >
        {label}
        {isSorted ? <Arrow className="size-3" aria-hidden /> : null}
      </Link>
    </Th>
  );
}

function Models({ row }: { row: IncidentRowFragment }) {
  const [first, ...rest] = row.modelVersions;
  if (!first) return <Unknown what="none linked" />;
  return (
    <span title={row.modelVersions.map((model) => model.label).join(', ')}>
      {first.label}
      {rest.length ? <span className="whitespace-nowrap text-ink-3"> +{rest.length}</span> : null}
    </span>
  );
}

/** One line an incident. A click on the row peeks at it; the title opens it. */
export function IncidentTable({ rows, state }: { rows: readonly IncidentRowFragment[]; state: ListState }) {
  // The panel shows these of the one that is peeked at, so the others keep their titles on one line.
  const wide = state.peek ? 'lg:hidden' : undefined;
  return (
    <Table label="Incidents">
      <thead>
        <tr>
          <Th className="w-0 pr-0">
            <span className="sr-only">Choose</span>
          </Th>
          <SortableTh name="key" label="Key" state={state} />
          <SortableTh name="title" label="Title" state={state} />
          <Th className={wide}>Behaviours</Th>
          <SortableTh name="severity" label="Severity" state={state} />
          <Th>Status</Th>
          <Th className={wide}>Setting</Th>
          <Th className={wide}>Models</Th>
          <SortableTh name="occurred" label="Occurred" state={state} />
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const key = row.key ?? row.ref;
          const isPeeked = state.peek === key;
          return (
            <tr
              key={row.id}
              className={cx('hover:bg-sunken', isPeeked && 'bg-accent-soft hover:bg-accent-soft')}
            >
              <Td className="w-0 pr-0">
                <label className="grid size-6 place-items-center">
                  <input
                    type="checkbox"
                    name="incidents"
                    value={key}
                    aria-label={`Choose ${row.key ?? row.title}`}
                    className="size-4 accent-[var(--accent)]"
                  />
                </label>
              </Td>
              <Td>
                <Link
                  href={changed(state, { peek: isPeeked ? null : key })}
                  scroll={false}
                  aria-label={`Peek at ${row.key ?? `draft ${row.title}`}`}
                  aria-current={isPeeked ? 'true' : undefined}
                  data-peek={key}
                  className={cx(linkLook, 'font-mono text-xs whitespace-nowrap')}
                >
                  {row.key ?? 'draft'}
                </Link>
              </Td>
              <Td className="min-w-48 [overflow-wrap:anywhere] sm:min-w-72">
                <Link href={paths.incident(key)} className="font-medium hover:text-accent hover:underline">
                  {row.title}
                </Link>
              </Td>
              <Td className={cx('min-w-36 text-ink-2', wide)}>
                {row.behaviors.length ? row.behaviors.map((one) => one.title).join(', ') : <Unknown />}
              </Td>
              <Td>
                <SeverityMark severity={row.severity} />
              </Td>
              <Td>
                <StatusDot status={row.status} />
              </Td>
              <Td className={cx('whitespace-nowrap text-ink-2', wide)}>{words(row.setting)}</Td>
              <Td className={cx('min-w-48 break-words', wide)}>
                <Models row={row} />
              </Td>
              <Td>
                <Day value={row.occurredAt} />
              </Td>
            </tr>
          );
        })}
      </tbody>
    </Table>
  );
}
