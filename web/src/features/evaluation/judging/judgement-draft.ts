// What somebody has said of samples so far, kept in their browser until they record it.
import type { JudgedOutcome } from '../../../graphql/generated/graphql.ts';

export interface SampleToJudge {
  id: string;
  sampleId: string;
  epoch: number;
}

export interface Judgement {
  outcome: JudgedOutcome;
  explanation: string;
}

/** By sample and epoch, as `keyOf` names them. */
export type Draft = Readonly<Record<string, Judgement>>;

export const keyOf = ({ sampleId, epoch }: Pick<SampleToJudge, 'sampleId' | 'epoch'>): string =>
  JSON.stringify([sampleId, epoch]);

/** What is judged: every choice of these has a draft of its own, of each person who is signed in. */
export interface Judging {
  run: string;
  behavior: string;
  grader: string;
  condition: string | null;
}

export const storedAs = ({ run, behavior, grader, condition }: Judging): string =>
  `judged.${JSON.stringify([run, behavior, grader, condition])}`;

const OUTCOMES: readonly string[] = ['EXHIBITED', 'NOT_EXHIBITED', 'UNSCORED', 'EXCLUDED'];

/** A draft as it was written down; empty where it is none of ours. */
export function readDraft(text: string | null): Draft {
  try {
    const said: unknown = JSON.parse(text ?? '{}');
    if (typeof said !== 'object' || said === null || Array.isArray(said)) return {};
    return Object.fromEntries(
      Object.entries(said).flatMap(([key, one]: [string, Partial<Judgement> | null]) => {
        if (!OUTCOMES.includes(String(one?.outcome))) return [];
        const explanation = typeof one?.explanation === 'string' ? one.explanation : '';
        return [[key, { outcome: one?.outcome as JudgedOutcome, explanation }]];
      }),
    );
  } catch {
    return {};
  }
}

export interface JudgementToSend {
  sampleId: string;
  epoch: number;
  outcome: JudgedOutcome;
  explanation: string | null;
}

/** As the API takes them: those of samples that the run still has. */
export const toSend = (draft: Draft, samples: readonly SampleToJudge[]): JudgementToSend[] =>
  samples.flatMap((sample) => {
    const said = draft[keyOf(sample)];
    const { sampleId, epoch } = sample;
    return said === undefined
      ? []
      : [{ sampleId, epoch, outcome: said.outcome, explanation: said.explanation.trim() || null }];
  });

/** The next sample from a place on that nobody judged yet, from the start again at the end; null where all are. */
export function nextOpen(draft: Draft, samples: readonly SampleToJudge[], from: number): number | null {
  for (let step = 1; step <= samples.length; step += 1) {
    const at = (from + step) % samples.length;
    const sample = samples[at];
    if (sample !== undefined && draft[keyOf(sample)] === undefined) return at;
  }
  return null;
}

/**
 * The samples in an order that does not follow the log, and is the same whenever the same are asked for: whoever stops
 * half way has judged a part that is like the whole.
 */
export function mixed<T extends SampleToJudge>(samples: readonly T[]): T[] {
  const rank = (sample: T) => scattered(`headwater ${sample.id}`);
  return samples
    .map((sample) => ({ sample, rank: rank(sample) }))
    .sort((a, b) => a.rank - b.rank || (a.sample.id < b.sample.id ? -1 : 1))
    .map(({ sample }) => sample);
}

/** A number from a text, by FNV-1a and a last stir: near texts come out far apart. */
function scattered(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
