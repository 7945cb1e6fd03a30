/** What a terminal obeys, or what turns the direction of text around: in names of files and of what is in them. */
const OBEYED = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;

/** Text of a file or a server in one line, as it may be written to a terminal: what would be obeyed is shown. */
export function forTerminal(text: string): string {
  return text.replace(OBEYED, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`);
}

/** Writes a line; what breaks lines within it is shown too. */
export function say(line: string): void {
  process.stdout.write(`${forTerminal(line)}\n`);
}
