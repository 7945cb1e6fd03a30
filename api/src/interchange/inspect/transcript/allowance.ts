import { TRANSCRIPT_LIMITS } from './transcript.ts';

/** Cuts texts at their bounds, one by one and all together, and keeps count of what it cut. */
export class TextAllowance {
  /** Texts that were cut. */
  cutTexts = 0;
  /** Characters that were left out of them. */
  cutCharacters = 0;
  #left: number;

  constructor(whole: number = TRANSCRIPT_LIMITS.whole) {
    this.#left = whole;
  }

  take(text: string, most: number = TRANSCRIPT_LIMITS.text): { text: string; cut: number } {
    const room = Math.min(most, this.#left);
    const kept = text.length <= room ? text : text.slice(0, wholeCharacters(text, room));
    const cut = text.length - kept.length;
    this.#left -= kept.length;
    if (cut > 0) {
      this.cutTexts += 1;
      this.cutCharacters += cut;
    }
    return { text: kept, cut };
  }

  /** A short text of the frame, such as a role. */
  word(value: unknown, most = 500): string | null {
    if (typeof value !== 'string' && typeof value !== 'number') return null;
    const text = String(value);
    return text === '' ? null : this.take(text, most).text;
  }
}

/** Never half a character. */
function wholeCharacters(text: string, room: number): number {
  const code = room > 0 ? text.charCodeAt(room - 1) : 0;
  return code >= 0xd800 && code <= 0xdbff ? room - 1 : room;
}
