// What a file from outside is called, as it may be shown and recorded.

const LONGEST_FILE_NAME = 200;

/** Control characters, which a terminal obeys, and those that turn the direction of text around. */
export const UNSEEN = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;

/** A file's name as it may be shown: the last part of any path, without unseen characters. Never used as a path. */
export function shownFileName(stated: string | null | undefined): string {
  const clean = oneLine((stated ?? '').split(/[/\\]/).at(-1) ?? '');
  if (clean === '' || clean === '.' || clean === '..') return 'unnamed';
  const characters = [...clean];
  // The end tells the format, so a long name is cut in its middle.
  if (characters.length <= LONGEST_FILE_NAME) return clean;
  return `${characters.slice(0, LONGEST_FILE_NAME - 41).join('')}…${characters.slice(-40).join('')}`;
}

const MOST_FOLDERS = 20;

/** The folders that a sender names before a file, outermost first, for formats that put facts into them. Never used as a path. */
export function statedFolders(stated: string): string[] {
  const parts = stated.split(/[/\\]/).slice(0, -1).map(shownFileName);
  return parts.filter((part) => part !== 'unnamed').slice(-MOST_FOLDERS);
}

/** Text from outside as one line: unseen characters are taken away, halves of characters replaced. */
export function oneLine(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8').replace(/\s+/g, ' ').replace(UNSEEN, '').trim();
}
