import { describe, expect, it } from 'vitest';
import { type FixtureMember, zipOf } from '../zip-fixture.ts';
import { fileOf } from './random-file-fixture.ts';
import { readTranscript, type SampleOfLog } from './read-transcript.ts';
import { TRANSCRIPT_LIMITS, type Transcript } from './transcript.ts';

const HASH = 'a'.repeat(32);
const SAMPLE = {
  id: 's/1',
  epoch: 2,
  input: 'The task.',
  target: ['one', 'two'],
  messages: [
    { role: 'system', content: 'Be good.' },
    {
      role: 'user',
      content: [
        { type: 'text', text: 'Look.' },
        { type: 'image', image: 'data:image/png;base64,AAAA' },
      ],
      source: 'input',
    },
    {
      role: 'assistant',
      source: 'generate',
      model: 'lab/model-1',
      content: [
        { type: 'reasoning', reasoning: 'I think.', redacted: false },
        { type: 'reasoning', reasoning: 'c2VjcmV0', redacted: true },
        { type: 'text', text: `attachment://${HASH}` },
      ],
      tool_calls: [{ id: 'c1', function: 'bash', arguments: { cmd: 'ls', all: `attachment://${HASH}` } }],
    },
    {
      role: 'tool',
      content: '',
      tool_call_id: 'c1',
      function: 'bash',
      error: { type: 'timeout', message: 'too slow' },
    },
  ],
  output: { choices: [] },
  scores: {
    judge: {
      value: { harmful: 1 },
      answer: 'yes',
      explanation: 'It did it.',
      metadata: { seen: 3 },
      history: [
        { value: { harmful: 0 }, answer: 'no', explanation: 'It did not.', metadata: {}, provenance: null },
        {
          value: { harmful: 1 },
          answer: 'yes',
          explanation: 'UNCHANGED',
          metadata: 'UNCHANGED',
          provenance: {
            timestamp: '2025-10-01T10:00:00+00:00',
            author: 'A reviewer',
            reason: 'misread',
            metadata: {},
          },
        },
      ],
    },
    match: { value: 'C' },
  },
  error: { message: 'it stopped', traceback: '/home/someone' },
  limit: { type: 'token', limit: 500 },
  model_usage: { 'lab/model-1': { input_tokens: 10, output_tokens: 5, total_tokens: 15 } },
  events: [{ event: 'model', input: [], input_refs: [[0, 2]] }],
  events_data: { messages: [{ role: 'user', content: 'pooled' }], calls: [] },
  attachments: { [HASH]: 'the long text', unused: 'never read' },
};
const other = (id: string) => ({ id, epoch: 1, messages: [{ role: 'user', content: id }], scores: {} });

const inJson = (sample: object, more: object[] = [other('a')]) => {
  const text = JSON.stringify({ version: 2, eval: { task: 't' }, samples: [...more, sample, other('b')] });
  const whole = JSON.stringify(sample);
  const offset = Buffer.byteLength(text.slice(0, text.indexOf(whole)));
  const length = Buffer.byteLength(whole);
  return { bytes: Buffer.from(text), place: { offset, length } };
};
const asked = (more: Partial<SampleOfLog> = {}): SampleOfLog => ({
  container: 'json',
  id: 's/1',
  epoch: 2,
  place: null,
  ...more,
});
const alone = async (sample: object, more: Partial<SampleOfLog> = {}): Promise<Transcript> => {
  const { bytes, place } = inJson({ ...SAMPLE, ...sample });
  return readTranscript(fileOf(bytes), asked({ place, ...more }));
};
const texts = (transcript: Transcript) =>
  transcript.messages.map((message) => message.parts.map((part) => `${part.kind} ${part.text}`));

const WHOLE: FixtureMember = { name: 'samples/s/1_epoch_2.json', data: JSON.stringify(SAMPLE) };
const JUNK: FixtureMember[] = [
  { name: 'samples/s/1_epoch_1.json', data: '{"id":"s/1","epoch":1}' },
  { name: 'samples/x_epoch_2.json', data: 'never read: this is no JSON' },
];

