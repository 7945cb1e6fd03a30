// What a file says of the dataset that its samples came from, and by what name that can be recorded.
import { bounded, LONGEST_NAME, thingName } from '../plan-values.ts';
import type { PlannedDataset } from '../planned.ts';

/** The version of a dataset of which a file states no revision, as it is with models. */
export const UNSTATED = 'unspecified';

export interface StatedDataset {
  /** Where it was loaded from, as the file writes it: the name of a published dataset, an address, or a path. */
  place: string | null;
  /** What the file calls it, where that is not the place. */
  title?: string | null;
  revision?: string | null;
  /** Which subset or split of it was used. */
  part?: string | null;
  /** The evaluation: what lies on somebody's own disk is told apart by it alone. */
  evaluation: string;
  /** Where the file says so. */
  field: string;
}

/** Branches and pointers: what they name is another thing tomorrow. */
const MOVING = /^(?:main|master|head|latest|default|trunk|dev|develop|stable|refs\/.*)$/i;
const OF_A_FILE = /\.(?:jsonl?|csv|tsv|txt|parquet|arrow|ya?ml|zip|gz|zst|py|xlsx?|sqlite|db)$/i;
const PUBLISHED = /^[\w][\w.+-]*(?:\/[\w][\w.+-]*)?$/;
const HUB =
  /^(?:hf:\/\/datasets\/|https?:\/\/(?:www\.)?huggingface\.co\/datasets\/)([\w.+-]+\/[\w.+-]+?)(?:@([^/]+))?(?:\/(?:resolve|blob|tree|raw)\/([^/]+))?(?:\/.*)?$/;

/** Null where the file names none, or only what names nothing: the loader of a format, or a dot. */
export function planDataset(stated: StatedDataset): PlannedDataset | null {
  const found = nameOf(stated);
  const name = found === null ? '' : thingName(found.name);
  if (found === null || name === '') return null;
  const [version] = [stated.revision, found.revision].flatMap((one) => fixedRevision(one) ?? []);
  const part = bounded(stated.part ?? '', LONGEST_NAME);
  return { name, version: version ?? UNSTATED, part: part === '' ? null : part, field: stated.field };
}

/** A revision that stays what it is; null for a branch, and where none is stated. */
export function fixedRevision(stated: string | null | undefined): string | null {
  const revision = bounded(stated ?? '', LONGEST_NAME);
  return revision === '' || MOVING.test(revision) ? null : revision;
}

function nameOf(stated: StatedDataset): { name: string; revision?: string | undefined } | null {
  const place = stated.place?.trim() ?? '';
  const title = stated.title?.trim() ?? '';
  const hub = HUB.exec(place);
  if (hub !== null) return { name: hub[1]!, revision: hub[2] ?? hub[3] };
  if (/^https?:\/\//i.test(place)) return { name: withoutSecrets(place) };
  if (PUBLISHED.test(place) && !OF_A_FILE.test(place) && (title === '' || title === place))
    return { name: place };
  const own = title === '' ? stemOf(place) : title;
  if (!/[\p{L}\p{N}]/u.test(own)) return null;
  const task = stated.evaluation.slice(stated.evaluation.lastIndexOf('/') + 1);
  return { name: own === task || own === stated.evaluation ? own : `${stated.evaluation}/${own}` };
}

/** The last part of a path, of either kind of system, without its ending: folders are of somebody's machine. */
function stemOf(path: string): string {
  const last =
    path
      .split(/[/\\]/)
      .filter((part) => part !== '')
      .at(-1) ?? '';
  return last.replace(OF_A_FILE, '');
}

/** An address without the user, the query and the fragment, in which keys are put. */
function withoutSecrets(address: string): string {
  return address.replace(/^(https?:\/\/)(?:[^/@]*@)?([^?#]*).*$/i, '$1$2');
}

/** What the report says of a dataset that is an input of the run. */
export function keptAs({ name, version, part }: PlannedDataset): string {
  return `dataset version that the run was tested on: ${name}@${version}${part === null ? '' : ` (${part})`}`;
}

/** What a reader must know of a dataset without a revision; null where it has one. */
export function toldOf({ name, version }: PlannedDataset): string | null {
  return version === UNSTATED
    ? `The file names the dataset ${name} without a fixed revision: it is recorded as "${UNSTATED}", where it came from as not recorded.`
    : null;
}
