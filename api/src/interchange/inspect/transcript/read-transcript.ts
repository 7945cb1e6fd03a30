// One sample out of a kept log: of a JSON document its bytes alone, of a zip its members alone.
import { addToList } from '../../../platform/add-to-list.ts';
import { type JsonHandlers, type JsonPath, JsonScanner } from '../json-scanner.ts';
import type { JsonValue } from '../json-value.ts';
import { DEFAULT_LIMITS, type ReadLimits } from '../limits.ts';
import { asCount, asText } from '../plain-values.ts';
import { Refusal } from '../refusal.ts';
import { type ZipMember, ZipMembers } from '../zip-members.ts';
import type { RandomFile } from './random-file.ts';
import { type MessageRanges, TranscriptCollector } from './sample-collector.ts';
import { TRANSCRIPT_LIMITS, type Transcript } from './transcript.ts';

/** Which sample of a log, as the record knows it. */
export interface SampleOfLog {
  container: 'json' | 'eval';
  id: string;
  epoch: number;
  /** Where it stands in a JSON log, where that was recorded. */
  place: { offset: number; length: number } | null;
}

const BOUNDS = { nesting: TRANSCRIPT_LIMITS.nesting, valueBytes: TRANSCRIPT_LIMITS.valueBytes };
const LARGEST_INT = 2 ** 31 - 1;
/** A JSON log whose samples' places were not recorded is searched from its beginning, up to this size in bytes. */
const LARGEST_SEARCHED = 256 * 1024 * 1024;

/** The transcript of a sample; throws Refusal, in a sentence, where the log does not give it. */
export async function readTranscript(
  file: RandomFile,
  sample: SampleOfLog,
  limits: ReadLimits = DEFAULT_LIMITS,
): Promise<Transcript> {
  if (sample.container === 'eval') return fromZip(file, sample, limits);
  const place = sample.place ?? (await findPlace(file, sample));
  const { offset, length } = place;
  return fromDocument(sample, (take) => feed(file.stream(offset, length), take));
}

/** Gives the bytes of a document, each time from its beginning. */
type Source = (take: (chunk: Uint8Array) => void) => Promise<void>;

async function feed(chunks: AsyncIterable<Uint8Array>, take: (chunk: Uint8Array) => void): Promise<void> {
  for await (const chunk of chunks) take(chunk);
}

async function fromDocument(sample: SampleOfLog, source: Source): Promise<Transcript> {
  const collector = new TranscriptCollector();
  await scan(source, collector);
  refuseAnother(sample, collector);
  // Where attachments stand before what refers to them, they are only known to be wanted now.
  if (collector.passedAttachments && collector.attachments.unanswered > 0)
    await scan(source, only('attachments', collector));
  return collector.transcript();
}

function refuseAnother({ id, epoch }: SampleOfLog, collector: TranscriptCollector): void {
  if (!collector.isSample(id, epoch))
    throw new Refusal('The sample is not where it was: the log holds another there.');
}

async function scan(source: Source, handlers: JsonHandlers): Promise<void> {
  const scanner = new JsonScanner(handlers, BOUNDS);
  await source((chunk) => scanner.write(chunk));
  scanner.end();
}

/** Passes over everything but one part of a sample. */
function only(field: string, to: JsonHandlers): JsonHandlers {
  return {
    decide: (path) => (path.length === 1 && path[0] !== field ? 'skip' : to.decide(path)),
    value: (path, value) => to.value(path, value),
    skipped: () => undefined,
    tooLarge: (path) => to.tooLarge(path),
    closed: () => undefined,
  };
}

async function findPlace(file: RandomFile, sample: SampleOfLog): Promise<{ offset: number; length: number }> {
  if (file.bytes > LARGEST_SEARCHED)
    throw new Refusal(
      'Where this sample stands in its log was not recorded, and the log is too large to be searched: read the import again.',
    );
  let begun = 0;
  let id: string | null = null;
  let epoch: number | null = 1;
  let found: { offset: number; length: number } | null = null;
  const scanner: JsonScanner = new JsonScanner(
    {
      decide(path) {
        if (path.length === 2) {
          [begun, id, epoch] = [scanner.position, null, 1];
        }
        if (path.length === 0) return 'descend';
        if (path[0] !== 'samples') return 'skip';
        if (path.length < 3) return 'descend';
        return path[2] === 'id' || path[2] === 'epoch' ? 'build' : 'skip';
      },
      value(path, value) {
        if (path[2] === 'id') id = asText(value, 500);
        if (path[2] === 'epoch') epoch = asCount(value);
      },
      skipped: () => undefined,
      tooLarge: () => undefined,
      closed(path) {
        // The last of several of one name is the one that is on record.
        if (path.length === 2 && id === sample.id && epoch === sample.epoch)
          found = { offset: begun, length: scanner.position - begun };
      },
    },
    BOUNDS,
  );
  await feed(file.stream(0, file.bytes), (chunk) => scanner.write(chunk));
  if (found === null) throw new Refusal('The log does not hold this sample.');
  return found;
}

interface Members {
  whole: ZipMember | null;
  shell: ZipMember | null;
  /** By sequence, then by the position of the first item in it. */
  chunks: Map<string, Map<number, ZipMember>>;
}

