// How much of a long text is shown before somebody asks for the rest.

export interface Fold {
  characters: number;
  lines: number;
}

/** A message has the width of the page; what a scorer said stands in a card beside others. */
export const FOLDS = {
  message: { characters: 1_200, lines: 20 },
  card: { characters: 480, lines: 8 },
} as const satisfies Record<string, Fold>;

/** Folding away less than this share more would cost a click for a line or two. */
const SLACK = 1.25;
/** How far back a cut looks for the end of a line or a word. */
const BACK = 120;

/** The beginning that is shown while the text is folded; null where it is short enough to be shown whole. */
export function foldedTo(text: string, fold: Fold): string | null {
  const lines = endOfLine(text, fold.lines);
  const tall = endOfLine(text, Math.ceil(fold.lines * SLACK)) < text.length;
  const long = text.length > fold.characters * SLACK;
  if (!tall && !long) return null;
  const end = Math.min(tall ? lines : text.length, long ? fold.characters : text.length);
  return text.slice(0, end === lines ? end : niceEnd(text, end));
}

/** Where the `nth` line ends, without its break; the length of the text where it has no more lines. */
function endOfLine(text: string, nth: number): number {
  let at = -1;
  for (let line = 0; line < nth; line += 1) {
    at = text.indexOf('\n', at + 1);
    if (at < 0) return text.length;
  }
  return at;
}

/** The last end of a line or a word shortly before `end`, and never the middle of a character. */
function niceEnd(text: string, end: number): number {
  for (const sign of ['\n', ' ']) {
    const at = text.lastIndexOf(sign, end);
    if (at > end - BACK && at > 0) return at;
  }
  const code = text.charCodeAt(end - 1);
  return code >= 0xd800 && code < 0xdc00 ? end - 1 : end;
}
