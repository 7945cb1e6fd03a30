import type { Confirmed } from '../known-here.ts';
import type { FilePlan } from '../planned.ts';
import type { Outline } from './outline.ts';
import type { ReadableFile } from './readable-file.ts';

/** A format of evaluation results that can be brought in. */
export interface EvalFormat {
  /** As people call it. */
  name: string;
  /** Whether a file of this outline is of this format. */
  tells(outline: Outline): boolean;
  /** Throws UnfitLog with the reason. */
  read(file: ReadableFile, confirmed: Confirmed): Promise<FilePlan>;
}
