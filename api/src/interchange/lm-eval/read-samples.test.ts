import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { planOfBytes, refusalOf } from '../formats/file-fixture.ts';

const line = (fields: object) =>
  JSON.stringify({ doc: { q: 'a question' }, arguments: [['long']], ...fields });
const LINES = [
  line({
    doc_id: 0,
    target: '9',
    resps: [['nine']],
    filter: 'strict',
    metrics: ['exact_match'],
    exact_match: 1,
  }),
  line({ doc_id: 0, target: '9', filter: 'loose', metrics: ['exact_match'], exact_match: 0 }),
  line({ doc_id: 1, target: 'x'.repeat(5000), filter: 'none', metrics: ['f1'], f1: ['a', ['b']], other: 3 }),
];
const PATH = 'results/lab__m-1/samples_sums_hard_2025-01-02T03-04-05.678.jsonl';

describe('samples of lm-evaluation-harness', () => {
  it('makes one sample of the lines of a document, with the scores of each filter', async () => {
    const { format, runs, report } = await planOfBytes(`${LINES.join('\n')}\n`, PATH);
    expect(format).toBe('lm-eval-samples');
    expect(runs).toHaveLength(1);
    expect(runs[0]).toMatchObject({
      evaluation: { name: 'sums_hard', version: 'unversioned' },
      model: { name: 'lab/m-1', version: 'unspecified' },
      sampleCount: 2,
      scores: [],
    });
    expect(runs[0]!.samples![0]).toMatchObject({
      sampleId: '0',
      target: '9',
      scores: { 'exact_match,strict': { value: 1 }, 'exact_match,loose': { value: 0 } },
    });
    expect(report.warnings.join(' ')).toMatch(/names neither task nor model: its path does/);
  });

  it('makes no score of the figure that stands where the harness was to predict alone', async () => {
    const bypassed = line({ doc_id: 0, target: '9', filter: 'none', metrics: ['bypass'], bypass: 999 });
    const { runs, report } = await planOfBytes(bypassed, PATH);
    expect(runs[0]!.samples).toMatchObject([{ sampleId: '0', scores: {} }]);
    expect(runs[0]!.samples![0]!.scores).toEqual({});
    expect(report.leftOut).toContainEqual({
      field: 'bypass',
      count: 1,
      reason: expect.stringContaining('predict alone'),
    });
  });

  it('keeps a score whatever its name', async () => {
    const odd = line({
      doc_id: 0,
      target: '9',
      resps: [],
      filter: 'none',
      metrics: ['odd'],
      odd: 1,
    }).replaceAll('"odd"', '"__proto__"');
    const { runs } = await planOfBytes(`${odd}\n`, PATH);
    expect(Object.entries(runs[0]!.samples![0]!.scores)).toEqual([
      ['__proto__', { value: 1, parts: null, answer: null }],
    ]);
  });

  it('tells what was given by the document of the dataset, and by its hash where that is too long to be read', async () => {
    const hashes = { doc_hash: 'a'.repeat(64), prompt_hash: 'b'.repeat(64), target_hash: 'c'.repeat(64) };
    const of = async (...docs: unknown[]) => {
      const lines = docs.map((doc, i) => line({ doc_id: i, target: '9', filter: 'none', ...hashes, doc }));
      const plan = await planOfBytes(lines.join('\n'), PATH);
      return { plan, digests: plan.runs[0]!.samples!.map(({ inputDigest }) => inputDigest) };
    };
    const { plan, digests } = await of(
      { q: 'one', n: 1 },
      { n: 1, q: 'one' },
      { q: 'two', n: 1 },
      { q: 'x'.repeat(200_000) },
      undefined,
    );
    expect(digests[0]).toMatch(/^document:[0-9a-f]{64}$/);
    expect(digests[1]).toBe(digests[0]);
    expect(digests[2]).not.toBe(digests[0]);
    expect(digests.slice(3)).toEqual(Array(2).fill(`document-hash:${hashes.doc_hash}`));
    expect(plan.report.kept).toContainEqual({
      field: 'doc',
      how: expect.stringMatching(/^a digest/),
      derived: true,
    });
    const prompts = await planOfBytes(
      line({ doc_id: 0, target: '9', filter: 'none', arguments: [['under another chat template']] }),
      PATH,
    );
    const [plain] = (await of({ q: 'a question' })).digests;
    expect(prompts.runs[0]!.samples![0]!.inputDigest).toBe(plain);
    const bare = await planOfBytes(
      JSON.stringify({ doc_id: 0, doc: null, target: '9', filter: 'none' }),
      PATH,
    );
    expect(bare.runs[0]!.samples![0]).not.toHaveProperty('inputDigest');
  });

  it('bounds what is kept of a sample, and counts what is not', async () => {
    const { runs, report } = await planOfBytes(LINES.join('\n'), PATH);
    const second = runs[0]!.samples![1]!;
    // What is cut is told by its digest from what begins alike.
    expect(second.target).toMatch(/^.{299}… \[SHA-256 [0-9a-f]{16}\]$/su);
    expect(second.scores).toEqual({ f1: { value: null, parts: null, answer: null } });
    expect(report.leftOut).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ field: 'resps', count: 1 }),
        expect.objectContaining({ field: 'other', count: 1 }),
        expect.objectContaining({ field: 'f1', count: 2 }),
      ]),
    );
  });

  it('leaves out a line that is cut short, and says so', async () => {
    const { runs, report } = await planOfBytes(`${LINES[0]}\n${LINES[2]!.slice(0, 40)}`, PATH);
    expect(runs[0]!.samples).toHaveLength(1);
    expect(runs[0]!.status).toBe('UNKNOWN');
    expect(report.leftOut).toContainEqual({ field: '(lines)', count: 1, reason: 'no JSON' });
    expect(report.warnings.join(' ')).toMatch(/Line 2 is left out: .*cut short/);
  });

  it('makes the hash of the task as the harness does, where every line states its own', async () => {
    const hashed = (doc_id: number) =>
      line({ doc_id, target: 'x', doc_hash: 'd', prompt_hash: 'p', target_hash: 't' });
    const { runs } = await planOfBytes([hashed(0), hashed(1)].join('\n'), PATH);
    expect(runs[0]!.metadata.taskHash).toBe(createHash('sha256').update('dptdpt').digest('hex'));
    expect((await planOfBytes([hashed(0), LINES[2]].join('\n'), PATH)).runs[0]!.metadata.taskHash).toBeNull();
  });

  it('reads a bare Infinity as no value', async () => {
    const text = line({ doc_id: 4, target: '1', metrics: ['mae'], mae: 'here' }).replace(
      '"here"',
      'Infinity',
    );
    const { runs } = await planOfBytes(text, PATH);
    expect(runs[0]!.samples![0]!.scores).toEqual({ mae: { value: null, parts: null, answer: null } });
  });

  it('refuses samples whose model nothing names, and says how to send them', async () => {
    const { message, format } = await refusalOf(LINES.join('\n'), 'samples_sums.jsonl');
    expect(message).toMatch(/names neither its task nor its model.*import the folder/);
    expect(format).toBe('lm-eval-samples');
    // A folder that is not written as a model's may be named for anything.
    expect((await refusalOf(LINES.join('\n'), 'my-downloads/samples_sums.jsonl')).message).toBe(message);
  });
});
