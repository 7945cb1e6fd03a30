import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { FieldReport } from './field-report.ts';
import type { InspectReading } from './inspect-log.ts';
import { type JsonHandlers, JsonScanner } from './json-scanner.ts';
import { KeptSamples, sampleKey } from './kept-samples.ts';
import { DEFAULT_LIMITS, type ReadLimits } from './limits.ts';
import { HeaderCollector, type RawSample, SampleCollector, sampleHandlers } from './log-collector.ts';
import { type LogMaterial, normaliseLog } from './normalise-log.ts';
import { normaliseSample } from './normalise-sample.ts';
import { Refusal } from './refusal.ts';
import { SummarisedInputs } from './summarised-inputs.ts';
import { type ZipMember, ZipMembers } from './zip-members.ts';

/**
 * Reads an Inspect AI log, JSON or zip, told apart by its bytes and not by its name. What cannot be read
 * comes back as `refused` with the reason; only failures of the file system throw. Memory is bounded by
 * `limits` and does not grow with the transcripts.
 */
export async function readInspectLog(
  file: { path: string; name: string },
  limits: ReadLimits = DEFAULT_LIMITS,
): Promise<InspectReading> {
  const reading = new LogReading(limits, () => (kind === 'json' ? scan.position : null));
  const scan: JsonScanner = new JsonScanner(reading.collector, limits);
  const hash = createHash('sha256');
  let bytes = 0;
  let kind = null as 'json' | 'eval' | null;
  let refusal = null as Refusal | null;
  const attempt = (work: () => void) => {
    if (refusal !== null) return;
    try {
      work();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refusal = error;
    }
  };
  // The digest is of the whole file, so a refusal stops the parser and not the hash.
  for await (const chunk of createReadStream(file.path, { highWaterMark: 256 * 1024 })) {
    const piece = chunk as Buffer;
    hash.update(piece);
    bytes += piece.length;
    attempt(() => {
      kind ??= sniff(piece);
      if (kind === 'json') scan.write(piece);
    });
  }
  const digest = hash.digest('hex');
  attempt(() => {
    if (bytes === 0) throw new Refusal('The file is empty.');
    if (kind === 'json') scan.end();
  });
  try {
    if (refusal !== null) throw refusal;
    if (kind === 'eval') await reading.readZip(file.path);
    else reading.replaced += scan.replaced;
    const container = kind ?? 'json';
    if (!file.name.toLowerCase().endsWith(`.${container}`)) {
      reading.warnings.push(
        `The file is a ${container === 'eval' ? 'zip' : 'JSON'} log, whatever its name says.`,
      );
    }
    return normaliseLog(reading.material({ digest, bytes, container }));
  } catch (error) {
    if (error instanceof Refusal) return { digest, bytes, refused: { reason: error.message } };
    throw error;
  }
}

function sniff(head: Buffer): 'json' | 'eval' {
  if (head[0] === 0x50 && head[1] === 0x4b) return 'eval';
  const text = head
    .subarray(0, 64)
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .trimStart();
  if (text.startsWith('{') || text === '') return 'json';
  if (text.startsWith('[')) throw new Refusal('This JSON is a list; an Inspect log is an object.');
  throw new Refusal('The file is neither JSON nor a zip, so it is no Inspect log.');
}

const SAMPLE = /^samples\/(.*)_epoch_(\d+)\.json$/s;
const SAMPLE_SHELL = /^samples\/(.*)_epoch_(\d+)\/sample\.json$/s;
const JOURNAL_SUMMARY = /^_journal\/summaries\/(\d+)\.json$/;
const MOST_NAMES = 20;

interface Contents {
  header?: ZipMember;
  start?: ZipMember;
  summaries?: ZipMember;
  journal: Map<number, ZipMember>;
  /** By id and epoch, in today's layout or the chunked one. */
  samples: Map<string, ZipMember>;
}

class LogReading {
  replaced = 0;
  readonly warnings: string[] = [];
  readonly collector: HeaderCollector;
  readonly #limits: ReadLimits;
  readonly #report = new FieldReport();
  readonly #samples: KeptSamples;
  readonly #sampleCollector: SampleCollector;
  #unnamed = 0;
  #repeated = 0;
  #killed = false;
  /** While summaries are read. */
  #summaries: SummarisedInputs | null = null;

