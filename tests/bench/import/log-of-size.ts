// An Inspect log of any size, written by streaming: nobody holds it.

import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import zlib from 'node:zlib';

const HEADER = {
  version: 2,
  status: 'success',
  eval: {
    eval_id: 'benchbenchbench1',
    run_id: 'r1',
    task_id: 't1',
    created: '2025-07-01T10:00:00+00:00',
    task: 'bench',
    task_version: 1,
    dataset: { name: 'bench' },
    model: 'lab/model-1',
    config: { epochs: 1 },
    scorers: [{ name: 'match' }],
  },
  results: { scores: [{ name: 'match', scorer: 'match', metrics: { accuracy: { value: 0.5 } } }] },
};
const MESSAGES = 40;
const EVENTS = 120;
const MESSAGE_BYTES = 2_500;

/** Words that neither repeat so much that they pack to nothing, nor are noise, with the breaks and quotes of a transcript. */
function text(bytes: number, seed: number): string {
  let state = (seed * 2_654_435_761) >>> 0;
  const words: string[] = [];
  for (let length = 0; length < bytes; ) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const word = (state >>> 8).toString(36);
    const kind = state >>> 27;
    words.push(kind === 0 ? `${word}.\n` : kind === 1 ? `"${word}"` : kind === 2 ? `${word} –` : word);
    length += word.length + 1;
  }
  return words.join(' ');
}

/** As a real log has them: three fifths of a sample are text, the rest names, numbers and short values. */
function sample(nth: number) {
  const messages = Array.from({ length: MESSAGES }, (_, i) => ({
    id: `m${nth}-${i}`,
    role: i % 2 === 0 ? 'user' : 'assistant',
    source: i % 2 === 0 ? 'input' : 'generate',
    content: text(MESSAGE_BYTES, nth * MESSAGES + i),
  }));
  const events = Array.from({ length: EVENTS }, (_, i) => ({
    uuid: `${nth}-${i}-H6bX8quWs7LALPYcKZFAR4`,
    span_id: 'fe5c5735890c4e73bc32f64a79da2887',
    timestamp: '2025-09-23T08:09:59.073668-04:00',
    working_start: 0.036 + i,
    pending: false,
    event: i % 3 === 0 ? 'model' : 'state',
    model: 'lab/model-1',
    config: { max_tokens: 4096, temperature: 0.7, top_p: null, stop_seqs: [], reasoning: { effort: 'low' } },
    usage: { input_tokens: 1_000 + i, output_tokens: 200, total_tokens: 1_200 + i },
    changes: [{ op: 'add', path: `/messages/${i}`, value: { role: 'assistant', content: 'ok' } }],
  }));
  const summary = {
    id: `sample-${nth}`,
    epoch: 1,
    input: text(MESSAGE_BYTES, nth),
    target: 'x',
    metadata: { scenario_id: `scenario-${nth % 50}`, difficulty: 3 },
    scores: { match: { value: nth % 2 === 0 ? 'C' : 'I', answer: 'x' } },
  };
  return { whole: JSON.stringify({ ...summary, messages, events }), summary };
}

class Sink {
  readonly #stream;
  at = 0;
  constructor(path: string) {
    this.#stream = createWriteStream(path, { highWaterMark: 1024 * 1024 });
  }
  async write(bytes: Buffer | string): Promise<void> {
    const buffer = Buffer.from(bytes as string);
    this.at += buffer.length;
    if (!this.#stream.write(buffer)) await once(this.#stream, 'drain');
  }
  async end(): Promise<void> {
    this.#stream.end();
    await once(this.#stream, 'finish');
  }
}

/** One JSON document of about `bytes` bytes. */
export async function writeJsonLog(path: string, bytes: number): Promise<void> {
  const sink = new Sink(path);
  await sink.write(`${JSON.stringify(HEADER).slice(0, -1)},"samples":[`);
  for (let nth = 0; sink.at < bytes; nth += 1)
    await sink.write(`${nth === 0 ? '' : ','}${sample(nth).whole}`);
  await sink.write(']}');
  await sink.end();
}

/**
 * A zip of about `bytes` bytes, with summaries of its samples or, as before 2025, without: then a reader must open each
 * sample. Answers how many bytes its members have, inflated.
 */
export async function writeZipLog(path: string, bytes: number, summarised: boolean): Promise<number> {
  const sink = new Sink(path);
  const directory: Buffer[] = [];
  const summaries: object[] = [];
  let inflated = 0;
  const add = async (name: string, data: string) => {
    const plain = Buffer.from(data);
    const packed = zlib.deflateRawSync(plain, { level: 1 });
    inflated += plain.length;
    const about = Buffer.alloc(26);
    about.writeUInt16LE(45, 0);
    about.writeUInt16LE(8, 4);
    about.writeUInt32LE(zlib.crc32(plain), 10);
    about.writeUInt32LE(packed.length, 14);
    about.writeUInt32LE(plain.length, 18);
    about.writeUInt16LE(Buffer.byteLength(name), 22);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(sink.at, 10);
    directory.push(Buffer.from('PK\x01\x02\x2d\x00', 'latin1'), Buffer.from(about), tail, Buffer.from(name));
    await sink.write(Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), about, Buffer.from(name), packed]));
  };
  await add('_journal/start.json', JSON.stringify({ version: 2, eval: HEADER.eval }));
  for (let nth = 0; sink.at < bytes; nth += 1) {
    const { whole, summary } = sample(nth);
    summaries.push(summary);
    await add(`samples/sample-${nth}_epoch_1.json`, whole);
  }
  if (summarised) await add('summaries.json', JSON.stringify(summaries));
  await add('header.json', JSON.stringify(HEADER));
  const listing = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(summaries.length + (summarised ? 3 : 2), 8);
  end.writeUInt16LE(summaries.length + (summarised ? 3 : 2), 10);
  end.writeUInt32LE(listing.length, 12);
  end.writeUInt32LE(sink.at, 16);
  await sink.write(Buffer.concat([listing, end]));
  await sink.end();
  return inflated;
}
