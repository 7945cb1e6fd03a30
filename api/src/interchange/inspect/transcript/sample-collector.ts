// What is taken out of the stream of one sample: all that a reader of its transcript is shown, and no more.
import type { Decision, JsonHandlers, JsonPath } from '../json-scanner.ts';
import type { JsonValue } from '../json-value.ts';
import { PLACEHOLDER_SCORER } from '../log-collector.ts';
import { asNumber, asText, isObject, member } from '../plain-values.ts';
import { TextAllowance } from './allowance.ts';
import { AttachmentRefs } from './attachments.ts';
import { readMessage } from './read-message.ts';
import { readScore, readUsage } from './read-score.ts';
import {
  TRANSCRIPT_LIMITS,
  type Transcript,
  type TranscriptMessage,
  type TranscriptScore,
} from './transcript.ts';

/** Half-open ranges of positions in a pool of messages. */
export type MessageRanges = [number, number][];

const BUILT = new Set([
  'id',
  'epoch',
  'input',
  'target',
  'error',
  'limit',
  'model_usage',
  'message_refs',
  'score',
]);
const ENTERED = new Set(['messages', 'scores', 'attachments']);

/** Collects from a sample that is one document, or from the shell of one that lies in several. */
export class TranscriptCollector implements JsonHandlers {
  readonly texts = new TextAllowance();
  readonly attachments = new AttachmentRefs();
  /** By position; where one is missing in the log its place is empty. */
  readonly #messages: (TranscriptMessage | undefined)[] = [];
  readonly #scores: TranscriptScore[] = [];
  readonly #fields = new Map<string, JsonValue>();
  readonly #tooLarge = new Map<string, number>();
  #messageCount = 0;
  /** Whether attachments were passed over that could not yet be known to be wanted. */
  passedAttachments = false;

  decide(path: JsonPath): Decision {
    const [field, nth] = path;
    if (path.length === 0) return 'descend';
    if (path.length === 1) {
      if (ENTERED.has(String(field))) return 'descend';
      return BUILT.has(String(field)) ? 'build' : 'skip';
    }
    if (field === 'attachments') {
      if (this.attachments.wants(String(nth))) return 'build';
      this.passedAttachments = true;
      return 'skip';
    }
    if (field === 'scores') return this.#scores.length < TRANSCRIPT_LIMITS.scores ? 'build' : 'skip';
    this.#messageCount = Math.max(this.#messageCount, Number(nth) + 1);
    return this.#messages.length < TRANSCRIPT_LIMITS.messages ? 'build' : 'skip';
  }

  value(path: JsonPath, value: JsonValue): void {
    const [field, nth] = path;
    if (path.length === 1) this.#fields.set(String(field), value);
    else if (field === 'messages') this.#push(value);
    else if (field === 'scores')
      this.#scores.push(readScore(nth === PLACEHOLDER_SCORER ? 'score' : String(nth), value, this));
    else if (field === 'attachments' && typeof value === 'string')
      this.attachments.answer(String(nth), value);
  }

  skipped(): void {}

  tooLarge(path: JsonPath): void {
    const field = String(path[0]);
    this.#tooLarge.set(field, (this.#tooLarge.get(field) ?? 0) + 1);
    // Its place is kept, so that what follows has the number that it has in the log.
    if (field === 'messages')
      this.#push({ role: 'unknown', content: 'This message is too long to be shown.' });
  }

  closed(): void {}

  /** A message that the log keeps in a pool, at its position among the sample's. */
  place(position: number, value: JsonValue): void {
    if (position < TRANSCRIPT_LIMITS.messages) this.#messages[position] = readMessage(value, position, this);
  }

  /** How many messages there are to be, where they are counted before they are read. */
  expectMessages(count: number): void {
    this.#messageCount = count;
  }

  /** Whether it is the sample that was meant, by its id and epoch. */
  isSample(id: string, epoch: number): boolean {
    const stated = this.#fields.get('id');
    const at = this.#fields.has('epoch') ? this.#fields.get('epoch') : 1;
    return (asText(stated, 500) ?? stated) === id && at === epoch;
  }

  /** Where the messages of a sample stand in its pool; null where the sample holds them itself. */
  get ranges(): MessageRanges | null {
    const refs = this.#fields.get('message_refs');
    if (!Array.isArray(refs)) return null;
    return refs.flatMap((ref) => {
      const [from, to] = Array.isArray(ref) ? ref : [];
      const whole = Number.isSafeInteger(from) && Number.isSafeInteger(to);
      return whole && Number(from) >= 0 && Number(to) > Number(from) ? [[Number(from), Number(to)]] : [];
    }) as MessageRanges;
  }

  transcript(): Transcript {
    const input = this.#fields.get('input');
    const single = this.#fields.get('score');
    if (isObject(single)) this.#scores.push(readScore(scorerOf(single), single, this));
    // A sample that was stopped before the model was asked has its messages in the input alone.
    if (this.#messages.length === 0 && Array.isArray(input)) for (const message of input) this.#push(message);
    const messageCount = Math.max(this.#messageCount, this.#messages.length);
    const error = this.#fields.get('error');
    return {
      messages: this.#messages.filter((message) => message !== undefined),
      messageCount,
      input: typeof input === 'string' ? this.#text(input) : null,
      target: targetText(this.#fields.get('target'), this.texts),
      scores: this.#scores,
      error:
        error == null
          ? null
          : (this.texts.word(isObject(error) ? member(error, 'message') : error, 8_000) ?? ''),
      limit: limitText(this.#fields.get('limit')),
      modelUsage: readUsage(this.#fields.get('model_usage'), this),
      cuts: this.#cuts(messageCount),
    };
  }

  #push(value: JsonValue): void {
    this.place(this.#messages.length, value);
  }

  #text(text: string): string {
    return this.texts.take(text).text;
  }

  #cuts(messageCount: number): string[] {
    const cuts: string[] = [];
    const shown = this.#messages.length;
    if (messageCount > shown) cuts.push(`The first ${shown} of ${messageCount} messages are shown.`);
    const missing = shown - this.#messages.filter(() => true).length;
    if (missing > 0) cuts.push(`${missing} messages are not in the log, which refers to them.`);
    const { cutTexts, cutCharacters } = this.texts;
    if (cutTexts > 0)
      cuts.push(`${cutTexts} texts are cut: ${cutCharacters} characters in all are left out at their ends.`);
    for (const [field, count] of this.#tooLarge)
      cuts.push(
        `${count} values in ${field} are larger than ${TRANSCRIPT_LIMITS.valueBytes} bytes and not shown.`,
      );
    if (this.attachments.unanswered > 0)
      cuts.push(`${this.attachments.unanswered} texts stand apart in the log and are not in it.`);
    return cuts;
  }
}

/** A sample of early logs has one score, whose scorer only the header names. */
function scorerOf(score: JsonValue): string {
  return asText(member(score, 'scorer'), 500) ?? 'score';
}

function targetText(target: JsonValue | undefined, texts: TextAllowance): string | null {
  const parts = (Array.isArray(target) ? target : [target]).flatMap((part) => asText(part, 100_000) ?? []);
  return parts.length === 0 ? null : texts.take(parts.join(' | ')).text;
}

function limitText(limit: JsonValue | undefined): string | null {
  if (!isObject(limit)) return asText(limit, 100);
  const type = asText(member(limit, 'type'), 40) ?? 'unknown';
  const bound = asNumber(member(limit, 'limit'));
  return bound === null ? type : `${type} (${bound})`;
}