  constructor(limits: ReadLimits, position: () => number | null) {
    this.#limits = limits;
    this.#samples = new KeptSamples(limits);
    const { keptBytes } = limits;
    const add = (raw: RawSample) => this.#add(raw);
    this.#sampleCollector = new SampleCollector(this.#report, add, { position, keptBytes });
    this.collector = new HeaderCollector(this.#report, this.#sampleCollector, keptBytes);
  }

  material(file: Pick<LogMaterial, 'digest' | 'bytes' | 'container'>): LogMaterial {
    if (this.replaced > 0) {
      this.warnings.push(
        `${this.replaced} characters that text cannot hold (NUL or half a pair) were replaced.`,
      );
    }
    const { strays } = this.#sampleCollector;
    if (strays > 0) this.warnings.push(`${strays} samples are no objects, and are left out.`);
    if (this.#unnamed > 0)
      this.warnings.push(`${this.#unnamed} samples have no id or epoch and are left out.`);
    if (this.#repeated > 0)
      this.warnings.push(`${this.#repeated} samples stand twice; the last of each is kept.`);
    return {
      ...file,
      header: this.collector.header,
      samples: [...this.#samples.values()],
      remarks: this.#samples.remarks(),
      report: this.#report,
      killed: this.#killed,
      warnings: this.warnings,
    };
  }

  async readZip(path: string): Promise<void> {
    const zip = await ZipMembers.open(path, this.#limits);
    try {
      const contents = await this.#list(zip);
      const header = contents.header ?? contents.start;
      if (!header)
        throw new Refusal('The zip holds neither header.json nor _journal/start.json: no Inspect log.');
      this.#killed = contents.header === undefined;
      await this.#parse(zip, header, this.collector);
      await this.#readSamples(zip, contents);
    } finally {
      zip.close();
    }
  }

  async #list(zip: ZipMembers): Promise<Contents> {
    const contents: Contents = { journal: new Map(), samples: new Map() };
    const unknown: string[] = [];
    await zip.list((member) => {
      const { name } = member;
      const sample = SAMPLE.exec(name) ?? SAMPLE_SHELL.exec(name);
      const summary = JOURNAL_SUMMARY.exec(name);
      if (name === 'header.json') contents.header = member;
      else if (name === 'summaries.json') contents.summaries = member;
      else if (name === '_journal/start.json') contents.start = member;
      else if (summary) contents.journal.set(Number(summary[1]), member);
      else if (sample) contents.samples.set(sampleKey(sample[1]!, Number(sample[2])), member);
      else if (name === 'reductions.json') this.#report.leaveOut('reductions', 1);
      else if (name.startsWith('samples/')) this.#report.leaveOut('samples[] (parts)', 1);
      else if (!name.startsWith('_journal/') && !name.endsWith('/') && unknown.length < MOST_NAMES)
        unknown.push(name);
    });
    for (const name of unknown)
      this.#report.leaveOut(name.slice(0, 200), 1, 'this reader does not know the member');
    return contents;
  }

  /** The summaries say of a sample all that is kept, at a fraction of the cost; its own member fills a gap. */
  async #readSamples(zip: ZipMembers, contents: Contents): Promise<void> {
    this.#report.keep('samples');
    const journal = [...contents.journal].sort(([a], [b]) => a - b).map(([, member]) => member);
    const summaries = contents.summaries ? [contents.summaries] : journal;
    const inputs = new SummarisedInputs(this.#limits);
    this.#summaries = inputs;
    for (const member of summaries)
      await this.#parse(zip, member, sampleHandlers(this.#sampleCollector, true));
    this.#summaries = null;
    const summarised = new Set(this.#samples.keys());
    // Only the sample itself says whether it was invalidated.
    const invalidated = this.collector.header.fields.get('invalidated') === true;
    const unopened: [string, ZipMember][] = [];
    const opened = new Set<string>();
    for (const [key, member] of contents.samples) {
      if (summarised.has(key) && !invalidated) unopened.push([key, member]);
      else {
        this.#samples.delete(key);
        opened.add(key);
        await this.#parse(zip, member, sampleHandlers(this.#sampleCollector, false));
      }
    }
    if (!invalidated)
      await inputs.complete(zip, unopened, (key, digest) => this.#samples.tellInput(key, digest));
    if (unopened.length > 0) this.#report.leaveOut('samples[] (bodies)', unopened.length);
    // Inspect makes the scores of a summary anew: those that have a history at all have an empty one.
    const unsaid = this.#samples.scored((key) => summarised.has(key) && !opened.has(key));
    if (unsaid > 0)
      this.#report.leaveOut(
        'samples[].scores.*.history',
        unsaid,
        'summaries do not say whether a score was edited',
      );
    const bodiless = [...summarised].filter((key) => !contents.samples.has(key)).length;
    if (bodiless > 0)
      this.warnings.push(`${bodiless} samples are summarised but have no member of their own.`);
  }

  async #parse(zip: ZipMembers, member: ZipMember, handlers: JsonHandlers): Promise<void> {
    const scanner = new JsonScanner(handlers, this.#limits);
    await zip.read(member, (chunk) => scanner.write(chunk));
    try {
      scanner.end();
    } catch (error) {
      if (error instanceof Refusal) throw new Refusal(`In ${member.name}: ${error.message}`);
      throw error;
    }
    this.replaced += scanner.replaced;
  }

  #add(raw: RawSample): void {
    const read = normaliseSample(raw);
    if (read === null) {
      this.#unnamed += 1;
      return;
    }
    this.#summaries?.add(sampleKey(read.sample.id, read.sample.epoch), raw);
    if (raw.input !== null) this.#report.keep('samples[].input');
    if (raw.fields.get('choices') != null) this.#report.keep('samples[].choices');
    if (this.#samples.add(read.sample, read.remarks)) this.#repeated += 1;
  }
}
