import Link from 'next/link';
import type { ReactNode } from 'react';
import { Button } from '@/ui/Button.tsx';
import { EmptyState } from '@/ui/EmptyState.tsx';
import { Input } from '@/ui/Field.tsx';
import { plural } from '@/ui/numbers.ts';
import type { CatalogueState } from './catalogue-state.ts';

/** Searches a list by its address, so that it works before any script has loaded and can be shared. */
export function CatalogueSearch(props: { action: string; label: string; state: CatalogueState }) {
  return (
    <search>
      <form action={props.action} className="mb-4 flex max-w-xl gap-2">
        <Input
          key={props.state.search}
          type="search"
          name="search"
          aria-label={props.label}
          placeholder={props.label}
          defaultValue={props.state.search ?? ''}
        />
        <Button type="submit" className="h-9">
          Search
        </Button>
      </form>
    </search>
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

/** The two empties of a list: nothing yet, with how the first comes in, and nothing that matches. */
export function CatalogueEmpty(props: {
  state: CatalogueState;
  noun: string;
  /** Its plural, where that is not the noun and an s. */
  nouns?: string;
  clear: string;
  children: ReactNode;
}) {
  if (props.state.search) {
    return (
      <EmptyState
        kind="no-match"
        title={`No ${props.noun} matches “${props.state.search}”`}
        action={
          <Button asChild>
            <Link href={props.clear}>Clear the search</Link>
          </Button>
        }
      />
    );
  }
  return (
    <EmptyState kind="none" title={`No ${props.nouns ?? `${props.noun}s`} yet`}>
      {props.children}
    </EmptyState>
  );
}
