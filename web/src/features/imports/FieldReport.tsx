'use client';

import { useState } from 'react';
import type { ImportFieldsFragment } from '@/graphql/generated/graphql.ts';
import { Badge, type Tone } from '@/ui/Badge.tsx';
import { Button } from '@/ui/Button.tsx';
import { Input } from '@/ui/Field.tsx';
import { grouped, plural } from '@/ui/numbers.ts';
import { Table, Td, Th } from '@/ui/Table.tsx';
import {
  FATE_WORDS,
  FATES,
  type Fate,
  type FieldFate,
  fatesInWords,
  fieldFates,
  findFields,
} from './field-fates.ts';

const TONES: Record<Fate, Tone> = {
  KEPT: 'neutral',
  DERIVED: 'accent',
  LEFT_OUT: 'warning',
  NOT_UNDERSTOOD: 'danger',
};

/** What became of every field of a file: folded, as most look for a single one or for none. */
export function FieldReport({ of }: { of: ImportFieldsFragment }) {
  const all = fieldFates(of);
  if (all.length === 0) return null;
  return (
    <details className="rounded-lg border border-line bg-surface">
      <summary className="px-4 py-3 text-sm text-accent">
        <span className="font-medium">What became of each field</span>
        <span className="ml-3 text-ink-2">{fatesInWords(all)}</span>
      </summary>
      <div className="border-t border-line p-4">
        <Search all={all} />
      </div>
    </details>
  );
}

function Search({ all }: { all: readonly FieldFate[] }) {
  const [search, setSearch] = useState('');
  const [fate, setFate] = useState<Fate | null>(null);
  const found = findFields(all, fate, search);
  const count = (of: Fate) => all.filter((one) => one.fate === of).length;
  return (
    <div className="flex flex-col gap-3 text-sm">
      <search className="flex flex-wrap items-center gap-2">
        <Input
          type="search"
          aria-label="Find a field"
          placeholder="Find a field or a reason"
          className="w-64 max-w-full"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
        <fieldset className="flex flex-wrap gap-1.5">
          <legend className="sr-only">Only those</legend>
          {FATES.filter((one) => count(one) > 0).map((one) => (
            <Button
              key={one}
              size="sm"
              aria-pressed={fate === one}
              className="aria-pressed:border-accent-line aria-pressed:bg-accent-soft aria-pressed:text-accent"
              onClick={() => setFate(fate === one ? null : one)}
            >
              {`${FATE_WORDS[one]} ${grouped(count(one))}`}
            </Button>
          ))}
        </fieldset>
        <span role="status" className="text-ink-2">
          {found.length === all.length
            ? plural(all.length, 'field')
            : `${grouped(found.length)} of ${plural(all.length, 'field')}`}
        </span>
      </search>
      {found.length === 0 ? (
        <p className="text-ink-2">
          No field is like that.{' '}
          <Button
            size="sm"
            look="quiet"
            onClick={() => {
              setSearch('');
              setFate(null);
            }}
          >
            Show all
          </Button>
        </p>
      ) : (
        <Table label="Fields of the file" className="max-h-[28rem] overflow-y-auto">
          <thead className="sticky top-0 z-10">
            <tr>
              <Th>Field</Th>
              <Th>What became of it</Th>
              <Th>As what, or why</Th>
            </tr>
          </thead>
          <tbody>
            {found.map((one) => (
              <tr key={`${one.fate} ${one.field} ${one.what}`}>
                <Td className="max-w-72 min-w-40 font-mono text-xs break-all">
                  {one.field}
                  {one.count === null ? null : (
                    <span className="font-sans whitespace-nowrap text-ink-3">{` × ${grouped(one.count)}`}</span>
                  )}
                </Td>
                <Td>
                  <Badge tone={TONES[one.fate]}>{FATE_WORDS[one.fate]}</Badge>
                </Td>
                <Td className="min-w-56 break-words text-ink-2">{one.what}</Td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
    </div>
  );
}
