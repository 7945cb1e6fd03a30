import Link from 'next/link';
import { textLinkLook } from '../../navigation/RefLink.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { moment } from '../../ui/numbers.ts';

/** At the head of a page whose address asks for a past moment: what of it is as it was known then, and what is of now. */
export function KnownOn(props: {
  /** The moment that the address asks for; null where it asks for none. */
  at: string | null;
  /** The same page as known now. */
  now: string;
  /** What stands on the page as it stands now all the same, in words that go with "are"; none where nothing does. */
  ofNow?: string;
}) {
  if (props.at === null) return null;
  return (
    <Notice className="mb-4">
      As known on <time dateTime={props.at}>{moment(props.at)}</time>
      {props.ofNow ? `; ${props.ofNow} are as recorded now` : ''} ·{' '}
      <Link href={props.now} className={textLinkLook}>
        now
      </Link>
    </Notice>
  );
}
