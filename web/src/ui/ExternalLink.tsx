import type { ReactNode } from 'react';

const SAFE = /^https?:\/\//i;

/** A link out, only by http(s); anything else is shown as plain text. */
export function ExternalLink({ href, children }: { href: string; children?: ReactNode }) {
  if (!SAFE.test(href)) return <span className="break-words">{children ?? href}</span>;
  return (
    <a
      href={href}
      target="_blank"
      rel="noopener noreferrer nofollow"
      className="text-accent underline decoration-accent-line underline-offset-2 hover:decoration-current"
    >
      {children ?? href}
    </a>
  );
}
