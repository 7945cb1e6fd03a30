import { UNSEEN } from '../platform/file-name.ts';

/** Text of a file or a server in one line, as it may be written to a terminal: what would be obeyed is shown. */
export function forTerminal(text: string): string {
  return text.replace(UNSEEN, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`);
}

/** Writes a line; what breaks lines within it is shown too. */
export function say(line: string): void {
  process.stdout.write(`${forTerminal(line)}\n`);
}
