import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { forgetAllDrafts, forgetDraftsOfOthers, keepDraft, keptDraft } from './kept-drafts.ts';

/** As the browser's: by number, and by key. */
function storage(): Storage {
  const kept = new Map<string, string>();
  return {
    get length() {
      return kept.size;
    },
    key: (at) => [...kept.keys()][at] ?? null,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
    clear: () => kept.clear(),
  };
}
const keysOf = (of: Storage) => Array.from({ length: of.length }, (_, at) => of.key(at));

let browser: { localStorage: Storage; sessionStorage: Storage };
beforeEach(() => {
  browser = { localStorage: storage(), sessionStorage: storage() };
  vi.stubGlobal('window', browser);
});
afterAll(() => vi.unstubAllGlobals());

describe('what somebody typed and did not send', () => {
  it('is theirs alone, and theirs again when they come back', () => {
    keepDraft('ada', 'incident', 'embargoed');
    expect(keptDraft('bob', 'incident')).toBeNull();
    expect(keptDraft(null, 'incident')).toBeNull();
    expect(keptDraft('ada', 'incident')).toBe('embargoed');
    expect(keptDraft('ada', 'another form')).toBeNull();
    keepDraft('ada', 'incident', null);
    expect(keptDraft('ada', 'incident')).toBeNull();
  });

  it('is gone once somebody else has signed in, as is what older versions kept of nobody knows whom', () => {
    keepDraft('ada', 'incident', 'embargoed');
    keepDraft('bob', 'incident', 'his own');
    browser.localStorage.setItem('headwater.new-incident', 'of nobody knows whom');
    browser.localStorage.setItem('headwater.judged.["r","b","g@1",null]', '{}');
    browser.localStorage.setItem('theme', 'dark');
    forgetDraftsOfOthers('bob');
    expect(keptDraft('bob', 'incident')).toBe('his own');
    expect(keysOf(browser.localStorage)).toHaveLength(2);
    expect(browser.localStorage.getItem('theme')).toBe('dark');
  });

  it('leaves nothing behind where they sign out', () => {
    keepDraft('ada', 'incident', 'embargoed');
    keepDraft(null, 'incident', 'before signing in');
    browser.sessionStorage.setItem('headwater.shown.a-run', '1');
    browser.localStorage.setItem('theme', 'dark');
    forgetAllDrafts();
    expect([...keysOf(browser.localStorage), ...keysOf(browser.sessionStorage)]).toEqual(['theme']);
  });
});

describe('what was typed before signing in', () => {
  it('stays in its tab, and becomes theirs who sign in there, unless they have something of their own', () => {
    keepDraft(null, 'incident', 'typed first');
    expect(keysOf(browser.localStorage)).toEqual([]);
    keepDraft('bob', 'incident', 'his own');
    expect(keptDraft('bob', 'incident')).toBe('his own');
    expect(keptDraft('ada', 'incident')).toBe('typed first');
    expect(keptDraft(null, 'incident')).toBeNull();
    expect(keptDraft('ada', 'incident')).toBe('typed first');
  });
});

describe('a browser that keeps nothing', () => {
  it('is no fault: there is nothing to restore', () => {
    vi.stubGlobal('window', {
      get localStorage(): Storage {
        throw new Error('closed');
      },
      get sessionStorage(): Storage {
        throw new Error('closed');
      },
    });
    keepDraft('ada', 'incident', 'x');
    forgetDraftsOfOthers('ada');
    forgetAllDrafts();
    expect(keptDraft('ada', 'incident')).toBeNull();
  });
});
