// What of an eval sample becomes evidence of an incident: its transcript, as it can be read, with its verdicts.
import type { AddEvidenceInput, TranscriptRowFragment } from '../../../graphql/generated/graphql.ts';
import type { Transcript } from './use-transcript.ts';

export interface SampleToCarry {
  /** The eval run by reference; null where it is not known, and nothing is then named as the source. */
  run: string | null;
  sampleId: string;
  epoch: number;
  target?: string | null;
  scores: unknown;
  error?: string | null;
  transcript: Transcript;
  messages: readonly TranscriptRowFragment[];
}

/** What the API takes in one text. */
const LONGEST_TEXT = 200_000;

/** A sample as evidence: a conversation in JSON with its source, shown behind its warning; cut where it is too long. */
export function sampleEvidence(
  incident: string,
  sample: SampleToCarry,
): Omit<AddEvidenceInput, 'idempotencyKey'> {
  const name = `${sample.sampleId}, epoch ${sample.epoch}`;
  return {
    incident,
    kind: 'EVAL_SAMPLE',
    title: `Sample ${name}`.slice(0, 300),
    mediaType: 'application/json',
    sensitivity: 'SENSITIVE',
    warning: 'A transcript of the eval run: it may disturb, or name people.',
    citation: sample.run
      ? { source: sample.run, locator: `sample ${name}`.slice(0, 300), certainty: 'PRIMARY' }
      : null,
    text: textOf(sample),
  };
}

function textOf(sample: SampleToCarry): string {
  const { transcript, run, sampleId, epoch, error } = sample;
  const about = {
    evalRun: run,
    sample: sampleId,
    epoch,
    target: transcript.target ?? sample.target ?? null,
    scores: transcript.scores.length > 0 ? transcript.scores : sample.scores,
    error: transcript.error ?? error ?? null,
    limit: transcript.limit ?? null,
    // Of the log: more than follow, where not all of them are carried.
    messageCount: transcript.unavailable ? null : transcript.messageCount,
  };
  const messages = sample.messages.map(messageOf);
  const said = (cut: readonly string[], of: typeof messages) =>
    JSON.stringify({ ...about, notShown: cut, messages: of }, null, 1);
  const cuts = transcript.unavailable ? [transcript.unavailable] : transcript.cuts;
  const whole = said(cuts, messages);
  if (whole.length <= LONGEST_TEXT) return whole;
  // The longest beginning that fits: what is left out is said, and stands in the log.
  let [fits, tooMany] = [0, messages.length];
  const beginning = (count: number) =>
    said(
      [...cuts, `The first ${count} of ${transcript.messageCount} messages; the rest stands in the log.`],
      messages.slice(0, count),
    );
  while (fits + 1 < tooMany) {
    const middle = Math.floor((fits + tooMany) / 2);
    if (beginning(middle).length <= LONGEST_TEXT) fits = middle;
    else tooMany = middle;
  }
  const text = beginning(fits);
  return text.length <= LONGEST_TEXT
    ? text
    : JSON.stringify({
        evalRun: run,
        sample: sampleId,
        epoch,
        notShown: ['It is too long to be carried: it stands in the log.'],
        messages: [],
      });
}

/** In the form in which logs have them, so that it is shown as a conversation. */
function messageOf(message: TranscriptRowFragment) {
  return {
    role: message.role,
    ...(message.tool && { function: message.tool }),
    content: message.parts
      .filter((part) => part.kind !== 'TOOL_CALL')
      .map((part) =>
        part.kind === 'REASONING'
          ? { type: 'reasoning', reasoning: part.text, ...cutOf(part) }
          : { type: 'text', text: part.text, ...cutOf(part) },
      ),
    tool_calls: message.parts
      .filter((part) => part.kind === 'TOOL_CALL')
      .map((part) => ({
        id: part.callId ?? null,
        function: part.name ?? null,
        arguments: part.text,
        ...cutOf(part),
      })),
    ...(message.error && { error: message.error }),
  };
}

/** How many characters are left out at the end, said where they are left out. */
const cutOf = ({ cut }: TranscriptRowFragment['parts'][number]) => (cut > 0 ? { cut } : {});
