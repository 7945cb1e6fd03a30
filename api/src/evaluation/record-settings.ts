// What a record of every_eval_ever says of how its figures came to be.
import type { Json } from '../platform/json.ts';
import { type JsonObject, object } from './said-settings.ts';

export const EVERY_EVAL_EVER = 'every_eval_ever';
/** Where the metadata of a run of a record has what it says of its settings. */
export const RECORD_FIELDS = ['eval_library', 'generation_config'] as const;

export const LIBRARY = 'evaluation library';
export const LIBRARY_VERSION = 'evaluation library version';
const GENERATION = 'how the model generates';

export interface RecordSettings {
  set: [name: string, value: Json][];
  /** What it does not say, and the figures may hang on. */
  unsaid: string[];
}

/**
 * Two libraries ask the same questions in ways of their own, and so do two versions of one. How the model generates makes
 * the condition. Null where a file says neither, as one of samples alone.
 */
export function recordSettings(log: JsonObject): RecordSettings | null {
  if (RECORD_FIELDS.every((field) => log[field] == null)) return null;
  const { name, version } = object(log.eval_library);
  const said: [name: string, value: Json][] = [
    [LIBRARY, statedOf(name)],
    [LIBRARY_VERSION, statedOf(version)],
  ];
  return {
    set: said.filter(([, value]) => value !== null),
    unsaid: [
      ...said.flatMap(([what, value]) => (value === null ? [what] : [])),
      ...(log.generation_config == null ? [GENERATION] : []),
    ],
  };
}

/** The format's word for what its maker could not find out is no name. */
const statedOf = (value: Json | undefined): Json =>
  typeof value !== 'string' || value === '' || value.toLowerCase() === 'unknown' ? null : value;
