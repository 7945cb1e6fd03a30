import type { InterfaceRef, ObjectRef } from '@pothos/core';
import type { PagePlace } from '../platform/page.ts';
import { builder, type Types } from './builder.ts';
import { AHEAD, type Ahead } from './loaded.ts';

/** What a connection resolves from: a page, and the count of all, asked for only where selected. */
export interface Connection<T> {
  page: PagePlace;
  nodes: T[];
  totalCount: () => Promise<number>;
}

const PageInfo = builder.objectRef<Connection<unknown>['page']>('PageInfo').implement({
  description: 'Where a page of a connection stands.',
  fields: (t) => ({
    hasNextPage: t.exposeBoolean('hasNextPage', { description: 'Whether more follow.' }),
    hasPreviousPage: t.exposeBoolean('hasPreviousPage', { description: 'Whether some come before.' }),
    startCursor: t.string({
      nullable: true,
      description: 'The cursor of the first element; null on an empty page.',
      resolve: (page) => (page.size === 0 ? null : page.cursorOf(0)),
    }),
    endCursor: t.string({
      nullable: true,
      description: 'The cursor of the last element; null on an empty page.',
      resolve: (page) => (page.size === 0 ? null : page.cursorOf(page.size - 1)),
    }),
  }),
});

const nodesOfEdges: Ahead = {
  read: async (_context, edges) => edges.map((edge) => (edge as { node: unknown }).node),
};

/** Makes the types `NAMEConnection` and its edge. `edgeName` is `NAMEEdge` unless that name is taken. */
export function connectionOf<T>(
  name: string,
  node: ObjectRef<Types, T> | InterfaceRef<Types, T>,
  edgeName = `${name}Edge`,
): ObjectRef<Types, Connection<T>> {
  const Edge = builder.objectRef<{ page: PagePlace; place: number; node: T }>(edgeName).implement({
    description: `One element of a ${name}Connection.`,
    fields: (t) => ({
      cursor: t.string({
        description: 'Where the element stands in the list.',
        resolve: ({ page, place }) => page.cursorOf(place),
      }),
      node: t.field({
        type: node,
        description: 'The element.',
        resolve: (edge) => edge.node as never,
        extensions: { [AHEAD]: nodesOfEdges },
      }),
    }),
  });
  const ref = builder.objectRef<Connection<T>>(`${name}Connection`);
  ref.implement({
    description: `A page of a list of ${name}, in Relay's form.`,
    fields: (t) => ({
      edges: t.field({
        type: [Edge],
        description: 'The elements with their cursors.',
        resolve: (c) => c.nodes.map((node, place) => ({ page: c.page, place, node })),
      }),
      nodes: t.field({ type: [node], description: 'The elements alone.', resolve: (c) => c.nodes as never }),
      pageInfo: t.field({ type: PageInfo, description: 'Where the page stands.', resolve: (c) => c.page }),
      totalCount: t.int({
        description: 'How many elements the viewer may see in all pages together.',
        resolve: (c) => c.totalCount(),
      }),
    }),
  });
  return ref;
}

/** The four arguments of a connection, described. */
export function pageArguments(t: PothosArgs) {
  return {
    first: t.arg.int({ description: 'At most so many from the start: 20 by default, 100 at most.' }),
    after: t.arg.string({ description: 'Only elements after this cursor.' }),
    last: t.arg.int({ description: 'At most so many from the end: 100 at most.' }),
    before: t.arg.string({ description: 'Only elements before this cursor.' }),
  };
}

/** The two arguments of a connection that is only paged forwards. */
export function forwardArguments(t: PothosArgs) {
  const { first, after } = pageArguments(t);
  return { first, after };
}

type PothosArgs = Pick<PothosSchemaTypes.FieldBuilder<Types, unknown>, 'arg'>;
