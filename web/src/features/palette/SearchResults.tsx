'use client';

import { Command } from 'cmdk';
import { useEffect, useState } from 'react';
import { useGraphQL } from '@/graphql/browser.ts';
import { graphql } from '@/graphql/generated/index.ts';
import { paths } from '@/navigation/paths.ts';
import { words } from '@/ui/numbers.ts';

const SEARCH = graphql(`
  query PaletteSearch($query: String!) {
    search(query: $query, first: 12) {
      totalCount
      nodes {
        kind label ref snippet
        node {
          __typename
          ... on Node { id }
          ... on Dataset { name }
          ... on Model { name }
          ... on Evaluation { name }
          ... on Behavior { name }
        }
      }
    }
  }
`);

interface Hit {
  ref?: string | null;
  node: { __typename: string; id?: string; name?: string };
}

function pathOfHit(hit: Hit): string | null {
  const name = hit.node.name ?? '';
  switch (hit.node.__typename) {
    case 'Dataset':
      return paths.dataset(name);
    case 'Model':
      return paths.model(name);
    case 'Evaluation':
      return paths.evaluation(name);
    case 'Behavior':
      return paths.behavior(name);
    default:
      return hit.ref ? paths.ofRef(hit.ref) : null;
  }
}

export function SearchResults(props: {
  typed: string;
  itemLook: string;
  groupLook: string;
  onChoose: (href: string) => void;
}) {
  const [settled, setSettled] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setSettled(props.typed.trim()), 180);
    return () => clearTimeout(timer);
  }, [props.typed]);
  const found = useGraphQL(SEARCH, { query: settled }, { enabled: settled.length > 1, keepPrevious: true });
  if (props.typed.trim().length < 2) return null;
  if (found.isError) {
    return (
      <p className="px-3 py-3 text-sm text-danger">The search is not reachable. {found.error.message}</p>
    );
  }
  if (!found.data) return <p className="px-3 py-3 text-sm text-ink-3">Searching…</p>;
  if (found.data.search.nodes.length === 0) {
    return <p className="px-3 py-3 text-sm text-ink-3">Nothing that you may see matches.</p>;
  }
  return (
    <Command.Group heading={`Found (${found.data.search.totalCount})`} className={props.groupLook}>
      {found.data.search.nodes.map((hit) => {
        const href = pathOfHit(hit);
        if (!href) return null;
        return (
          <Command.Item
            key={href}
            value={`found ${href}`}
            className={props.itemLook}
            onSelect={() => props.onChoose(href)}
          >
            <span className="min-w-0 flex-1">
              <span className="block truncate">{hit.label}</span>
              {hit.snippet ? <span className="block truncate text-xs text-ink-3">{hit.snippet}</span> : null}
            </span>
            <span className="text-xs text-ink-3">{words(hit.kind)}</span>
          </Command.Item>
        );
      })}
    </Command.Group>
  );
}
