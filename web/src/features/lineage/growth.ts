/** A part that was drawn beyond what the page came with: from a node, one level or all, one way. */
export type Growth = { ref: string; way: 'UPSTREAM' | 'DOWNSTREAM'; all: boolean };

const WAYS = { up: 'UPSTREAM', down: 'DOWNSTREAM' } as const;

/** `up.1.dataset:the-pile@1.0`, as an address says it. */
export function growthText({ ref, way, all }: Growth): string {
  return `${way === 'UPSTREAM' ? 'up' : 'down'}.${all ? 'all' : '1'}.${ref}`;
}

/** Null where the text is none. */
export function readGrowth(text: string): Growth | null {
  const [, way, depth, ref] = /^(up|down)\.(1|all)\.(.+)$/.exec(text) ?? [];
  if (!way || !ref) return null;
  return { ref, way: WAYS[way as keyof typeof WAYS], all: depth === 'all' };
}