async function fromZip(file: RandomFile, sample: SampleOfLog, limits: ReadLimits): Promise<Transcript> {
  const zip = await ZipMembers.over(file, limits);
  try {
    const members = await membersOf(zip, sample);
    const { whole } = members;
    if (whole !== null) return await fromDocument(sample, (take) => zip.read(whole, take));
    if (members.shell === null)
      throw new Refusal('The log summarises this sample, and does not hold the sample itself.');
    return await fromChunks(zip, sample, members.shell, members.chunks);
  } finally {
    zip.close();
  }
}

async function membersOf(zip: ZipMembers, { id, epoch }: SampleOfLog): Promise<Members> {
  const members: Members = { whole: null, shell: null, chunks: new Map() };
  await zip.list((member) => {
    const named = memberNamed(member.name);
    if (named === null || named.epoch !== epoch) return;
    if (named.id !== id && asText(named.id, 500) !== id) return;
    const { part } = named;
    if (part === null) members.whole = member;
    else if (part === 'sample') members.shell = member;
    else {
      const [sequence = '', first = ''] = part.split('/');
      if (!/^\d+$/.test(first)) return;
      const chunks = members.chunks.get(sequence) ?? new Map<number, ZipMember>();
      members.chunks.set(sequence, chunks.set(Number(first), member));
    }
  });
  return members;
}

const FOLDER = 'samples/';
const EPOCH = '_epoch_';
const JSON_END = '.json';

/**
 * Which sample a member is of, and which part of it; null part where it is the whole, and null where it is of none. A part
 * is of the last sample that its name can be read as, since an id may hold what stands between it and the epoch.
 */
function memberNamed(name: string): { id: string; epoch: number; part: string | null } | null {
  if (!name.startsWith(FOLDER) || !name.endsWith(JSON_END)) return null;
  const stem = name.slice(FOLDER.length, -JSON_END.length);
  for (let at = stem.lastIndexOf(EPOCH); at >= 0; at = at > 0 ? stem.lastIndexOf(EPOCH, at - 1) : -1) {
    const from = at + EPOCH.length;
    let to = from;
    while (isDigit(stem.charCodeAt(to))) to += 1;
    const of = { id: stem.slice(0, at), epoch: Number(stem.slice(from, to)) };
    if (to > from && to === stem.length) return { ...of, part: null };
    if (to > from && stem[to] === '/' && to + 1 < stem.length) return { ...of, part: stem.slice(to + 1) };
  }
  return null;
}

const isDigit = (code: number) => code >= 0x30 && code <= 0x39;

/** A sample in chunks: its shell names its messages by their positions in a sequence that lies beside it. */
async function fromChunks(
  zip: ZipMembers,
  sample: SampleOfLog,
  shell: ZipMember,
  chunks: Members['chunks'],
): Promise<Transcript> {
  const collector = new TranscriptCollector();
  await scan((take) => zip.read(shell, take), collector);
  refuseAnother(sample, collector);
  const wanted = positionsOf(collector.ranges ?? [], collector);
  await eachItem(zip, chunks.get('messages'), new Set(wanted.keys()), (item, value) => {
    for (const position of wanted.get(item) ?? []) collector.place(position, value);
  });
  const attachments = new Set(collector.attachments.names.map(Number).filter(Number.isSafeInteger));
  await eachItem(zip, chunks.get('attachments'), attachments, (item, value) => {
    if (typeof value === 'string') collector.attachments.answer(String(item), value);
  });
  return collector.transcript();
}

/** Item of the pool → its positions among the sample's messages, as far as these are shown. */
function positionsOf(ranges: MessageRanges, collector: TranscriptCollector): Map<number, number[]> {
  const wanted = new Map<number, number[]>();
  let position = 0;
  for (const [from, to] of ranges) {
    for (let item = from; item < to && position < TRANSCRIPT_LIMITS.messages; item += 1) {
      addToList(wanted, item, position);
      position += 1;
    }
  }
  const count = ranges.reduce((sum, [from, to]) => sum + to - from, 0);
  collector.expectMessages(Math.min(count, LARGEST_INT));
  return wanted;
}

/** Reads those chunks of a sequence that hold something wanted, in order. */
async function eachItem(
  zip: ZipMembers,
  chunks: Map<number, ZipMember> | undefined,
  wanted: ReadonlySet<number>,
  take: (item: number, value: JsonValue) => void,
): Promise<void> {
  const inOrder = [...(chunks ?? [])].sort(([a], [b]) => a - b);
  const sought = [...wanted].sort((a, b) => a - b);
  let passed = 0;
  for (const [nth, [first, member]] of inOrder.entries()) {
    const next = inOrder[nth + 1]?.[0] ?? Number.POSITIVE_INFINITY;
    // Both in order: neither is looked through anew for each of the other.
    while (passed < sought.length && sought[passed]! < first) passed += 1;
    if (passed >= sought.length || sought[passed]! >= next) continue;
    const item = (path: JsonPath) => first + Number(path[0]);
    await scan((chunk) => zip.read(member, chunk), {
      decide: (path) => (path.length === 0 ? 'descend' : wanted.has(item(path)) ? 'build' : 'skip'),
      value: (path, value) => take(item(path), value),
      skipped: () => undefined,
      tooLarge: () => undefined,
      closed: () => undefined,
    });
  }
}
