import type { RereadingFragment } from '@/graphql/generated/graphql.ts';
import { grouped, plural } from '@/ui/numbers.ts';

/** How many eval runs of a file were gone through again, and how many of them say otherwise. */
export function howFar({ runs, read, made, by }: Omit<RereadingFragment, 'since' | 'error'>): string {
  const otherwise = made === 0 ? 'none says' : made === 1 ? 'one says' : `${grouped(made)} say`;
  return `Read again for ${by.name}: ${grouped(read)} of ${plural(runs, 'eval run')}; ${otherwise} otherwise so far.`;
}
