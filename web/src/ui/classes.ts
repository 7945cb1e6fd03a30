import { type ClassValue, clsx } from 'clsx';
import { extendTailwindMerge } from 'tailwind-merge';

const merge = extendTailwindMerge({
  extend: { classGroups: { 'font-size': [{ text: ['2xs'] }] } },
});

/** Class names joined, where a later one of the same kind wins. */
export const cx = (...values: ClassValue[]): string => merge(clsx(values));
