import type { ReactNode } from 'react';

/** What is there for the eye alone: every mark says its figures itself, so that axes need not be read out. */
export function Silent({ children }: { children: ReactNode }) {
  // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a group of an SVG takes no focus
  return <g aria-hidden="true">{children}</g>;
}
