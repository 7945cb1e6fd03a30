import Link from 'next/link';
import type { ReactNode } from 'react';
import { cx } from '../ui/classes.ts';
import { pathOfRef } from './paths.ts';

export const linkLook = 'rounded-sm text-accent underline-offset-2 hover:underline';

/** For a link inside a sentence, which must be told from its text by more than colour. */
export const textLinkLook = `${linkLook} underline decoration-accent-line`;

/** A link to a node's page by its reference, labelled as the node is; as known on a day where one is given. */
export function RefLink(props: {
  refOf: string;
  asOf?: string | null;
  className?: string;
  children: ReactNode;
}) {
  return (
    <Link
      href={pathOfRef(props.refOf, { asOf: props.asOf })}
      title={props.refOf}
      className={cx(linkLook, 'break-words', props.className)}
    >
      {props.children}
    </Link>
  );
}
