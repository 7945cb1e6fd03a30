// Long texts that a log keeps apart from where they are said, and names there.

import { addToList } from '../../../platform/add-to-list.ts';

const REFERENCE = /^attachment:\/\/([A-Za-z0-9]{1,64})$/;

/** The name of the attachment that a text stands for; null where it is a text of its own. */
export function attachmentNamed(text: string): string | null {
  return REFERENCE.exec(text)?.[1] ?? null;
}

/**
 * Collects what refers to attachments until these are read, which is after everything else. A reference that nothing
 * answers stays as it is written, as the text that it may be.
 */
export class AttachmentRefs {
  readonly #wanted = new Map<string, ((text: string) => void)[]>();
  /** References that nothing answered. */
  get unanswered(): number {
    return this.#wanted.size;
  }

  /** Calls `put` with the attachment once it is read; false where the text is no reference. */
  defer(text: string, put: (text: string) => void): boolean {
    const name = attachmentNamed(text);
    if (name === null) return false;
    addToList(this.#wanted, name, put);
    return true;
  }

  /** What is wanted and not yet read. */
  get names(): string[] {
    return [...this.#wanted.keys()];
  }

  wants(name: string): boolean {
    return this.#wanted.has(name);
  }

  answer(name: string, text: string): void {
    for (const put of this.#wanted.get(name) ?? []) put(text);
    this.#wanted.delete(name);
  }
}
