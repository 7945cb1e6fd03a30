// What the model was given in a sample of a log: told by the sample, and by its summary as far as that is not cut.
import { digestOfMessages, withChoices } from '../formats/input-digest.ts';
import type { Decision, JsonHandlers, JsonPath } from './json-scanner.ts';
import type { JsonValue } from './json-value.ts';
import { member } from './plain-values.ts';

export interface SampleInput {
  /** Of the input alone; null where it is no text. */
  digest: string | null;
  /** Whether a summary that says this may have cut it, or put a word in the place of what is no text. */
  mayBeCut: boolean;
}

/** What Inspect's summaries end a text with that has more than 5,120 characters. */
const CUT = '...\n(content truncated)';
/** What stands in a summary for a picture, a document and whatever else is no text. */
const PLACEHOLDER = /^\([A-Z][a-z_]*\)$/;

export function sampleInput(input: JsonValue): SampleInput {
  const contents = Array.isArray(input) ? input.map((message) => member(message, 'content')) : [input];
  const texts = contents.flatMap((content) =>
    Array.isArray(content) ? content.map((part) => member(part, 'text')) : [content],
  );
  const isCut = (text: JsonValue | undefined) =>
    typeof text === 'string' && (text.endsWith(CUT) || PLACEHOLDER.test(text));
  return { digest: digestOfMessages(input), mayBeCut: texts.some(isCut) };
}

/** Stands where choices were too long to be read: what is no list is not known. */
export const LONG_CHOICES = 'too long';

/** The input with the answers among which to choose. */
export const wholeDigest = (input: SampleInput | null, choices: JsonValue | undefined): string | null =>
  withChoices(input?.digest ?? null, choices);

/** A sample writes id, epoch, input and choices before these, which always stand in it. */
const BEHIND: ReadonlySet<string> = new Set(['target', 'messages', 'output']);

/** Reads of a sample what the model was given, which stands at its beginning. */
export class InputHead implements JsonHandlers {
  /** Whether what follows tells nothing more of it. */
  isOver = false;
  namesChoices = false;
  #input: SampleInput | null = null;
  #choices: JsonValue = null;

  get digest(): string | null {
    return this.isOver ? wholeDigest(this.#input, this.#choices) : null;
  }

  decide(path: JsonPath): Decision {
    const [field] = path;
    if (field === undefined) return 'descend';
    this.isOver ||= BEHIND.has(String(field));
    if (this.isOver) return 'skip';
    return field === 'input' || field === 'choices' ? 'build' : 'skip';
  }

  value([field]: JsonPath, value: JsonValue): void {
    if (field === 'input') this.#input = sampleInput(value);
    if (field !== 'choices') return;
    this.#choices = value;
    this.namesChoices = value !== null;
  }

  tooLarge([field]: JsonPath): void {
    if (field === 'choices') this.value(['choices'], LONG_CHOICES);
  }

  skipped(): void {}

  closed(path: JsonPath): void {
    if (path.length === 0) this.isOver = true;
  }
}
