import type { ReactNode } from 'react';
import { safeHref } from './safe-href.ts';

/**
 * The one way out of the site for an address that comes from data: only to an address of the web, and it says where to.
 * Anything else is shown as plain text.
 */
export function ExternalLink({ href, children }: { href: string; children?: ReactNode }) {
  const safe = safeHref(href);
  if (!safe) return <span className="break-words">{children ?? href}</span>;
  return (
    <a
      href={safe}
      title={children ? safe : undefined}
      target="_blank"
      rel="noopener noreferrer nofollow"
      className="break-words text-accent underline decoration-accent-line underline-offset-2 hover:decoration-current"
    >
      {children ?? href}
    </a>
  );
}
