// Summaries cut long inputs, and those of older versions leave out the choices: then the samples are asked themselves.
import { JsonScanner } from './json-scanner.ts';
import type { ReadLimits } from './limits.ts';
import type { RawSample } from './log-collector.ts';
import { Refusal } from './refusal.ts';
import { InputHead } from './sample-input.ts';
import type { ZipMember, ZipMembers } from './zip-members.ts';

export class SummarisedInputs {
  readonly #limits: ReadLimits;
  /** Of those that state an input, whether it may have been cut. */
  readonly #mayBeCut = new Map<string, boolean>();
  #nameChoices = false;

  constructor(limits: ReadLimits) {
    this.#limits = limits;
  }

  add(key: string, { input, fields }: RawSample): void {
    if (input !== null) this.#mayBeCut.set(key, input.mayBeCut);
    this.#nameChoices ||= fields.has('choices');
  }

  /**
   * Tells the inputs that the summaries do not tell whole, of samples that are not read otherwise; null where the sample
   * does not tell it either. Whether samples have choices that no summary names is told by the first of them, since a
   * task gives choices to all or to none. Of each only the beginning is read.
   */
  async complete(
    zip: ZipMembers,
    unopened: readonly (readonly [string, ZipMember])[],
    tell: (key: string, digest: string | null) => void,
  ): Promise<void> {
    const members = new Map(unopened);
    const [first] = unopened.filter(([key]) => this.#mayBeCut.has(key));
    const head = this.#nameChoices || first === undefined ? null : await this.#headOf(zip, first[1]);
    const choicesTold = this.#nameChoices || head?.namesChoices === false;
    for (const [key, mayBeCut] of this.#mayBeCut) {
      if (choicesTold && !mayBeCut) continue;
      const member = members.get(key);
      const asked = member === undefined ? null : await this.#headOf(zip, member);
      tell(key, asked?.digest ?? null);
    }
  }

  /** Null where the sample cannot be read: its summary is what is recorded of it. */
  async #headOf(zip: ZipMembers, member: ZipMember): Promise<InputHead | null> {
    const head = new InputHead();
    const scanner = new JsonScanner(head, this.#limits);
    try {
      await zip.readHead(member, (chunk) => {
        scanner.write(chunk);
        return head.isOver;
      });
    } catch (error) {
      if (error instanceof Refusal) return null;
      throw error;
    }
    return head;
  }
}
