import { AccessRefusal } from '../platform/refusal.ts';
import { ROUTE } from './permissions.ts';
import { permits, type RuleName } from './rules.ts';
import type { Viewer } from './viewer.ts';

export type RouteName = keyof typeof ROUTE;

/** Throws an AccessRefusal that says why, where the rule does not let the viewer through. */
export function letThrough(viewer: Viewer, rule: RuleName): void {
  const { allowed, reason } = permits(viewer, rule);
  if (!allowed)
    throw new AccessRefusal(
      viewer.kind === 'anonymous' ? 'UNAUTHENTICATED' : 'FORBIDDEN',
      reason ?? 'Not allowed.',
    );
}

/** The same by the rule that the route stands under in the list. */
export function enterRoute(viewer: Viewer, route: RouteName): void {
  letThrough(viewer, ROUTE[route]);
}
