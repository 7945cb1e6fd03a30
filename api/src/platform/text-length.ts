import { type InputPath, InputRefusal } from './refusal.ts';

/** InputRefusal where a text has more characters than these (UTF-16 units). `what` begins the sentence. */
export function checkLength(text: string, most: number, path: InputPath, what: string): void {
  if (text.length > most)
    throw new InputRefusal(path, `${what} is too long.`, `at most ${most.toLocaleString('en')} characters`);
}
