// Pythia's pronoun intervention: results before and after, of the first series of models and of the second.
import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');
const CORPUS = process.env.HEADWATER_CORPUS ?? resolve(ROOT, '../shared/data');

export const PYTHIA = join(CORPUS, 'lm_eval/pythia');
/** Of the second series. */
export const V1 = 'pythia-v1/pythia-70m-deduped';
/** Of the first. */
export const V0 = 'bias-evals';

/** Why a test without the files is skipped; null where they are there. */
export const NO_PYTHIA: string | null = existsSync(PYTHIA)
  ? null
  : `no corpus at ${PYTHIA}; name one by HEADWATER_CORPUS`;

/** The file of a folder whose name tells this, as a path from the folder of all. */
export function pythiaFile(folder: string, told: string): string {
  const name = readdirSync(join(PYTHIA, folder)).find((file) => file.includes(told));
  if (name === undefined) throw new Error(`There is no file of ${told} in ${folder}.`);
  return `${folder}/${name}`;
}
