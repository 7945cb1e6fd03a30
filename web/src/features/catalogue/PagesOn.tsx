import Link from 'next/link';
import { textLinkLook } from '../../navigation/RefLink.tsx';

/** Under a part of a list that goes on, or is not its beginning: how much of it is shown, and the ways to the rest. */
export function PagesOn(props: {
  shown: number;
  /** All that there are, in words: `200 versions`. */
  of: string;
  /** Where the list begins; null on its first page. */
  first: string | null;
  /** Where it goes on; null on its last page. */
  more: string | null;
}) {
  const { first, more } = props;
  if (first === null && more === null) return null;
  return (
    <p className="mt-3 flex flex-wrap gap-x-4 gap-y-1 text-sm text-ink-2">
      <span>
        {first === null ? 'The first ' : ''}
        {props.shown} of {props.of} are shown.
      </span>
      {first === null ? null : (
        <Link href={first} className={textLinkLook}>
          First page
        </Link>
      )}
      {more === null ? null : (
        <Link href={more} className={textLinkLook}>
          More
        </Link>
      )}
    </p>
  );
}
