import type { ReactNode } from 'react';

/**
 * Something in a picture that can be pointed at and, by the arrow keys, reached: `says` is what it tells. It is no
 * link, so that marks may stand close; the frame shows the link `href` beside what it says.
 */
export function Mark(props: { says: string; href?: string; linkText?: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: it tells, and does nothing when it is pressed
    <g
      role="img"
      aria-label={props.says}
      data-mark=""
      data-href={props.href}
      data-link={props.linkText}
      // The frame makes one mark of a picture reachable, and keys go on from it.
      tabIndex={-1}
      className="outline-offset-1"
    >
      {props.children}
    </g>
  );
}
