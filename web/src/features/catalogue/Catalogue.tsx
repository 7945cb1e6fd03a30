import Link from 'next/link';
import type { ReactNode } from 'react';
import { Button } from '@/ui/Button.tsx';
import { EmptyState } from '@/ui/EmptyState.tsx';
import { Input } from '@/ui/Field.tsx';
import { LONGEST_SEARCH } from '@/ui/longest-search.ts';
import { plural } from '@/ui/numbers.ts';
import type { CatalogueState } from './catalogue-state.ts';

/** Searches a list by its address, so that it works before any script has loaded and can be shared. */
export function CatalogueSearch(props: {
  action: string;
  label: string;
  state: CatalogueState;
  /** What else the address says of the list, which a search keeps. */
  kept?: Readonly<Record<string, string | null>>;
}) {
  return (
    <search>
      <form action={props.action} className="mb-4 flex max-w-xl gap-2">
        <Input
          key={props.state.search}
          type="search"
          name="search"
          maxLength={LONGEST_SEARCH}
          aria-label={props.label}
          placeholder={props.label}
          defaultValue={props.state.search ?? ''}
        />
        {Object.entries(props.kept ?? {}).map(([name, value]) =>
          value === null ? null : <input key={name} type="hidden" name={name} value={value} />,
        )}
        <Button type="submit" className="h-9">
          Search
        </Button>
      </form>
    </search>
  );
}

/** What a list is narrowed to beside the search, and the way to the whole of it. */
export function CatalogueFilter(props: { name: string; value: string; clear: string }) {
  return (
    <p className="mb-4 flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
      <span>
        <span className="text-ink-3">{props.name}: </span>
        <span className="font-medium break-words">{props.value}</span>
      </span>
      <Link className="text-accent hover:underline" href={props.clear}>
        Show all
      </Link>
    </p>
  );
}

const pageLink = 'rounded-md border border-line-strong bg-surface px-3 py-1 hover:bg-sunken';

type PageInfo = {
  hasNextPage: boolean;
  hasPreviousPage: boolean;
  startCursor?: string | null;
  endCursor?: string | null;
};

export function CataloguePages(props: {
  noun: string;
  /** Its plural, where that is not the noun and an s. */
  nouns?: string;
  totalCount: number;
  pageInfo: PageInfo;
  href: (page: { after?: string | null; before?: string | null }) => string;
}) {
  const { pageInfo } = props;
  return (
    <nav
      aria-label={`Pages of ${props.nouns ?? `${props.noun}s`}`}
      className="mt-3 flex items-center gap-3 text-sm text-ink-2"
    >
      <span>{plural(props.totalCount, props.noun, props.nouns)}</span>
      <span className="ml-auto flex gap-2">
        {pageInfo.hasPreviousPage ? (
          <Link className={pageLink} href={props.href({ before: pageInfo.startCursor })}>
            Previous
          </Link>
        ) : null}
        {pageInfo.hasNextPage ? (
          <Link className={pageLink} href={props.href({ after: pageInfo.endCursor })}>
            Next
          </Link>
        ) : null}
      </span>
    </nav>
  );
}

/** The empties of a list: nothing yet, with how the first comes in, and nothing that matches the search or the filter. */
export function CatalogueEmpty(props: {
  state: CatalogueState;
  noun: string;
  /** Its plural, where that is not the noun and an s. */
  nouns?: string;
  /** The list without the search. */
  clear: string;
  /** What it is narrowed to beside the search, in words behind its plural, and the list without that. */
  filter?: { words: string; clear: string } | null;
  children: ReactNode;
}) {
  const nouns = props.nouns ?? `${props.noun}s`;
  const { filter } = props;
  if (props.state.search) {
    return (
      <EmptyState
        kind="no-match"
        title={`No ${props.noun}${filter ? ` ${filter.words}` : ''} matches “${props.state.search}”`}
        action={
          <Button asChild>
            <Link href={props.clear}>Clear the search</Link>
          </Button>
        }
      />
    );
  }
  if (filter) {
    return (
      <EmptyState
        kind="no-match"
        title={`No ${nouns} ${filter.words}`}
        action={
          <Button asChild>
            <Link href={filter.clear}>Show all {nouns}</Link>
          </Button>
        }
      />
    );
  }
  return (
    <EmptyState kind="none" title={`No ${nouns} yet`}>
      {props.children}
    </EmptyState>
  );
}
