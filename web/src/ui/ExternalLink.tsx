import type { ReactNode } from 'react';
import { safeHref } from './safe-href.ts';

/** A link out, only to an address of the web; anything else is shown as plain text. */
export function ExternalLink({ href, children }: { href: string; children?: ReactNode }) {
  const safe = safeHref(href);
  if (!safe) return <span className="break-words">{children ?? href}</span>;
  return (
    <a
      href={safe}
      target="_blank"
      rel="noopener noreferrer nofollow"
      className="break-words text-accent underline decoration-accent-line underline-offset-2 hover:decoration-current"
    >
      {children ?? href}
    </a>
  );
}
