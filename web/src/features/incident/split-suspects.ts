import type { Option } from '../../ui/Combobox.tsx';

export const TAG_PREFIX = 'tag:';

/** The chosen suspects as the inputs take them: references apart from content tags. */
export function splitSuspects(chosen: readonly Option[]): { suspects: string[]; suspectTags: string[] } {
  const tags = chosen.filter((one) => one.value.startsWith(TAG_PREFIX));
  return {
    suspects: chosen.filter((one) => !one.value.startsWith(TAG_PREFIX)).map((one) => one.value),
    suspectTags: tags.map((one) => one.value.slice(TAG_PREFIX.length)),
  };
}
