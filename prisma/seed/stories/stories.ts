import type { Story } from '../story.ts';
import { alignmentPretraining } from './alignment-pretraining.ts';
import { olmo2 } from './olmo-2.ts';
import { opus4Blackmail } from './opus-4-blackmail.ts';
import { thePilePythia } from './the-pile-pythia.ts';

/** In the order of recording: later stories use what earlier ones registered, and the flagship is the newest. */
export const STORIES: readonly Story[] = [thePilePythia, olmo2, alignmentPretraining, opus4Blackmail];
