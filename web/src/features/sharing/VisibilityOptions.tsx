import { VISIBILITIES, VISIBILITY_MEANINGS } from '@/features/incident/words.ts';

/** The visibilities, in the words of who then sees the thing. */
export function VisibilityOptions() {
  return VISIBILITIES.map((value) => (
    <option key={value} value={value}>
      {VISIBILITY_MEANINGS[value]}
    </option>
  ));
}
