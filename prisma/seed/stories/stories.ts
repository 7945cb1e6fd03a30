import type { Story } from '../story.ts';
import { alignmentPretraining } from './alignment-pretraining.ts';
import { olmo2 } from './olmo-2.ts';
import { opus4Blackmail } from './opus-4-blackmail.ts';
import { releaseDates } from './release-dates.ts';
import { thePilePythia } from './the-pile-pythia.ts';

/**
 * In the order of recording: later stories use what earlier ones registered. The flagship is the newest of those that
 * tell of something; when its models were announced is said last.
 */
export const STORIES: readonly Story[] = [
  thePilePythia,
  olmo2,
  alignmentPretraining,
  opus4Blackmail,
  releaseDates,
];
