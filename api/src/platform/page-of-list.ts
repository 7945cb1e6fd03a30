import { type Cursors, DEFAULT_PAGE, LARGEST_PAGE, type PageArguments } from './page.ts';
import { InputRefusal } from './refusal.ts';

/** An array, or one of numbers. */
interface List<T> {
  readonly length: number;
  slice(start: number, end: number): Iterable<T>;
  findIndex(holds: (element: T) => boolean): number;
}

/** Of cursors of lists in memory: each holds what tells an element, which the list then has or has not. */
const KEY = 'key';

/**
 * One page forwards of a list that was worked out and is in memory; `keyOf` tells an element from all others of the
 * list, and is what its cursor holds. InputRefusal for sizes outside 0 to 100, and a cursor of nothing in the list.
 */
export function pageOfList<T>(
  context: { cursors: Cursors },
  list: List<T>,
  keyOf: (element: T) => string,
  { first: asked, after }: PageArguments,
) {
  const first = asked ?? DEFAULT_PAGE;
  if (first < 0 || first > LARGEST_PAGE)
    throw new InputRefusal(['first'], `first must be from 0 to ${LARGEST_PAGE}.`, `0 to ${LARGEST_PAGE}`);
  const start = after == null ? 0 : placeAfter(context, list, keyOf, after);
  const nodes = [...list.slice(start, start + first)];
  return {
    nodes,
    page: {
      size: nodes.length,
      cursorOf: (place: number) => context.cursors.seal(KEY, [keyOf(nodes[place]!)]),
      hasNextPage: start + first < list.length,
      hasPreviousPage: start > 0,
    },
    totalCount: async () => list.length,
  };
}

function placeAfter<T>(
  context: { cursors: Cursors },
  list: List<T>,
  keyOf: (element: T) => string,
  cursor: string,
): number {
  const [key] = context.cursors.open(KEY, cursor) ?? [];
  const place = list.findIndex((element) => keyOf(element) === key);
  if (place === -1)
    throw new InputRefusal(
      ['after'],
      'The cursor is not one of this list.',
      'a cursor from pageInfo or edges',
    );
  return place + 1;
}
