import { GraphQLError } from 'graphql';
import type { Context } from '../context.ts';
import { loadsOne } from '../platform/loader.ts';
import { log } from '../platform/log.ts';
import { ObjectMissing } from '../platform/object-store.ts';
import { SealError } from '../platform/sealing.ts';
import { Refusal } from './inspect/refusal.ts';
import { readTranscript } from './inspect/transcript/read-transcript.ts';
import type { Transcript } from './inspect/transcript/transcript.ts';
import { type SampleSourceRow, selectSampleSources } from './kept-file.store.ts';
import { isRevealed } from './read-kept-files.ts';
import { inReadingTurn } from './transcript-turns.ts';

/** What a reader is given of a sample: its transcript, or why there is none. */
export interface SampleTranscript {
  /** The import whose reveal opens it, as an internal id; null where it needs none. */
  restrictedImport: bigint | null;
  unavailable: string | null;
  transcript: Transcript | null;
}

const sourceOfSample = loadsOne<Context, SampleSourceRow>('sourceOfSample', async (context, ids) => {
  const rows = await selectSampleSources(context.db, context.viewer, ids);
  return new Map(rows.map((row) => [row.id, row]));
});

/** Each is held in memory until the request is answered. */
const MOST_A_REQUEST = 4;
const read = new WeakMap<object, number>();

const NOT_FROM_FILE =
  'This sample was not read from a file that you may see, so there is no transcript to read.';
const NOT_KEPT =
  'The file that this sample came from is not kept: it was imported before files were kept, or keeping them is switched off. Whoever has the file can send it again.';
const OTHER_FORMAT =
  'Transcripts are read from Inspect logs alone; this sample came from a file of another format.';
const REVEAL =
  'This transcript is for named people alone: it is read with a reason, which revealImport records.';

/** The transcript of a sample that the viewer may see, read from its file now; `ticket` is what revealImport answered. */
export async function transcriptOfSample(
  context: Context,
  sampleId: bigint,
  ticket: string | null,
): Promise<SampleTranscript> {
  const none = (unavailable: string, restrictedImport: bigint | null = null): SampleTranscript => ({
    restrictedImport,
    unavailable,
    transcript: null,
  });
  const source = await context.load(sourceOfSample, sampleId);
  if (source === null) return none(NOT_FROM_FILE);
  const container = containerOf(source.format);
  if (container === null) return none(OTHER_FORMAT);
  const { object } = source;
  if (object === null) return none(NOT_KEPT);
  const restrictedImport = source.restricted ? source.importId : null;
  if (source.restricted && !(await isRevealed(context, source.importId, ticket)))
    return none(REVEAL, restrictedImport);
  countOne(context);
  try {
    const transcript = await inReadingTurn(context.viewer, () =>
      readTranscript(context.vault.open(object, Number(source.bytes)), {
        container,
        id: source.sampleId,
        epoch: source.epoch,
        place: placeOf(source),
      }),
    );
    return { restrictedImport, unavailable: null, transcript };
  } catch (error) {
    if (error instanceof Refusal) return none(error.message, restrictedImport);
    if (error instanceof SealError || error instanceof ObjectMissing) {
      log.error({ import: String(source.importId), error: error.message });
      return none(
        'The kept file does not open: whoever runs this installation finds more in its log.',
        restrictedImport,
      );
    }
    throw error;
  }
}

/** Whether transcripts are read from files of a format. */
export const hasTranscripts = (format: string): boolean => containerOf(format) !== null;

function containerOf(format: string): 'json' | 'eval' | null {
  return format === 'inspect-json' ? 'json' : format === 'inspect-eval' ? 'eval' : null;
}

function placeOf({ placeOffset, placeLength }: SampleSourceRow): { offset: number; length: number } | null {
  return placeOffset === null || placeLength === null
    ? null
    : { offset: Number(placeOffset), length: Number(placeLength) };
}

function countOne(context: Context): void {
  const count = (read.get(context.loaders) ?? 0) + 1;
  // No Refusal: the limit is the request's, and no argument of this field.
  if (count > MOST_A_REQUEST)
    throw new GraphQLError(`One request reads ${MOST_A_REQUEST} transcripts at most: ask for fewer.`, {
      extensions: { code: 'BAD_USER_INPUT' },
    });
  read.set(context.loaders, count);
}
