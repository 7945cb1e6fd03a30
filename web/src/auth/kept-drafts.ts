// What people have typed and not sent, kept in their browser under their own id: it is there again when they come back
// from a session that has ended, and nobody else is shown it. It is not sealed. Until its owner signs out or somebody
// else signs in, which removes it, whoever holds the browser can dig it out, as they could read it on the screen.
import { stored } from '../ui/browser-storage.ts';

/** The id of whoever it is of; null where nobody is signed in. */
type Owner = string | null;

const OURS = 'headwater.';
const ownedBy = (owner: Owner) => `${OURS}draft.${owner ?? ''}.`;

/** What is typed before signing in stays in its tab: who comes next to this browser is nobody's to say. */
const storageOf = (owner: Owner) => (owner === null ? 'sessionStorage' : 'localStorage');

/** What is kept; of what was typed before signing in, what the person has nothing of their own in the place of. */
export function keptDraft(owner: Owner, what: string): string | null {
  const own = stored(storageOf(owner), (storage) => storage.getItem(ownedBy(owner) + what));
  if (own !== null || owner === null) return own;
  const before = keptDraft(null, what);
  if (before !== null) {
    keepDraft(owner, what, before);
    keepDraft(null, what, null);
  }
  return before;
}

/** Keeps what was typed; null forgets it. */
export function keepDraft(owner: Owner, what: string, text: string | null): void {
  const place = ownedBy(owner) + what;
  stored(storageOf(owner), (storage) =>
    text === null ? storage.removeItem(place) : storage.setItem(place, text),
  );
}

/** Where a person is signed in, what others have left, and what was kept before it had an owner, is nobody's here. */
export function forgetDraftsOfOthers(owner: string): void {
  remove('localStorage', (key) => !key.startsWith(ownedBy(owner)));
}

/** For signing out. */
export function forgetAllDrafts(): void {
  remove('localStorage', () => true);
  remove('sessionStorage', () => true);
}

function remove(which: 'localStorage' | 'sessionStorage', goes: (key: string) => boolean): void {
  stored(which, (storage) => {
    const keys = Array.from({ length: storage.length }, (_, at) => storage.key(at) ?? '');
    for (const key of keys) if (key.startsWith(OURS) && goes(key)) storage.removeItem(key);
  });
}