describe('a transcript', () => {
  it('has the messages with their parts, tool calls, reasoning and errors', async () => {
    const read = await alone({});
    expect(
      read.messages.map(({ role, source, model, tool, callId, error }) => [
        role,
        source,
        model,
        tool,
        callId,
        error,
      ]),
    ).toEqual([
      ['system', null, null, null, null, null],
      ['user', 'input', null, null, null, null],
      ['assistant', 'generate', 'lab/model-1', null, null, null],
      ['tool', null, null, 'bash', 'c1', 'timeout: too slow'],
    ]);
    expect(texts(read)).toEqual([
      ['TEXT Be good.'],
      ['TEXT Look.', 'MEDIA image (image/png, 26 characters as written), not shown'],
      [
        'REASONING I think.',
        'REASONING This reasoning was redacted by whoever served the model.',
        'TEXT the long text',
        'TOOL_CALL {\n  "cmd": "ls",\n  "all": "the long text"\n}',
      ],
      [],
    ]);
    expect(read.messages[2]?.parts[3]).toMatchObject({ name: 'bash', callId: 'c1' });
    expect(read).toMatchObject({
      messageCount: 4,
      input: 'The task.',
      target: 'one | two',
      error: 'it stopped',
      limit: 'token (500)',
      modelUsage: [{ model: 'lab/model-1', inputTokens: 10, outputTokens: 5, totalTokens: 15 }],
      cuts: [],
    });
    expect(JSON.stringify(read)).not.toMatch(/c2VjcmV0|AAAA|someone/);
  });

  it('has each score with its explanation, and how it was edited, by whom and why', async () => {
    const { scores } = await alone({});
    expect(scores).toEqual([
      {
        scorer: 'judge',
        value: '{"harmful":1}',
        answer: 'yes',
        explanation: 'It did it.',
        metadata: '{"seen":3}',
        history: [
          {
            value: '{"harmful":0}',
            answer: 'no',
            explanation: 'It did not.',
            author: null,
            reason: null,
            at: null,
          },
          {
            value: '{"harmful":1}',
            answer: 'yes',
            explanation: null,
            author: 'A reviewer',
            reason: 'misread',
            at: '2025-10-01T10:00:00+00:00',
          },
        ],
      },
      { scorer: 'match', value: '"C"', answer: null, explanation: null, metadata: null, history: [] },
    ]);
  });

  it('is read from a JSON log by its bytes alone', async () => {
    const { bytes, place } = inJson(
      SAMPLE,
      Array.from({ length: 2_000 }, (_, i) => other(`before ${i}`)),
    );
    const file = fileOf(bytes);
    const read = await readTranscript(file, asked({ place }));
    expect(read.messageCount).toBe(4);
    expect(file.read).toBe(place.length);
  });

  it('is found in a JSON log whose places were not recorded', async () => {
    const { bytes } = inJson(SAMPLE);
    expect((await readTranscript(fileOf(bytes), asked())).messageCount).toBe(4);
    await expect(readTranscript(fileOf(bytes), asked({ epoch: 1 }))).rejects.toThrow(
      'does not hold this sample',
    );
  });

  it.each(['stored', 'deflate', 'zstd'] as const)(
    'is the same out of a zip with %s members',
    async (method) => {
      const members = [...JUNK, WHOLE].map((member) => ({ ...member, method }));
      const read = await readTranscript(fileOf(zipOf(members)), asked({ container: 'eval' }));
      expect(read).toEqual(await alone({}));
    },
  );

  it('is read from a zip without touching the other members', async () => {
    const filler = Array.from({ length: 40 }, (_, i) => ({
      name: `samples/f${i}_epoch_1.json`,
      data: Buffer.alloc(100_000, 65),
      method: 'stored' as const,
    }));
    const zip = zipOf([...filler, WHOLE]);
    const file = fileOf(zip);
    await readTranscript(file, asked({ container: 'eval' }));
    expect(file.read).toBeLessThan(zip.length / 4);
  });

  it('is put together from chunks, of which only those are read that hold something of it', async () => {
    const { messages, attachments: _, events_data: __, ...shell } = SAMPLE;
    const indexed = (value: unknown) => JSON.parse(JSON.stringify(value).replaceAll(HASH, '3'));
    const pool = [{ role: 'user', content: 'not in it' }, ...indexed(messages)];
    const at = (name: string, data: unknown): FixtureMember => ({
      name: `samples/s/1_epoch_2/${name}.json`,
      data: typeof data === 'string' ? data : JSON.stringify(data),
    });
    const members = [
      at('sample', {
        ...shell,
        message_refs: [
          [1, 3],
          [3, 5],
        ],
      }),
      at('skeleton', 'never read'),
      at('events/0', 'never read'),
      at('events/stats', 'never read'),
      at('messages/0', pool.slice(0, 2)),
      at('messages/2', pool.slice(2)),
      at('messages/5', 'never read: it is in no range'),
      at('attachments/0', 'never read'),
      at('attachments/2', ['another', 'the long text']),
    ];
    const read = await readTranscript(fileOf(zipOf([...members, ...JUNK])), asked({ container: 'eval' }));
    expect(read).toEqual(await alone({}));
  });

  it('says which messages a chunked sample refers to and does not hold', async () => {
    const shell = { id: 's/1', epoch: 2, message_refs: [[0, 2], [5, 4], 'x', [0, 9e15]] };
    const zip = zipOf([
      { name: 'samples/s/1_epoch_2/sample.json', data: JSON.stringify(shell) },
      { name: 'samples/s/1_epoch_2/messages/0.json', data: '[{"role":"user","content":"here"}]' },
    ]);
    const read = await readTranscript(fileOf(zip), asked({ container: 'eval' }));
    expect(read.messages.map((message) => message.index)).toEqual([0, 2]);
    expect(read.cuts.join()).toContain('messages are not in the log, which refers to them');
    expect(read.messageCount).toBe(2 ** 31 - 1);
  });

  it('says that a sample is only summarised, where its member is not there', async () => {
    await expect(readTranscript(fileOf(zipOf(JUNK)), asked({ container: 'eval' }))).rejects.toThrow(
      'summarises this sample',
    );
  });

  it('finds attachments that stand before what refers to them', async () => {
    const { attachments, ...rest } = SAMPLE;
    const sample = { attachments, ...rest };
    const { bytes, place } = inJson(sample);
    expect(texts(await readTranscript(fileOf(bytes), asked({ place })))[2]).toContain('TEXT the long text');
  });

  it('leaves a reference that nothing answers as it is written, and says so', async () => {
    const read = await alone({ attachments: {} });
    expect(texts(read)[2]).toContain(`TEXT attachment://${HASH}`);
    expect(read.cuts).toEqual(['1 texts stand apart in the log and are not in it.']);
  });

  it('reads early logs, whose sample has one score, and NaN', async () => {
    const { scores: _, ...early } = SAMPLE;
    const text = JSON.stringify({ ...early, score: { value: 'I', explanation: 'no' } }).replace(
      '"total_tokens":15',
      '"total_tokens":NaN',
    );
    const read = await readTranscript(
      fileOf(Buffer.from(text)),
      asked({ place: { offset: 0, length: text.length } }),
    );
    expect(read.scores).toMatchObject([{ scorer: 'score', value: '"I"', explanation: 'no' }]);
    expect(read.modelUsage[0]?.totalTokens).toBeNull();
  });

  it('shows the input of a sample that was stopped before the model was asked', async () => {
    const read = await alone({ messages: [], input: [{ role: 'user', content: 'asked' }] });
    expect(texts(read)).toEqual([['TEXT asked']]);
  });

  it('holds no more than its bounds, and says what it left out', async () => {
    const long = { role: 'user', content: 'é'.repeat(TRANSCRIPT_LIMITS.text + 10) };
    const cut = await alone({ messages: [long] });
    expect(cut.messages[0]?.parts[0]).toMatchObject({ cut: 10 });
    expect(cut.cuts).toEqual(['1 texts are cut: 10 characters in all are left out at their ends.']);
    const many = Array.from({ length: TRANSCRIPT_LIMITS.messages + 7 }, (_, i) => ({
      role: 'user',
      content: `m${i}`,
    }));
    const first = await alone({ messages: many });
    expect(first.messages).toHaveLength(TRANSCRIPT_LIMITS.messages);
    expect(first.messageCount).toBe(TRANSCRIPT_LIMITS.messages + 7);
    expect(first.cuts[0]).toContain(
      `first ${TRANSCRIPT_LIMITS.messages} of ${TRANSCRIPT_LIMITS.messages + 7}`,
    );
    const huge = await alone({
      messages: [{ role: 'user', content: 'x'.repeat(TRANSCRIPT_LIMITS.valueBytes + 1) }, long],
    });
    expect(huge.messages.map((message) => message.index)).toEqual([0, 1]);
    expect(texts(huge)[0]).toEqual(['TEXT This message is too long to be shown.']);
    expect(huge.cuts.join()).toContain('values in messages are larger');
    const all = await alone({ messages: Array.from({ length: 200 }, () => long) });
    const kept = all.messages
      .flatMap((message) => message.parts)
      .reduce((sum, part) => sum + part.text.length, 0);
    expect(kept).toBeLessThanOrEqual(TRANSCRIPT_LIMITS.whole);
  });

  it.each([
    [
      'names that every object has',
      { messages: [JSON.parse('{"role":"user","content":"x","__proto__":{"role":"admin"}}')] },
    ],
    ['no messages at all', { messages: null }],
    [
      'shapes that no log has',
      {
        messages: [1, null, ['x'], { role: {}, content: { a: 1 } }],
        scores: [1],
        target: {},
        limit: [],
        error: [1],
        model_usage: [],
      },
    ],
  ])('reads %s without harm', async (_what, sample) => {
    const read = await alone(sample);
    expect(read.messages.every((message) => ['user', 'unknown'].includes(message.role))).toBe(true);
    expect(({} as Record<string, unknown>).role).toBeUndefined();
  });

  it('refuses a sample that is cut short, nests too deep, or is not where it was', async () => {
    const { bytes, place } = inJson(SAMPLE);
    await expect(
      readTranscript(fileOf(bytes), asked({ place: { ...place, length: place.length - 1 } })),
    ).rejects.toThrow('cut short');
    await expect(
      readTranscript(fileOf(bytes), asked({ place: { ...place, offset: place.offset + 1 } })),
    ).rejects.toThrow('Something follows the end');
    const { place: another } = inJson(other('a'), []);
    await expect(
      readTranscript(fileOf(inJson(other('a'), []).bytes), asked({ place: another })),
    ).rejects.toThrow('is not where it was');
    const deep = `{"messages":${'['.repeat(TRANSCRIPT_LIMITS.nesting + 1)}`;
    await expect(
      readTranscript(fileOf(Buffer.from(deep)), asked({ place: { offset: 0, length: deep.length } })),
    ).rejects.toThrow('nests deeper');
  });
});
